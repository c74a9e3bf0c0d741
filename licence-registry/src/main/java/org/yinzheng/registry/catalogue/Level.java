package org.yinzheng.registry.catalogue;

/// 行政层级: at which level of administration a body issues.
public enum Level {
    NATIONAL("国家级"),
    PROVINCE("省级"),
    CITY("地市级"),
    COUNTY("区县级"),
    TOWNSHIP("乡镇级");

    private final String chinese;

    Level(String chinese) {
        this.chinese = chinese;
    }

    public String chinese() {
        return chinese;
    }
}
