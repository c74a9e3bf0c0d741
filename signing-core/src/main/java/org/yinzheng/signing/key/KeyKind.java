package org.yinzheng.signing.key;

/// What a key is, and so which suite it signs with.
public enum KeyKind {
    RSA_2048(Suite.RSA_SHA256),
    RSA_3072(Suite.RSA_SHA256),
    P_256(Suite.ECDSA_P256_SHA256),
    SM2(Suite.SM2_SM3);

    private final Suite suite;

    KeyKind(Suite suite) {
        this.suite = suite;
    }

    public Suite suite() {
        return suite;
    }
}
