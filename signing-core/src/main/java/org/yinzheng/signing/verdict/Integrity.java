package org.yinzheng.signing.verdict;

import java.util.Collection;

/// Whether the bytes are those that were signed: answered apart from trust, also when the signer is unknown to us.
public enum Integrity {
    INTACT,
    MODIFIED,
    UNKNOWN;

    /// Of one signature.
    ///
    /// @param mathematicsHold digest and signature value were computed, and agree
    public static Integrity of(Collection<Check> checks, boolean mathematicsHold) {
        var worst = UNKNOWN;
        boolean undecided = !mathematicsHold;
        for (var check : checks) {
            if (check.reason().isPresent()) {
                switch (check.reason().get().effect()) {
                    case MODIFIED -> worst = MODIFIED;
                    case UNDECIDED -> undecided = true;
                    case NONE -> {}
                }
            }
        }
        return worst == MODIFIED ? MODIFIED : undecided ? UNKNOWN : INTACT;
    }
}
