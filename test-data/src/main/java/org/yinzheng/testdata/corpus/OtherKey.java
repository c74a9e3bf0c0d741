package org.yinzheng.testdata.corpus;

import java.util.Optional;

/// Keys of kinds that we never sign with ourselves, and that other people's files are signed with. Certified by the
/// authority for RSA.
public enum OtherKey {
    P_384("SHA-384", "SHA384withECDSA", "1.2.840.10045.4.3.3", "EC", "secp384r1"),
    P_521("SHA-512", "SHA512withECDSA", "1.2.840.10045.4.3.4", "EC", "secp521r1"),
    BRAINPOOL_P256("SHA-256", "SHA256withECDSA", "1.2.840.10045.4.3.2", "EC", "brainpoolP256r1"),
    SECP256K1("SHA-256", "SHA256withECDSA", "1.2.840.10045.4.3.2", "EC", "secp256k1"),
    ED25519("SHA-512", "Ed25519", "1.3.101.112", "Ed25519", ""),
    ED448("SHAKE256-512", "Ed448", "1.3.101.113", "Ed448", ""),
    DSA("SHA-256", "SHA256withDSA", "2.16.840.1.101.3.4.3.2", "DSA", "");

    private final String digestName;
    private final String jcaName;
    private final String oid;
    private final String algorithm;
    private final String curve;

    OtherKey(String digestName, String jcaName, String oid, String algorithm, String curve) {
        this.digestName = digestName;
        this.jcaName = jcaName;
        this.oid = oid;
        this.algorithm = algorithm;
        this.curve = curve;
    }

    /// What goes with it in a CMS.
    public String digestName() {
        return digestName;
    }

    public String jcaName() {
        return jcaName;
    }

    /// Of the signature algorithm.
    public String oid() {
        return oid;
    }

    CorpusKey newKey() {
        return CorpusKey.of(name(), algorithm, Optional.of(curve).filter(name -> !name.isEmpty()));
    }
}
