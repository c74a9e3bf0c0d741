package org.yinzheng.signing.key;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/// SM2 signatures (GB/T 32918.2) with SM3 on the recommended curve, under the default user ID
/// 1234567812345678. Verification is strict: one curve, one encoding, r and s within [1, n−1].
public final class Sm2 {
    private static final ASN1ObjectIdentifier CURVE = GMObjectIdentifiers.sm2p256v1;
    // CustomNamedCurves has the fast field arithmetic; GMNamedCurves is five times slower.
    private static final ECDomainParameters DOMAIN =
            new ECNamedDomainParameters(CURVE, CustomNamedCurves.getByOID(CURVE));
    private static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Sm2() {}

    /// A fresh private scalar within [1, n−2].
    public static BigInteger newScalar() {
        while (true) {
            var scalar = new BigInteger(DOMAIN.getN().bitLength(), RANDOM);
            if (isScalar(scalar)) {
                return scalar;
            }
        }
    }

    public static PublicKey publicKey(BigInteger scalar) {
        if (!isScalar(scalar)) {
            throw new IllegalArgumentException("an SM2 private scalar lies within [1, n-2]");
        }
        var point = new FixedPointCombMultiplier().multiply(DOMAIN.getG(), scalar);
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, CURVE);
        try {
            var info = new SubjectPublicKeyInfo(algorithm, point.getEncoded(false));
            return KeyFactory.getInstance("EC", Cryptography.provider())
                    .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
        } catch (IOException | NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new AssertionError("a point of the curve is an SM2 public key", e);
        }
    }

    /// @return DER SEQUENCE{r, s}
    public static byte[] sign(BigInteger scalar, byte[] message) {
        var signer = new SM2Signer(StandardDSAEncoding.INSTANCE, new Sm3ForSigner());
        signer.init(true, new ParametersWithRandom(new ECPrivateKeyParameters(scalar, DOMAIN), RANDOM));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new AssertionError("signing in memory does not fail", e);
        }
    }

    /// False for everything but a minimal DER SEQUENCE{r, s} that verifies, a key on another curve included.
    public static boolean verify(PublicKey key, byte[] message, byte[] der) {
        return verify(new SM2Signer(StandardDSAEncoding.INSTANCE, new Sm3ForSigner()), key, message, der);
    }

    /// As [#verify], for the 64 bytes r‖s that some stamps hold in place of DER.
    public static boolean verifyRaw(PublicKey key, byte[] message, byte[] raw) {
        return raw.length == 64
                && verify(new SM2Signer(PlainDSAEncoding.INSTANCE, new Sm3ForSigner()), key, message, raw);
    }

    /// Z of GB/T 32918.2 §5.5: the digest of user ID, curve and key that precedes a signed message. Empty for a key
    /// that
    /// is not SM2.
    public static Optional<byte[]> z(PublicKey key) {
        return point(key).map(known -> {
            var sm3 = Cryptography.digest("SM3");
            sm3.update(new byte[] {0, (byte) (8 * USER_ID.length)});
            sm3.update(USER_ID);
            var curve = DOMAIN.getCurve();
            var base = DOMAIN.getG();
            for (var number : List.of(
                    curve.getA(),
                    curve.getB(),
                    base.getAffineXCoord(),
                    base.getAffineYCoord(),
                    known.getQ().getAffineXCoord(),
                    known.getQ().getAffineYCoord())) {
                sm3.update(number.getEncoded());
            }
            return sm3.digest();
        });
    }

    /// Whether the key is a point of the SM2 curve and says so.
    public static boolean isSm2(PublicKey key) {
        return point(key).isPresent();
    }

    private static boolean verify(SM2Signer signer, PublicKey key, byte[] message, byte[] value) {
        var point = point(key);
        if (point.isEmpty()) {
            return false;
        }
        signer.init(false, point.get());
        signer.update(message, 0, message.length);
        return signer.verifySignature(value); // checks encoding and ranges, and that r + s is not 0 modulo n
    }

    private static Optional<ECPublicKeyParameters> point(PublicKey key) {
        var info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
        var algorithm = info.getAlgorithm();
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !CURVE.equals(algorithm.getParameters())) {
            return Optional.empty();
        }
        var encoded = info.getPublicKeyData().getOctets();
        try {
            var point = DOMAIN.getCurve().decodePoint(encoded);
            return point.isInfinity() ? Optional.empty() : Optional.of(new ECPublicKeyParameters(point, DOMAIN));
        } catch (IllegalArgumentException e) { // what Bouncy Castle throws for bytes that are no point of the curve
            return Optional.empty();
        }
    }

    private static boolean isScalar(BigInteger scalar) {
        return scalar.signum() > 0 && scalar.compareTo(DOMAIN.getN().subtract(BigInteger.ONE)) < 0;
    }
}
