package org.yinzheng.signing.stamping;

/// What a stamper noticed and somebody should know. Recorded with the stamp.
///
/// @param detail where and what, such as `page 2: 合同编号`; no longer than 200 characters
public record Warning(Kind kind, String detail) {
    /// Those that are `refusable` stop the stamping unless the caller accepts them by name.
    public enum Kind {
        COVERS_TEXT(false),
        ACTIVE_CONTENT(true),
        EMBEDDED_FILE(true),
        HIDDEN_LAYER(true),
        EXTERNAL_REFERENCE(true);

        private final boolean refusable;

        Kind(boolean refusable) {
            this.refusable = refusable;
        }

        public boolean isRefusable() {
            return refusable;
        }
    }
}
