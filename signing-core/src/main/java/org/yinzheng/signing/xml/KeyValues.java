package org.yinzheng.signing.xml;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.w3c.dom.Element;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.KeyStrength;

/// A bare key in KeyInfo (XMLDSig 1.1 §4.5.2): it checks a value and is nobody's.
final class KeyValues {
    private static final String DSIG_11 = "http://www.w3.org/2009/xmldsig11#";
    private static final int LONGEST = 2048;

    private KeyValues() {}

    /// The one key of a kind that we know; empty when there is none, or several.
    static Optional<PublicKey> only(Element keyInfo) {
        var values = Dom.children(keyInfo, Names.DS, "KeyValue");
        var encoded = Dom.children(keyInfo, DSIG_11, "DEREncodedKeyValue");
        if (values.size() + encoded.size() != 1) {
            return Optional.empty();
        }
        try {
            var key = encoded.isEmpty() ? of(values.getFirst()) : byInfo(octets(encoded.getFirst()));
            return key.filter(one -> KeyStrength.of(one).isPresent());
        } catch (GeneralSecurityException | java.io.IOException | IllegalArgumentException e) {
            return Optional.empty(); // numbers that are no key
        }
    }

    private static Optional<PublicKey> of(Element value) throws GeneralSecurityException, java.io.IOException {
        var inside = Dom.children(value);
        if (inside.size() != 1) {
            return Optional.empty();
        }
        var key = inside.getFirst();
        if (Dom.is(key, Names.DS, "RSAKeyValue")) {
            return make("RSA", new RSAPublicKeySpec(number(key, "Modulus"), number(key, "Exponent")));
        }
        if (Dom.is(key, Names.DS, "DSAKeyValue")) {
            return make(
                    "DSA",
                    new DSAPublicKeySpec(number(key, "Y"), number(key, "P"), number(key, "Q"), number(key, "G")));
        }
        var curve = Dom.only(key, DSIG_11, "NamedCurve").map(one -> one.getAttribute("URI"));
        var point = Dom.only(key, DSIG_11, "PublicKey");
        if (!Dom.is(key, DSIG_11, "ECKeyValue")
                || point.isEmpty()
                || !curve.filter(uri -> uri.startsWith("urn:oid:")).isPresent()) {
            return Optional.empty();
        }
        var oid = new ASN1ObjectIdentifier(curve.get().substring("urn:oid:".length()));
        var info = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, oid), octets(point.get()));
        return byInfo(info.getEncoded());
    }

    private static Optional<PublicKey> byInfo(byte[] der) throws GeneralSecurityException {
        var algorithm = SubjectPublicKeyInfo.getInstance(der).getAlgorithm().getAlgorithm();
        return Optional.of(KeyFactory.getInstance(algorithm.getId(), Cryptography.provider())
                .generatePublic(new X509EncodedKeySpec(der)));
    }

    private static Optional<PublicKey> make(String algorithm, KeySpec spec) throws GeneralSecurityException {
        return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(spec));
    }

    private static BigInteger number(Element key, String name) {
        return new BigInteger(
                1, octets(Dom.only(key, Names.DS, name).orElseThrow(() -> new IllegalArgumentException(name))));
    }

    private static byte[] octets(Element element) {
        return Dom.decode(element)
                .filter(bytes -> bytes.length <= LONGEST)
                .orElseThrow(() -> new IllegalArgumentException("no number, or one of absurd length"));
    }
}
