package org.yinzheng.signing.key;

import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A signature algorithm whose mathematics we compute, however weak it is: whether a value holds is one question, and
/// whether it still proves anything is another, which the algorithm policy answers.
///
/// @param digestName as in [Cryptography#digest]; for EdDSA the one that goes with it in a CMS (RFC 8419 §2.3)
/// @param maskDigestName of RSASSA-PSS; the digest itself elsewhere
/// @param saltLength of RSASSA-PSS; 0 elsewhere
public record SignatureScheme(Family family, String digestName, String maskDigestName, int saltLength) {
    public static final SignatureScheme RSA_SHA256 = new SignatureScheme(Family.RSA, "SHA-256");
    public static final SignatureScheme PSS_SHA256 =
            pss("SHA-256", "SHA-256", 32).orElseThrow();
    public static final SignatureScheme ECDSA_SHA256 = new SignatureScheme(Family.ECDSA, "SHA-256");
    public static final SignatureScheme SM2_SM3 = new SignatureScheme(Family.SM2, "SM3");

    /// RSASSA-PSS: the digest is in its parameters.
    public static final String PSS_OID = "1.2.840.113549.1.1.10";

    /// More is nobody's salt, and no modulus has room for it.
    private static final int LONGEST_SALT = 512;

    /// How a value is made from a digest and a key.
    public enum Family {
        /// RSASSA-PKCS1-v1_5.
        RSA,
        /// RSASSA-PSS.
        RSA_PSS,
        DSA,
        ECDSA,
        ED25519,
        ED448,
        SM2
    }

    private static final Map<String, SignatureScheme> BY_OID = Map.ofEntries(
            of("1.2.840.113549.1.1.4", Family.RSA, "MD5"),
            of("1.2.840.113549.1.1.5", Family.RSA, "SHA-1"),
            of("1.3.14.3.2.29", Family.RSA, "SHA-1"),
            of("1.3.36.3.3.1.2", Family.RSA, "RIPEMD160"),
            of("1.2.840.113549.1.1.14", Family.RSA, "SHA-224"),
            of("1.2.840.113549.1.1.11", Family.RSA, "SHA-256"),
            of("1.2.840.113549.1.1.12", Family.RSA, "SHA-384"),
            of("1.2.840.113549.1.1.13", Family.RSA, "SHA-512"),
            of("1.2.840.113549.1.1.16", Family.RSA, "SHA-512/256"),
            of("2.16.840.1.101.3.4.3.13", Family.RSA, "SHA3-224"),
            of("2.16.840.1.101.3.4.3.14", Family.RSA, "SHA3-256"),
            of("2.16.840.1.101.3.4.3.15", Family.RSA, "SHA3-384"),
            of("2.16.840.1.101.3.4.3.16", Family.RSA, "SHA3-512"),
            of("1.2.840.10040.4.3", Family.DSA, "SHA-1"),
            of("2.16.840.1.101.3.4.3.1", Family.DSA, "SHA-224"),
            of("2.16.840.1.101.3.4.3.2", Family.DSA, "SHA-256"),
            of("2.16.840.1.101.3.4.3.3", Family.DSA, "SHA-384"),
            of("2.16.840.1.101.3.4.3.4", Family.DSA, "SHA-512"),
            of("1.2.840.10045.4.1", Family.ECDSA, "SHA-1"),
            of("1.2.840.10045.4.3.1", Family.ECDSA, "SHA-224"),
            of("1.2.840.10045.4.3.2", Family.ECDSA, "SHA-256"),
            of("1.2.840.10045.4.3.3", Family.ECDSA, "SHA-384"),
            of("1.2.840.10045.4.3.4", Family.ECDSA, "SHA-512"),
            of("2.16.840.1.101.3.4.3.9", Family.ECDSA, "SHA3-224"),
            of("2.16.840.1.101.3.4.3.10", Family.ECDSA, "SHA3-256"),
            of("2.16.840.1.101.3.4.3.11", Family.ECDSA, "SHA3-384"),
            of("2.16.840.1.101.3.4.3.12", Family.ECDSA, "SHA3-512"),
            of("1.3.101.112", Family.ED25519, "SHA-512"),
            of("1.3.101.113", Family.ED448, "SHAKE256-512"),
            of("1.2.156.10197.1.501", Family.SM2, "SM3"));

    public SignatureScheme(Family family, String digestName) {
        this(family, digestName, digestName, 0);
    }

    private static Map.Entry<String, SignatureScheme> of(String oid, Family family, String digestName) {
        return Map.entry(oid, new SignatureScheme(family, digestName));
    }

    /// By the object identifier of a signature algorithm that names its digest. For RSASSA-PSS see [#pss].
    public static Optional<SignatureScheme> of(String oid) {
        return Optional.ofNullable(BY_OID.get(oid));
    }

    /// RSASSA-PSS with whatever parameters a signature names; empty when no key could have room for them.
    public static Optional<SignatureScheme> pss(String digestName, String maskDigestName, int saltLength) {
        return saltLength < 0 || saltLength > LONGEST_SALT
                ? Optional.empty()
                : Optional.of(new SignatureScheme(Family.RSA_PSS, digestName, maskDigestName, saltLength));
    }

    public boolean isPss() {
        return family == Family.RSA_PSS;
    }

    /// Whether the digest is the signer's choice: an EdDSA key always uses its own.
    public boolean namesDigest() {
        return family != Family.ED25519 && family != Family.ED448;
    }

    /// The JDK's name for it, or one like it: `SHA256withRSA`, `SHA256withRSAandMGF1`, `SM3withSM2`, `Ed25519`.
    public String jcaName() {
        var digest = digestName.startsWith("SHA-") ? "SHA" + digestName.substring(4) : digestName;
        return switch (family) {
            case RSA, DSA, ECDSA, SM2 -> digest + "with" + family;
            case RSA_PSS -> digest + "withRSAandMGF1";
            case ED25519 -> "Ed25519";
            case ED448 -> "Ed448";
        };
    }

    /// The parameters of RSASSA-PSS as the JDK takes them.
    public PSSParameterSpec pssParameters() {
        return new PSSParameterSpec(digestName, "MGF1", new MGF1ParameterSpec(maskDigestName), saltLength, 1);
    }

    /// False for a wrong value, a malformed one, and a key that is not of this scheme.
    public boolean verify(java.security.PublicKey key, byte[] message, byte[] value) {
        return Verification.verify(this, key, message, value);
    }

    @Override
    public String toString() {
        return isPss()
                ? String.format(Locale.ROOT, "%s (mask %s, salt %d)", jcaName(), maskDigestName, saltLength)
                : jcaName();
    }
}
