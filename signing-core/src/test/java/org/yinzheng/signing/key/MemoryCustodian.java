package org.yinzheng.signing.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.signing.InvalidInput;

/// Keys in this process's memory, for tests only: nobody has custody of them.
public final class MemoryCustodian implements KeyCustodian {
    private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();

    @Override
    public SigningKey make(String label, KeyKind kind) {
        var key = kind == KeyKind.SM2 ? new Sm2Key(label, Sm2.newScalar()) : new JdkKey(label, kind, pair(kind));
        if (keys.putIfAbsent(label, key) != null) {
            throw new InvalidInput("key-label", "", "the label is taken");
        }
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

    private static KeyPair pair(KeyKind kind) {
        try {
            var generator = KeyPairGenerator.getInstance(kind == KeyKind.P_256 ? "EC" : "RSA");
            switch (kind) {
                case RSA_2048 -> generator.initialize(2048);
                case RSA_3072 -> generator.initialize(3072);
                case P_256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case SM2 -> throw new AssertionError("made by Sm2");
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private record Sm2Key(String label, BigInteger scalar) implements SigningKey {
        @Override
        public KeyKind kind() {
            return KeyKind.SM2;
        }

        @Override
        public Custody custody() {
            throw new UnsupportedOperationException("nobody has custody of a key in memory");
        }

        @Override
        public PublicKey publicKey() {
            return Sm2.publicKey(scalar);
        }

        @Override
        public byte[] sign(byte[] message) {
            return Sm2.sign(scalar, message);
        }
    }

    private record JdkKey(String label, KeyKind kind, KeyPair pair) implements SigningKey {
        @Override
        public Custody custody() {
            throw new UnsupportedOperationException("nobody has custody of a key in memory");
        }

        @Override
        public PublicKey publicKey() {
            return pair.getPublic();
        }

        @Override
        public byte[] sign(SignatureScheme scheme, byte[] message) {
            if (!scheme.isPss() || kind == KeyKind.P_256) {
                return SigningKey.super.sign(scheme, message);
            }
            try {
                var signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(scheme.pssParameters());
                signature.initSign(pair.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                var signature = Signature.getInstance(suite().jcaName());
                signature.initSign(pair.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
