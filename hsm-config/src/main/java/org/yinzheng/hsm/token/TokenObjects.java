package org.yinzheng.hsm.token;

import java.io.IOException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.BigIntegers;

/// The names of a token's objects, which SunPKCS11 does not let us see or change. It destroys nothing.
record TokenObjects(Cryptoki cryptoki, long session) {
    private static final Attribute PUBLIC_KEY = Attribute.of(Attribute.CLASS, 2);
    private static final Attribute PRIVATE_KEY = Attribute.of(Attribute.CLASS, 3);

    List<Long> labelled(String label) throws CryptokiException {
        return cryptoki.find(session, List.of(Attribute.of(Attribute.LABEL, label)));
    }

    /// What a crash between naming a private key and storing its certificate leaves would be found in place of
    /// the next key of that label. It is renamed rather than destroyed: a certificate that someone deleted by
    /// hand is no reason to destroy a key.
    void setOrphansAside(String label) throws CryptokiException {
        for (var orphan : cryptoki.find(session, List.of(PRIVATE_KEY, Attribute.of(Attribute.ID, label)))) {
            cryptoki.set(session, orphan, name("orphan-" + UUID.randomUUID()));
        }
    }

    /// Names both halves of a pair, for those who list the token's objects. We find keys by their certificates.
    void name(String label, PublicKey publicKey) throws CryptokiException {
        var pair = new ArrayList<>(cryptoki.find(session, List.of(PRIVATE_KEY, Attribute.of(Attribute.ID, label))));
        pair.addAll(cryptoki.find(session, List.of(PUBLIC_KEY, value(publicKey))));
        for (var object : pair) {
            cryptoki.set(session, object, name(label));
        }
    }

    private static List<Attribute> name(String name) {
        return List.of(Attribute.of(Attribute.ID, name), Attribute.of(Attribute.LABEL, name));
    }

    private static Attribute value(PublicKey publicKey) {
        return publicKey instanceof RSAPublicKey rsa
                ? new Attribute(Attribute.MODULUS, BigIntegers.asUnsignedByteArray(rsa.getModulus()))
                : new Attribute(Attribute.EC_POINT, ecPoint(publicKey));
    }

    /// CKA_EC_POINT is a DER OCTET STRING around the point that the SubjectPublicKeyInfo holds.
    private static byte[] ecPoint(PublicKey publicKey) {
        try {
            var point = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()).getPublicKeyData();
            return new DEROctetString(point.getOctets()).getEncoded();
        } catch (IOException e) {
            throw new AssertionError("encoding to memory", e);
        }
    }
}
