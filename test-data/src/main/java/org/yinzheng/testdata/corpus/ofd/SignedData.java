package org.yinzheng.testdata.corpus.ofd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.DLTaggedObject;
import org.bouncycastle.asn1.x509.Certificate;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Party;

/// SignedData of GB/T 35275, or of RFC 5652 when so told, written element by element and in no canonical order.
final class SignedData {
    private static final String GM = "1.2.156.10197.6.1.4.2.";
    private static final String RFC = "1.2.840.113549.1.7.";
    private static final String SM3 = "1.2.156.10197.1.401";

    private final CorpusAuthority authority;
    Party signer = Party.SM2;
    String outside = GM;
    String inside = GM;
    String algorithm = "1.2.156.10197.1.301.1";
    /// From the SM3 digest of the description to the content.
    Optional<UnaryOperator<byte[]>> content = Optional.empty();
    UnaryOperator<byte[]> messageDigest = digest -> digest;
    UnaryOperator<byte[]> value = bytes -> bytes;
    boolean named = true;
    String digestName = SM3;
    boolean withAttributes = true;
    /// The content is the description itself.
    boolean describes;
    /// Each signs the same, under its own value's change.
    List<Party> besides = List.of();
    UnaryOperator<byte[]> besideValue = bytes -> bytes;

    SignedData(CorpusAuthority authority) {
        this.authority = authority;
    }

    /// The digest inside, no attributes.
    SignedData enclosing(UnaryOperator<byte[]> form) {
        content = Optional.of(form);
        return this;
    }

    SignedData rfc() {
        outside = RFC;
        inside = RFC;
        return this;
    }

    byte[] over(byte[] original, String path) {
        var digest = Cryptography.sm3(original);
        var enclosed = describes ? Optional.of(original) : content.map(form -> form.apply(digest));
        var attributes = enclosed.isPresent() || !withAttributes
                ? Optional.<DLSet>empty()
                : Optional.of(set(
                        attribute("1.2.840.113549.1.9.4", new DEROctetString(messageDigest.apply(digest))),
                        attribute("1.2.840.113549.1.9.3", oid(inside + "1"))));
        var signed = attributes.map(SignedData::bytes).or(() -> enclosed).orElse(original);
        var infos = new ArrayList<ASN1Encodable>(List.of(info(signer, signed, attributes, value)));
        besides.forEach(party -> infos.add(info(party, signed, attributes, besideValue)));
        var data = new ArrayList<ASN1Encodable>(List.of(
                new ASN1Integer(1),
                set(sequence(oid(digestName))),
                enclosed.map(bytes ->
                                sequence(oid(outside + "1"), new DLTaggedObject(true, 0, new DEROctetString(bytes))))
                        .orElseGet(() -> sequence(oid(outside + "1")))));
        if (named) {
            var certificates = new ArrayList<ASN1Encodable>(List.of(certificate(signer)));
            besides.forEach(party -> certificates.add(certificate(party)));
            data.add(new DLTaggedObject(false, 0, set(certificates.toArray(ASN1Encodable[]::new))));
        }
        data.add(set(infos.toArray(ASN1Encodable[]::new)));
        return bytes(sequence(
                oid(outside + "2"), new DLTaggedObject(true, 0, sequence(data.toArray(ASN1Encodable[]::new)))));
    }

    private ASN1Encodable info(Party party, byte[] signed, Optional<DLSet> attributes, UnaryOperator<byte[]> change) {
        var certificate = certificate(party);
        var info = new ArrayList<ASN1Encodable>(List.of(
                new ASN1Integer(1),
                sequence(certificate.getIssuer(), certificate.getSerialNumber()),
                sequence(oid(digestName))));
        attributes.ifPresent(set -> info.add(new DLTaggedObject(false, 0, set)));
        info.add(sequence(oid(algorithm)));
        info.add(new DEROctetString(change.apply(authority.key(party).sign(signed))));
        return sequence(info.toArray(ASN1Encodable[]::new));
    }

    private Certificate certificate(Party party) {
        return Certificate.getInstance(Ses.der(authority.certificate(party)));
    }

    private static ASN1Encodable attribute(String type, ASN1Encodable held) {
        return sequence(oid(type), set(held));
    }

    private static DLSequence sequence(ASN1Encodable... elements) {
        return new DLSequence(elements);
    }

    private static DLSet set(ASN1Encodable... elements) {
        return new DLSet(elements);
    }

    private static ASN1ObjectIdentifier oid(String id) {
        return new ASN1ObjectIdentifier(id);
    }

    private static byte[] bytes(ASN1Encodable element) {
        try {
            return element.toASN1Primitive().getEncoded("DL");
        } catch (java.io.IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
    }
}
