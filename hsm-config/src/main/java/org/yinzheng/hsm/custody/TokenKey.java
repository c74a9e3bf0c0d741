package org.yinzheng.hsm.custody;

import java.security.PublicKey;
import java.security.Signature;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;

/// A key of custody TOKEN: a label here, and a key in the token that it cannot leave.
record TokenKey(Token token, String label, KeyKind kind, PublicKey publicKey) implements SigningKey {
    @Override
    public Custody custody() {
        return Custody.TOKEN;
    }

    @Override
    public byte[] sign(byte[] message) {
        return token.use(open -> {
            var signature = Signature.getInstance(suite().jcaName(), open.provider());
            signature.initSign(open.privateKey(label, publicKey));
            signature.update(message);
            return signature.sign();
        });
    }

    /// RSASSA-PSS is the token's own mechanism, too.
    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) {
        if (!scheme.isPss() || suite() != Suite.RSA_SHA256) {
            return SigningKey.super.sign(scheme, message);
        }
        return token.use(open -> {
            var signature = Signature.getInstance("RSASSA-PSS", open.provider());
            signature.setParameter(scheme.pssParameters());
            signature.initSign(open.privateKey(label, publicKey));
            signature.update(message);
            return signature.sign();
        });
    }

    @Override
    public String toString() {
        return "TokenKey[" + label + "]";
    }
}
