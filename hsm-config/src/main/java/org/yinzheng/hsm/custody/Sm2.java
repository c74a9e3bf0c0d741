package org.yinzheng.hsm.custody;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.yinzheng.signing.DocumentBytes;

/// SM2 key pairs as bytes (GB/T 32918.5: the recommended curve).
final class Sm2 {
    /// From CustomNamedCurves: the other tables of Bouncy Castle give the same curve, five times slower.
    static final ECDomainParameters DOMAIN = new ECDomainParameters(CustomNamedCurves.getByName("sm2p256v1"));

    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, GMObjectIdentifiers.sm2p256v1);

    private Sm2() {}

    /// 32 bytes in [1, n−2] (GB/T 32918.1 §6.1). The caller wipes them.
    static byte[] newScalar(SecureRandom random) {
        var last = DOMAIN.getN().subtract(BigInteger.TWO);
        return BigIntegers.asUnsignedByteArray(32, BigIntegers.createRandomInRange(BigInteger.ONE, last, random));
    }

    /// The SubjectPublicKeyInfo of the scalar's public key.
    static DocumentBytes publicKeyOf(byte[] scalar) {
        var point = new FixedPointCombMultiplier().multiply(DOMAIN.getG(), new BigInteger(1, scalar));
        try {
            return DocumentBytes.owning(
                    new SubjectPublicKeyInfo(ALGORITHM, point.normalize().getEncoded(false)).getEncoded("DER"));
        } catch (IOException e) {
            throw new AssertionError("encoding to memory", e);
        }
    }

    static ECPoint pointOf(DocumentBytes publicKey) {
        var encoded = SubjectPublicKeyInfo.getInstance(publicKey.toByteArray()).getPublicKeyData();
        return DOMAIN.getCurve().decodePoint(encoded.getOctets());
    }

    static PublicKey parse(DocumentBytes publicKey) {
        try {
            return KeyFactory.getInstance("EC", BOUNCY_CASTLE)
                    .generatePublic(new X509EncodedKeySpec(publicKey.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no SM2 public key", e);
        }
    }
}
