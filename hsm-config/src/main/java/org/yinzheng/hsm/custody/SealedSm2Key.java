package org.yinzheng.hsm.custody;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// An SM2 key of custody TOKEN_SEALED: what is kept here is ciphertext, the token opens it for each signature.
final class SealedSm2Key implements SigningKey {
    private final Sealed sealed;
    private final SealingKey sealingKey;
    private final PublicKey publicKey;
    private final ECPoint point;
    private final SecureRandom random = new SecureRandom();

    SealedSm2Key(Sealed sealed, SealingKey sealingKey, PublicKey publicKey) {
        this.sealed = sealed;
        this.sealingKey = sealingKey;
        this.publicKey = publicKey;
        this.point = Sm2.pointOf(sealed.publicKey());
    }

    @Override
    public String label() {
        return sealed.label();
    }

    @Override
    public KeyKind kind() {
        return KeyKind.SM2;
    }

    @Override
    public Custody custody() {
        return Custody.TOKEN_SEALED;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    /// The bytes that the token gave are wiped whatever happens. The number that Bouncy Castle makes of them
    /// cannot be: it is unreachable when this returns, and overwritten when its memory is used again.
    @Override
    public byte[] sign(byte[] message) {
        var scalar = sealingKey.open(sealed);
        try {
            var key = new ECPrivateKeyParameters(new BigInteger(1, scalar), Sm2.DOMAIN);
            var signer = new SignerOfKnownPoint();
            signer.init(true, new ParametersWithRandom(key, random));
            signer.initialized();
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("SM2 signature failed", e);
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }

    /// Bouncy Castle computes the public point from the scalar, to hash it into Z, each time that it is given a
    /// key: half the work of a signature. Here it is known, and was compared with the scalar when the key was
    /// found.
    private final class SignerOfKnownPoint extends SM2Signer {
        private boolean initialized;

        void initialized() {
            initialized = true;
        }

        @Override
        protected ECMultiplier createBasePointMultiplier() {
            return initialized ? super.createBasePointMultiplier() : (_, _) -> point;
        }
    }

    @Override
    public String toString() {
        return "SealedSm2Key[" + label() + "]";
    }
}
