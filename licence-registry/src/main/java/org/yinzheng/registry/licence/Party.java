package org.yinzheng.registry.licence;

import org.yinzheng.registry.identity.Holder;

/// Somebody beside the first holder: a licence may have several holders (结婚证, 不动产权证书), and agents.
public record Party(Holder who, Role role) {
    public enum Role {
        HOLDER("持证人", true),
        SPOUSE("配偶", true),
        CO_OWNER("共有人", true),
        /// 代理人: acts for a holder and holds nothing.
        AGENT("代理人", false);

        private final String chinese;
        private final boolean holds;

        Role(String chinese, boolean holds) {
            this.chinese = chinese;
            this.holds = holds;
        }

        public String chinese() {
            return chinese;
        }

        /// Whether the name stands on the licence as a holder's.
        public boolean holds() {
            return holds;
        }
    }
}
