package org.yinzheng.registry.audit;

/// A row that is not as the service left it.
///
/// @param row its key, as JSON; no personal data
public record RowDeviation(String table, String row, Kind kind) {
    /// How it deviates.
    public enum Kind {
        CHANGED("内容被改动", "its content was changed"),
        NOT_OURS("不是本服务写入的", "the service did not write it"),
        MISSING("审计日志中有，表中没有", "the audit log tells of it, and it is gone"),
        NOT_LOGGED("表中有，审计日志中没有", "the audit log does not tell of it"),
        OTHER_THAN_LOGGED("与审计日志不符", "the audit log tells otherwise");

        private final String chinese;
        private final String english;

        Kind(String chinese, String english) {
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
}
