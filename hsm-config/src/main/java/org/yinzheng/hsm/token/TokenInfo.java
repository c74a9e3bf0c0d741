package org.yinzheng.hsm.token;

/// CK_TOKEN_INFO, as far as we need it.
record TokenInfo(long slot, String label, String serial, long flags) {
    boolean initialized() {
        return (flags & 0x400) != 0;
    }

    boolean userPinSet() {
        return (flags & 0x8) != 0;
    }

    boolean userPinLocked() {
        return (flags & 0x40000) != 0;
    }

    /// One more wrong PIN would lock it.
    boolean userPinFinalTry() {
        return (flags & 0x20000) != 0;
    }
}
