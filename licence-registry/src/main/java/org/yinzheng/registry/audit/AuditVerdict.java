package org.yinzheng.registry.audit;

/// What computing the whole log again established.
public sealed interface AuditVerdict {
    /// Everything is as it was committed to, and every checkpoint is signed and fits.
    ///
    /// @param size leaves of the tree
    /// @param erased entries whose clear part was erased: their commitments are in place
    /// @param waiting entries that are not in the tree yet
    /// @param checkpoints how many were checked
    record Intact(long size, long erased, long waiting, long checkpoints) implements AuditVerdict {}

    /// Somebody changed the tables.
    ///
    /// @param index the first leaf from which on the log is not what it was
    /// @param what for a person, in English; no holder data
    record Deviates(long index, Kind kind, String what) implements AuditVerdict {}

    /// How it deviates.
    enum Kind {
        ENTRY_CHANGED("条目内容与其承诺值不符"),
        ENTRY_MISSING("条目缺失"),
        ENTRY_REPLACED("条目被替换、插入或调换顺序"),
        TREE_CHANGED("散列树被改动"),
        CHECKPOINT_CHANGED("检查点被改动或签名无效"),
        HISTORY_REWRITTEN("历史与已签名的检查点不符");

        private final String chinese;

        Kind(String chinese) {
            this.chinese = chinese;
        }

        public String chinese() {
            return chinese;
        }
    }
}
