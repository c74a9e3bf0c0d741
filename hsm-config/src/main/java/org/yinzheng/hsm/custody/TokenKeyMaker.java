package org.yinzheng.hsm.custody;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.yinzheng.hsm.token.OpenToken;
import org.yinzheng.signing.key.KeyKind;

/// Has the token generate a key pair, and makes it one that can be found by its label.
final class TokenKeyMaker {
    private TokenKeyMaker() {}

    /// Dead after the first step: a key pair without a name in the token, which nobody can use and nothing
    /// meets again. Dead within the second: a private key that has a name and no certificate; it is not found,
    /// and the next key of that label sets it aside. Dead after the second: the key is whole; only listings
    /// lack its label.
    static void make(OpenToken token, String label, KeyKind kind) throws GeneralSecurityException {
        var pair = generate(token, kind);
        token.store(label, pair.getPrivate(), container(token, label, kind, pair));
        token.label(label, pair.getPublic());
    }

    private static KeyPair generate(OpenToken token, KeyKind kind) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(kind == KeyKind.P_256 ? "EC" : "RSA", token.provider());
        generator.initialize(
                switch (kind) {
                    case RSA_2048 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
                    case RSA_3072 -> new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4);
                    case P_256 -> new ECGenParameterSpec("secp256r1");
                    case SM2 -> throw new IllegalArgumentException("SunPKCS11 knows no SM2");
                });
        return generator.generateKeyPair();
    }

    /// A self-signed certificate that means nothing to anybody: KeyStore finds a private key by its certificate
    /// only, and it keeps the public key beside it.
    private static X509Certificate container(OpenToken token, String label, KeyKind kind, KeyPair pair)
            throws GeneralSecurityException {
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, label)
                .addRDN(BCStyle.OU, "key container, certifies nothing")
                .build();
        try {
            var signer = new JcaContentSignerBuilder(kind.suite().jcaName())
                    .setProvider(token.provider())
                    .build(pair.getPrivate());
            var certificate = new X509v3CertificateBuilder(
                            name,
                            new BigInteger(127, new SecureRandom()).add(BigInteger.ONE),
                            new Time(new DERGeneralizedTime("20200101000000Z")),
                            new Time(new DERGeneralizedTime("99991231235959Z")), // RFC 5280 §4.1.2.5: no end
                            name,
                            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
                    .build(signer);
            return new JcaX509CertificateConverter().getCertificate(certificate);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /// Empty for a key of a kind that we do not use.
    static Optional<KeyKind> kindOf(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa when rsa.getModulus().bitLength() == 2048 -> Optional.of(KeyKind.RSA_2048);
            case RSAPublicKey rsa when rsa.getModulus().bitLength() == 3072 -> Optional.of(KeyKind.RSA_3072);
            case ECPublicKey ec when ec.getParams().getOrder().equals(P_256_ORDER) -> Optional.of(KeyKind.P_256);
            default -> Optional.empty();
        };
    }

    private static final BigInteger P_256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
}
