package org.yinzheng.hsm.custody;

import org.jspecify.annotations.Nullable;

/// A sealed file is not what was sealed: altered, swapped with another, or of another token. Trying again does
/// not help; restoring the file (or the token) from a backup does.
public final class SealBroken extends IllegalStateException {
    private static final long serialVersionUID = 1;

    SealBroken(String label, String what, @Nullable Throwable cause) {
        super("sealed file of " + label + ": " + what + ". To do: restore it from your backup", cause);
    }
}
