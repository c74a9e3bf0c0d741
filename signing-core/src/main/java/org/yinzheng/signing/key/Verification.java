package org.yinzheng.signing.key;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;

/// The mathematics of [SignatureScheme], by the JDK where it has it: it compares the whole re-encoded padding, reads
/// r and s as minimal DER only, and refuses them out of range. Bouncy Castle has what the JDK dropped: curves beside
/// those of NIST, and RIPEMD-160.
final class Verification {
    private static final Set<String> CURVES_OF_THE_JDK = Set.of("P-256", "P-384", "P-521");

    private Verification() {}

    static boolean verify(SignatureScheme scheme, PublicKey key, byte[] message, byte[] value) {
        var strength = KeyStrength.of(key);
        if (strength.isEmpty() || !strength.get().fits(scheme.family())) {
            return false;
        }
        try {
            return switch (scheme.family()) {
                case SM2 -> Sm2.verify(key, message, value);
                case RSA, RSA_PSS -> rsa(scheme, (RSAPublicKey) key, message, value);
                case DSA -> jdk(scheme, jdkKey("DSA", key), message, value);
                case ED25519, ED448 -> jdk(scheme, jdkKey("EdDSA", key), message, value);
                case ECDSA ->
                    CURVES_OF_THE_JDK.contains(strength.get().name())
                            ? jdk(scheme, jdkKey("EC", key), message, value)
                            : bouncyCastle(scheme, key, message, value);
            };
        } catch (SignatureException | InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the JDK or Bouncy Castle has " + scheme, e);
        }
    }

    private static boolean rsa(SignatureScheme scheme, RSAPublicKey key, byte[] message, byte[] value)
            throws GeneralSecurityException {
        // by its numbers: a certificate may announce the key for RSASSA-PSS, which changes nothing about it
        var plain = jdkKey("RSA", new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        return scheme.digestName().equals("RIPEMD160")
                ? bouncyCastle(scheme, plain, message, value)
                : jdk(scheme, plain, message, value);
    }

    private static boolean jdk(SignatureScheme scheme, PublicKey key, byte[] message, byte[] value)
            throws GeneralSecurityException {
        var verifier = Signature.getInstance(scheme.isPss() ? "RSASSA-PSS" : scheme.jcaName());
        if (scheme.isPss()) {
            try {
                verifier.setParameter(scheme.pssParameters());
            } catch (GeneralSecurityException e) {
                throw new InvalidKeyException("parameters that the JDK has not", e);
            }
        }
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(value);
    }

    private static boolean bouncyCastle(SignatureScheme scheme, PublicKey key, byte[] message, byte[] value)
            throws GeneralSecurityException {
        var verifier = Signature.getInstance(scheme.jcaName(), Cryptography.provider());
        verifier.initVerify(key instanceof ECPublicKey ? bouncyCastleKey(key) : key);
        verifier.update(message);
        return verifier.verify(value);
    }

    private static PublicKey bouncyCastleKey(PublicKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", Cryptography.provider())
                .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }

    private static PublicKey jdkKey(String type, PublicKey key) throws GeneralSecurityException {
        return jdkKey(type, new X509EncodedKeySpec(key.getEncoded()));
    }

    private static PublicKey jdkKey(String type, KeySpec key) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(type).generatePublic(key);
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeyException("a key that the JDK does not know", e);
        }
    }
}
