package org.yinzheng.registry.catalogue;

/// 可信等级: how an electronic licence came to be, which is how far it can be relied upon.
public enum TrustGrade {
    A("颁发时即为电子证照", "issued as an electronic licence"),
    B("由纸质证照转换，经比对并通过抽检", "converted from paper, compared and accepted by sampling"),
    C("由纸质证照转换，未经抽检", "converted from paper, not sampled");

    private final String chinese;
    private final String english;

    TrustGrade(String chinese, String english) {
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
