package org.yinzheng.registry.identity;

/// 持证主体代码类型 (GB/T 36903, annex A): what kind of number names the holder.
public enum HolderKind {
    CREDIT_CODE("001", "统一社会信用代码", "unified social credit code"),
    CITIZEN_ID("111", "公民身份号码", "citizen identity number");

    private final String code;
    private final String chinese;
    private final String english;

    HolderKind(String code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    /// The three digits of GB/T 36903.
    public String code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
