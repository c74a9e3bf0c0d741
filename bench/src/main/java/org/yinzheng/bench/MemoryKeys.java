package org.yinzheng.bench;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Sm2;

/// Keys in memory, so that a peer that knows no token can sign with the same ones.
final class MemoryKeys implements KeyCustodian {
    private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();
    private final Map<String, BigInteger> scalars = new ConcurrentHashMap<>();

    BigInteger scalar(String label) {
        return Optional.ofNullable(scalars.get(label)).orElseThrow();
    }

    @Override
    public SigningKey make(String label, KeyKind kind) {
        if (kind != KeyKind.SM2) {
            var key = new Rsa(label, kind, pair());
            keys.put(label, key);
            return key;
        }
        var scalar = Sm2.newScalar();
        var key = new Scalar(label, scalar, Sm2.publicKey(scalar));
        scalars.put(label, scalar);
        keys.put(label, key);
        return key;
    }

    @Override
    public Optional<SigningKey> find(String label) {
        return Optional.ofNullable(keys.get(label));
    }

    @Override
    public List<SigningKey> keys() {
        return List.copyOf(keys.values());
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has RSA", e);
        }
    }

    private record Scalar(String label, BigInteger scalar, PublicKey publicKey) implements SigningKey {
        @Override
        public KeyKind kind() {
            return KeyKind.SM2;
        }

        @Override
        public Custody custody() {
            throw new UnsupportedOperationException("nobody has custody of a key in memory");
        }

        @Override
        public byte[] sign(byte[] message) {
            return Sm2.sign(scalar, message);
        }
    }

    /// Signs the demonstration authority's certificates.
    private record Rsa(String label, KeyKind kind, KeyPair pair) implements SigningKey {
        @Override
        public Custody custody() {
            throw new UnsupportedOperationException("nobody has custody of a key in memory");
        }

        @Override
        public PublicKey publicKey() {
            return pair.getPublic();
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                var signature = java.security.Signature.getInstance(suite().jcaName());
                signature.initSign(pair.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
