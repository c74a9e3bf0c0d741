package org.yinzheng.testdata.corpus;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.jce.interfaces.ECKey;
import org.bouncycastle.jce.spec.ECParameterSpec;
import org.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Sm2;

/// A key in memory that signs whatever a forger wants, with whatever algorithm. Nobody has custody of it.
public final class CorpusKey implements SigningKey {
    private final String label;
    private final KeyKind kind;
    private final KeyPair pair;
    private final Optional<BigInteger> scalar;

    private CorpusKey(String label, KeyKind kind, KeyPair pair, Optional<BigInteger> scalar) {
        this.label = label;
        this.kind = kind;
        this.pair = pair;
        this.scalar = scalar;
    }

    /// @param bits of any length; a key of 1024 bits calls itself one of 2048, for want of a kind
    public static CorpusKey rsa(String label, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            var kind = bits == 3072 ? KeyKind.RSA_3072 : KeyKind.RSA_2048;
            return new CorpusKey(label, kind, generator.generateKeyPair(), Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK makes RSA keys", e);
        }
    }

    public static CorpusKey p256(String label) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new CorpusKey(label, KeyKind.P_256, generator.generateKeyPair(), Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK makes keys on P-256", e);
        }
    }

    public static CorpusKey sm2(String label) {
        var scalar = Sm2.newScalar();
        var curve = CustomNamedCurves.getByName("sm2p256v1");
        var domain = new ECParameterSpec(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
        try {
            var privateKey = KeyFactory.getInstance("EC", Cryptography.provider())
                    .generatePrivate(new ECPrivateKeySpec(scalar, domain));
            var pair = new KeyPair(Sm2.publicKey(scalar), privateKey);
            return new CorpusKey(label, KeyKind.SM2, pair, Optional.of(scalar));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a scalar of the curve is a key", e);
        }
    }

    /// A key of a kind that we never sign with ourselves. For want of a name it calls itself one on P-256.
    ///
    /// @param algorithm as the JDK calls it, `EC`, `DSA`, `Ed25519` …
    /// @param curve of a key of `EC`, one of Bouncy Castle's, or empty
    static CorpusKey of(String label, String algorithm, Optional<String> curve) {
        try {
            var generator = curve.isPresent()
                    ? KeyPairGenerator.getInstance(algorithm, Cryptography.provider())
                    : KeyPairGenerator.getInstance(algorithm);
            if (curve.isPresent()) {
                generator.initialize(new ECGenParameterSpec(curve.get()));
            }
            return new CorpusKey(label, KeyKind.P_256, generator.generateKeyPair(), Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the JDK or Bouncy Castle makes keys of " + algorithm, e);
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public KeyKind kind() {
        return kind;
    }

    @Override
    public Custody custody() {
        throw new UnsupportedOperationException("nobody has custody of a key in memory");
    }

    @Override
    public PublicKey publicKey() {
        return pair.getPublic();
    }

    /// For libraries that sign on their own.
    public PrivateKey privateKey() {
        return pair.getPrivate();
    }

    /// Of an SM2 key.
    public BigInteger scalar() {
        return scalar.orElseThrow();
    }

    @Override
    public byte[] sign(byte[] message) {
        return scalar.isPresent() ? Sm2.sign(scalar.get(), message) : sign(suite().jcaName(), message);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) {
        if (!scheme.isPss()) {
            return SigningKey.super.sign(scheme, message);
        }
        try {
            var signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(scheme.pssParameters());
            return signed(signature, message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has RSASSA-PSS", e);
        }
    }

    /// With SM2 under another user identifier than everybody's.
    public byte[] signAs(byte[] userId, byte[] message) {
        var curve = CustomNamedCurves.getByName("sm2p256v1");
        var domain = new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
        var signer = new SM2Signer();
        signer.init(true, new ParametersWithID(new ECPrivateKeyParameters(scalar(), domain), userId));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new AssertionError("signing in memory does not fail", e);
        }
    }

    /// With any algorithm of the JDK or of Bouncy Castle that takes this kind of key, such as `SHA1withRSA`.
    public byte[] sign(String algorithm, byte[] message) {
        try {
            return signed(
                    pair.getPrivate() instanceof ECKey
                            ? Signature.getInstance(algorithm, Cryptography.provider())
                            : Signature.getInstance(algorithm),
                    message);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this key does not sign with " + algorithm, e);
        }
    }

    /// r‖s, as XML signatures and JWS have it, in as many bytes as a number of this key has.
    ///
    /// @param value with two numbers; another one is given back as it is
    public byte[] plain(byte[] value) {
        var order =
                switch (pair.getPublic()) {
                    case ECPublicKey curve -> curve.getParams().getOrder();
                    case DSAPublicKey dsa -> dsa.getParams().getQ();
                    default -> BigInteger.ZERO;
                };
        if (order.signum() == 0) {
            return value;
        }
        try {
            var numbers = StandardDSAEncoding.INSTANCE.decode(order, value);
            return PlainDSAEncoding.INSTANCE.encode(order, numbers[0], numbers[1]);
        } catch (IOException e) {
            throw new IllegalArgumentException("two numbers are expected", e);
        }
    }

    private byte[] signed(Signature signature, byte[] message) throws GeneralSecurityException {
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
    }
}
