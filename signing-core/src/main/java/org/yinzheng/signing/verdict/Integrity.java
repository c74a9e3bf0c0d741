package org.yinzheng.signing.verdict;

/// Whether the bytes are those that were signed: answered apart from trust, also when the signer is unknown to us.
public enum Integrity {
    INTACT,
    MODIFIED,
    UNKNOWN
}
