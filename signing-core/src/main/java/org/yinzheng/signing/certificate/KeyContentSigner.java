package org.yinzheng.signing.certificate;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;

/// Lets Bouncy Castle's builders sign with a key that nobody can read. Good for one signature.
final class KeyContentSigner implements ContentSigner {
    private final SigningKey key;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    KeyContentSigner(SigningKey key) {
        this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        var oid = new ASN1ObjectIdentifier(key.suite().oid());
        return key.suite() == Suite.RSA_SHA256
                ? new AlgorithmIdentifier(oid, DERNull.INSTANCE) // RFC 4055 §5 asks for NULL, RFC 5758 for nothing
                : new AlgorithmIdentifier(oid);
    }

    @Override
    public OutputStream getOutputStream() {
        return message;
    }

    @Override
    public byte[] getSignature() {
        return key.sign(message.toByteArray());
    }
}
