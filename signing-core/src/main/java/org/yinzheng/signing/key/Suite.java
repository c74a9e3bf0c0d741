package org.yinzheng.signing.key;

/// A signature algorithm together with its digest, as a key is used with one suite only.
public enum Suite {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RSA_SHA256("SHA256withRSA", "SHA-256", "1.2.840.113549.1.1.11"),
    /// ECDSA on P-256 with SHA-256; the value is a DER SEQUENCE{r, s}.
    ECDSA_P256_SHA256("SHA256withECDSA", "SHA-256", "1.2.840.10045.4.3.2"),
    /// SM2 with SM3 (GB/T 32918.2) under the default user ID 1234567812345678; the value is a DER SEQUENCE{r, s}.
    SM2_SM3("SM3withSM2", "SM3", "1.2.156.10197.1.501");

    private final String jcaName;
    private final String digestName;
    private final String oid;

    Suite(String jcaName, String digestName, String oid) {
        this.jcaName = jcaName;
        this.digestName = digestName;
        this.oid = oid;
    }

    public String jcaName() {
        return jcaName;
    }

    public String digestName() {
        return digestName;
    }

    /// The signature algorithm's object identifier.
    public String oid() {
        return oid;
    }
}
