package org.yinzheng.hsm.token;

/// Why a token cannot be used, and what whoever runs the machine should do about it.
public enum TokenFault {
    LIBRARY_MISSING(
            "the PKCS#11 library is missing or cannot be loaded",
            "install it (Debian: apt-get install softhsm2; Fedora: dnf install softhsm) or correct token.library"),
    NO_TOKEN(
            "there is no token of that label",
            "run 'yinzheng token init', or insert the token, or correct token.label"),
    PIN_FILE_MISSING(
            "the PIN file is missing or empty", "restore it from your backup, readable by this user only (mode 0600)"),
    PIN_WRONG(
            "the token refused the PIN",
            "correct the PIN file; until it changes, no further attempt is made, so that the token does not lock"),
    PIN_LAST_TRY(
            "wrong PINs were tried before, and one more would lock the token",
            "check the PIN file, then log in once with the vendor's tool, which sets the count back"),
    PIN_LOCKED(
            "the token's user PIN is locked",
            "let the security officer reset it with the vendor's tool, then update the PIN file"),
    NO_SEALING_KEY(
            "the token holds no sealing key, or more than one",
            "run 'yinzheng token init' on a new token; on one with sealed keys, restore the token from your backup"),
    MECHANISM_MISSING(
            "the token lacks a mechanism that the configuration asks for",
            "use a token that has it, or choose custody TOKEN_SEALED for SM2"),
    IN_USE("another token is open in this process", "close it first: a PKCS#11 library serves one token a process"),
    BUSY("all sessions with the token are taken", "try again; if it lasts, raise token.sessions"),
    GONE(
            "the token does not answer",
            "see that it is inserted, powered and its directory in place; it is opened again by itself");

    private final String what;
    private final String next;

    TokenFault(String what, String next) {
        this.what = what;
        this.next = next;
    }

    public String what() {
        return what;
    }

    /// What to do next.
    public String next() {
        return next;
    }
}
