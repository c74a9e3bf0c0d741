package org.yinzheng.registry.seals;

/// What a seal is good for today. How far a matter of its is, is a [Round]'s stage.
public enum SealState {
    PENDING("办理中", "being made"),
    REFUSED("未获批准", "refused"),
    IN_USE("在用", "in use"),
    SUSPENDED("已停用", "suspended"),
    LOST("已挂失", "reported lost"),
    DESTROYED("已销毁", "destroyed");

    private final String chinese;
    private final String english;

    SealState(String chinese, String english) {
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
