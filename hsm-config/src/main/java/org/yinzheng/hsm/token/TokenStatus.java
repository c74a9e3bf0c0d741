package org.yinzheng.hsm.token;

import java.util.Optional;
import java.util.SortedMap;

/// What an administrator or an auditor asks of a token first.
///
/// @param library the file's path, or `softhsm` when it was not found
/// @param libraryVersion such as "SoftHSM 2.6"; empty when it could not be loaded
/// @param slot empty when no slot holds a token of the label
/// @param mechanisms those that we use, by their PKCS#11 name, and whether the token has them
/// @param fault empty when the token is ready
/// @param message what is wrong and what to do next; empty when it is ready
public record TokenStatus(
        String library,
        String libraryVersion,
        String label,
        String serial,
        Optional<Long> slot,
        SortedMap<String, Boolean> mechanisms,
        Optional<TokenFault> fault,
        String message) {
    public boolean ready() {
        return fault.isEmpty();
    }
}
