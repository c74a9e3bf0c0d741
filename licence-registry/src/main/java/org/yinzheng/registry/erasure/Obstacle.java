package org.yinzheng.registry.erasure;

/// Why a licence cannot be erased, or not yet.
public enum Obstacle {
    IN_FORCE("有效或尚未生效", "in force, or not yet valid"),
    SUSPENDED("暂扣中", "suspended"),
    RETAINED("终止后的保存期未满", "to be kept for some time after its end"),
    DISPUTED("异议处理中", "a dispute is open"),
    BEING_ISSUED("正在签发或更正", "being issued or corrected");

    private final String chinese;
    private final String english;

    Obstacle(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
