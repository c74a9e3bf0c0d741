package org.yinzheng.registry.audit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// A P-256 key in memory, for tests that are not about keys.
public record TestKey(KeyPair pair) implements SigningKey {
    public static SigningKey p256() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new TestKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String label() {
        return "audit-log";
    }

    @Override
    public KeyKind kind() {
        return KeyKind.P_256;
    }

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
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
