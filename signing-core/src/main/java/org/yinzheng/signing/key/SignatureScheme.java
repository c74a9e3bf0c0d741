package org.yinzheng.signing.key;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/// The signature algorithms that a verifier accepts. What is not here (SHA-1, MD5, DSA, odd PSS parameters,
/// curves of unknown making) is not wrong but is not evidence either.
public enum SignatureScheme {
    RSA_SHA256("SHA256withRSA", "SHA-256", "1.2.840.113549.1.1.11"),
    RSA_SHA384("SHA384withRSA", "SHA-384", "1.2.840.113549.1.1.12"),
    RSA_SHA512("SHA512withRSA", "SHA-512", "1.2.840.113549.1.1.13"),
    PSS_SHA256("SHA256withRSAandMGF1", "SHA-256", "1.2.840.113549.1.1.10"),
    PSS_SHA384("SHA384withRSAandMGF1", "SHA-384", "1.2.840.113549.1.1.10"),
    PSS_SHA512("SHA512withRSAandMGF1", "SHA-512", "1.2.840.113549.1.1.10"),
    ECDSA_SHA256("SHA256withECDSA", "SHA-256", "1.2.840.10045.4.3.2"),
    ECDSA_SHA384("SHA384withECDSA", "SHA-384", "1.2.840.10045.4.3.3"),
    ECDSA_SHA512("SHA512withECDSA", "SHA-512", "1.2.840.10045.4.3.4"),
    SM2_SM3("SM3withSM2", "SM3", "1.2.156.10197.1.501");

    /// RSASSA-PSS: the digest is in its parameters.
    public static final String PSS_OID = "1.2.840.113549.1.1.10";

    private static final int MINIMAL_RSA_BITS = 2048;

    private final String jcaName;
    private final String digestName;
    private final String oid;

    SignatureScheme(String jcaName, String digestName, String oid) {
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

    /// By the object identifier of a signature algorithm that names its digest. For RSASSA-PSS see [#pss].
    public static Optional<SignatureScheme> of(String oid) {
        return oid.equals(PSS_OID)
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(scheme -> scheme.oid.equals(oid))
                        .findFirst();
    }

    /// RSASSA-PSS as it is used in earnest: one digest for message and mask, and a salt as long as the digest.
    public static Optional<SignatureScheme> pss(String digestName, String maskDigestName, int saltLength) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.oid.equals(PSS_OID) && scheme.digestName.equals(digestName))
                .filter(scheme -> maskDigestName.equals(digestName)
                        && saltLength == Cryptography.digest(digestName).getDigestLength())
                .findFirst();
    }

    public boolean isPss() {
        return oid.equals(PSS_OID);
    }

    /// One digest for message and mask, and a salt as long as the digest.
    public PSSParameterSpec pssParameters() {
        var salt = Cryptography.digest(digestName).getDigestLength();
        return new PSSParameterSpec(digestName, "MGF1", new MGF1ParameterSpec(digestName), salt, 1);
    }

    /// Whether the key is of a kind that we can check with, and of a strength that still counts.
    public static boolean accepts(PublicKey key) {
        try {
            return switch (key) {
                case RSAKey rsa -> rsa.getModulus().bitLength() >= MINIMAL_RSA_BITS;
                case ECPublicKey curve ->
                    Sm2.isSm2(key)
                            || (jdkKey("EC", curve) instanceof ECPublicKey known
                                    && known.getParams().getOrder().bitLength() >= 256);
                default -> false;
            };
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// False for a wrong value, a malformed one, and a key that is not of this scheme.
    public boolean verify(PublicKey key, byte[] message, byte[] value) {
        if (this == SM2_SM3) {
            return Sm2.verify(key, message, value);
        }
        if (key instanceof ECPublicKey && Sm2.isSm2(key)) {
            return false;
        }
        try {
            // The JDK's implementations: they compare the whole re-encoded padding and refuse r, s out of range.
            var verifier = Signature.getInstance(isPss() ? "RSASSA-PSS" : jcaName);
            if (isPss()) {
                verifier.setParameter(pssParameters());
            }
            verifier.initVerify(jdkKey(key));
            verifier.update(message);
            return verifier.verify(value);
        } catch (SignatureException | InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + jcaName, e);
        }
    }

    private PublicKey jdkKey(PublicKey key) throws GeneralSecurityException {
        var type = name().startsWith("ECDSA") ? "EC" : "RSA";
        if (!(type.equals("EC") ? key instanceof ECPublicKey : key instanceof RSAKey)) {
            throw new InvalidKeyException("a key of another algorithm");
        }
        return jdkKey(type, key);
    }

    private static PublicKey jdkKey(String type, PublicKey key) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeyException("a key that the JDK does not know", e);
        }
    }
}
