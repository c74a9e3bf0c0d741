package org.yinzheng.testdata.corpus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bouncycastle.util.BigIntegers;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.OtherKey;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;

/// The ways in which others write what means the same (prefixes, lines, comments, encodings, keys, XAdES), and the
/// changes that these ways invite.
final class XmlForms {
    private static final String COMMENTED =
            XmlPapers.OPEN + "<!-- 甲 -->" + XmlPapers.BODY + Producer.PLACE + "</Licence>";
    private static final String WITH_COMMENTS = "WithComments";
    private static final String FILTER = "http://www.w3.org/2002/06/xmldsig-filter2";
    private static final Expected FOREIGN = Expected.intactBut(Gap.SIGNING_CERTIFICATE_UNNAMED);
    private static final Expected CHANGED = Expected.modified(Flaw.HASH_FAILURE);
    private static final Expected NOT_DONE =
            Expected.undecided(Integrity.UNKNOWN, Gap.PROCESSING_FORBIDDEN).atLeast();

    private final CorpusAuthority authority;
    private final List<Specimen> all = new ArrayList<>();

    XmlForms(CorpusAuthority authority) {
        this.authority = authority;
    }

    List<Specimen> all() {
        comments();
        filters();
        writing();
        keys();
        qualified();
        return all;
    }

    private void comments() {
        for (var method : List.of(
                Producer.EXCLUSIVE + WITH_COMMENTS,
                Producer.INCLUSIVE + "#" + WITH_COMMENTS,
                "http://www.w3.org/2006/12/xml-c14n11#" + WITH_COMMENTS)) {
            var name = method.replaceFirst("^.*(exc|c14n11|2001).*$", "$1").replace("2001", "c14n");
            Supplier<String> signed = () -> text(rsa().canonical(method, "")
                    .over("#xpointer(/)", Producer.ENVELOPED + XmlValid.c14n(method))
                    .sign(COMMENTED));
            valid("comments-kept-" + name, "comments are signed, too", FOREIGN, signed);
            attack("X2", "comment-changed-" + name, CHANGED, () -> signed.get().replace("甲", "乙"));
            attack("X2", "comment-removed-" + name, CHANGED, () -> signed.get().replace("<!-- 甲 -->", ""));
        }
        // a reference to the whole document, or by an Id, leaves comments out (XMLDSig 1.1 §4.4.3.3)
        valid("comment-added-where-none-count", "a comment after signing, in a value", FOREIGN, () -> text(rsa().over(
                                "", Producer.ENVELOPED + XmlValid.c14n(Producer.EXCLUSIVE + WITH_COMMENTS))
                        .sign(COMMENTED))
                .replace("某公司", "某<!-- -->公司"));
    }

    private void filters() {
        valid(
                "filter-of-signatures",
                "XPath Filter 2.0 that subtracts the signatures",
                FOREIGN,
                () -> text(rsa().over("", filter("subtract", "/*/ds:Signature")).sign(XmlPapers.TEMPLATE)));
        for (var one : List.of("intersect //ZZMC", "subtract //x", "union /", "intersect /*/ds:Signature")) {
            var parts = one.split(" ", 2);
            attack(
                    "X3",
                    "filter-" + one.replaceAll("[^A-Za-z]+", "-").replaceAll("-$", ""),
                    NOT_DONE,
                    () -> text(rsa().over("", Producer.ENVELOPED + filter(parts[0], parts[1]))
                            .sign(XmlPapers.TEMPLATE)));
        }
    }

    private static String filter(String kind, String xpath) {
        return Producer.transform(
                FILTER, "<f:XPath xmlns:f=\"" + FILTER + "\" Filter=\"" + kind + "\">" + xpath + "</f:XPath>");
    }

    private void writing() {
        valid(
                "no-prefix",
                "the signature's namespace needs no prefix",
                FOREIGN,
                () -> text(rsa().over("", Producer.ENVELOPED).prefix("").sign(XmlPapers.TEMPLATE)));
        valid(
                "other-prefix",
                "the signature's prefix is dsig",
                FOREIGN,
                () -> text(rsa().over("", Producer.ENVELOPED).prefix("dsig").sign(XmlPapers.TEMPLATE)));
        valid(
                "on-lines",
                "each element on its line",
                FOREIGN,
                () -> text(rsa().over("", Producer.ENVELOPED).onLines().sign(XmlPapers.TEMPLATE)));
        valid("value-on-lines", "the value in lines of 64", FOREIGN, () -> {
            var text = text(rsa().over("", Producer.ENVELOPED).sign(XmlPapers.TEMPLATE));
            var value = text.replaceFirst("(?s).*<ds:SignatureValue[^>]*>([^<]*)<.*", "$1");
            return text.replace(value, "\n" + value.replaceAll("(.{64})", "$1\n") + "\n");
        });
        for (var charset : List.of("GBK", "UTF-16")) {
            all.add(new Specimen(
                    "xml-valid-in-" + charset.toLowerCase(java.util.Locale.ROOT),
                    "XML",
                    Specimen.VALID,
                    "written in " + charset,
                    FOREIGN,
                    () -> {
                        var text = text(rsa().over("", Producer.ENVELOPED).sign(XmlPapers.TEMPLATE));
                        return DocumentBytes.owning(("<?xml version=\"1.0\" encoding=\"" + charset + "\"?>"
                                        + text.replaceFirst("<\\?xml[^>]*>", ""))
                                .getBytes(Charset.forName(charset)));
                    }));
        }
        attack("X2", "space-added-between-elements", CHANGED, () -> text(rsa().over("", Producer.ENVELOPED)
                        .sign(XmlPapers.TEMPLATE))
                .replace("</CZZT>", "</CZZT>\n"));
        valid(
                "line-ends-of-windows",
                "CR LF after signing, where a reader makes LF of it",
                FOREIGN,
                () -> text(rsa().over("", Producer.ENVELOPED).onLines().sign(XmlPapers.TEMPLATE))
                        .replace("\n", "\r\n"));
        valid("several-signers", "RSA and P-384, neither over the other", FOREIGN, this::several);
    }

    /// The second is put beside the first by hand; both leave out all signatures.
    private String several() {
        var first = text(rsa().over("", XmlValid.XPATH).sign(XmlPapers.TEMPLATE));
        var second = text(new Producer(authority.signer(OtherKey.P_384))
                .with(Producer.MORE + "ecdsa-sha384", OtherKey.P_384.jcaName())
                .over("", XmlValid.XPATH)
                .sign(XmlPapers.TEMPLATE));
        var signature = second.substring(second.indexOf("<ds:Signature "), second.indexOf("</Licence>"));
        return first.replace("</Licence>", signature.replace("Id=\"sig", "Id=\"second") + "</Licence>");
    }

    private void keys() {
        var bare = Expected.intactBut(Gap.NO_SIGNING_CERTIFICATE_FOUND);
        valid(
                "key-value-of-a-curve",
                "a bare key on P-256 (XMLDSig 1.1 §4.5.2.3)",
                bare,
                () -> text(p256().keyInfo(curveKeyValue())
                        .over("", Producer.ENVELOPED)
                        .sign(XmlPapers.TEMPLATE)));
        valid(
                "key-encoded",
                "a bare key in DER (XMLDSig 1.1 §4.5.10)",
                bare,
                () -> text(
                        rsa().keyInfo("<ds:KeyInfo><d:DEREncodedKeyValue xmlns:d=\"http://www.w3.org/2009/xmldsig11#\">"
                                        + base64(authority
                                                .key(Party.RSA)
                                                .publicKey()
                                                .getEncoded())
                                        + "</d:DEREncodedKeyValue></ds:KeyInfo>")
                                .over("", Producer.ENVELOPED)
                                .sign(XmlPapers.TEMPLATE)));
        valid(
                "chain-upside-down",
                "the authority's certificate first",
                FOREIGN,
                () -> text(rsa().keyInfo("<ds:KeyInfo><ds:KeyName>somebody</ds:KeyName><ds:X509Data>"
                                + certificate(Party.RSA, true) + certificate(Party.RSA, false)
                                + "</ds:X509Data></ds:KeyInfo>")
                        .over("", Producer.ENVELOPED)
                        .sign(XmlPapers.TEMPLATE)));
    }

    private void qualified() {
        var second = "<x:SigningCertificateV2>%s</x:SigningCertificateV2>";
        var first = "<x:SigningCertificate>%s</x:SigningCertificate>";
        xades("b-v2", Expected.passed(), () -> second.formatted(named(Party.RSA, "SHA-256", "")), "", text -> text);
        xades(
                "b-v1",
                Expected.passed(),
                () -> first.formatted(named(Party.RSA, "SHA-256", serial())),
                "",
                text -> text);
        xades(
                "b-v1-sha1",
                Expected.passed(),
                () -> first.formatted(named(Party.RSA, "SHA-1", serial())),
                "",
                text -> text);
        xades(
                "b-with-data-object-format",
                Expected.passed(),
                () -> second.formatted(named(Party.RSA, "SHA-512", "")),
                "<x:SignedDataObjectProperties><x:DataObjectFormat ObjectReference=\"#r\"><x:MimeType>text/xml"
                        + "</x:MimeType></x:DataObjectFormat></x:SignedDataObjectProperties>",
                text -> text);
        xades(
                "t",
                Expected.passed(),
                () -> second.formatted(named(Party.RSA, "SHA-256", "")),
                "",
                text -> unsigned(text, timestamp(text)));
        xades(
                "lt",
                Expected.passed(),
                () -> second.formatted(named(Party.RSA, "SHA-256", "")),
                "",
                text -> unsigned(text, timestamp(text) + evidence()));
        attack(
                "X1",
                "xades-other-certificate-named",
                Expected.failed(Integrity.UNKNOWN, Flaw.SIGNING_CERTIFICATE_MISMATCH),
                () -> text(rsa().over("", Producer.ENVELOPED)
                        .qualified(second.formatted(named(Party.OTHER_RSA, "SHA-256", "")), "")
                        .sign(XmlPapers.TEMPLATE)));
        attack(
                "X2",
                "xades-properties-not-signed",
                Expected.modified(Flaw.SIGNED_ATTRIBUTES_INCOMPLETE),
                () -> text(rsa().over("", Producer.ENVELOPED)
                        .object("><x:QualifyingProperties xmlns:x=\"" + Producer.XADES
                                + "\" Target=\"#sig\"><x:SignedProperties Id=\"signed\"><x:SignedSignatureProperties>"
                                + second.formatted(named(Party.RSA, "SHA-256", ""))
                                + "</x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties>")
                        .sign(XmlPapers.TEMPLATE)));
    }

    private void xades(
            String name, Expected expected, Supplier<String> certificates, String more, UnaryOperator<String> later) {
        valid(
                "xades-" + name,
                "another program's XAdES",
                expected,
                () -> later.apply(text(rsa().over("", Producer.ENVELOPED)
                        .qualified(certificates.get(), more)
                        .sign(XmlPapers.TEMPLATE))));
    }

    private String named(Party party, String digest, String more) {
        var uri =
                switch (digest) {
                    case "SHA-1" -> Producer.DS + "sha1";
                    case "SHA-512" -> XmlValid.SHA_512;
                    default -> "http://www.w3.org/2001/04/xmlenc#sha256";
                };
        return "<x:Cert><x:CertDigest><ds:DigestMethod Algorithm=\"" + uri + "\"/><ds:DigestValue>"
                + base64(Cryptography.digest(digest).digest(Certificates.der(authority.certificate(party))))
                + "</ds:DigestValue></x:CertDigest>" + more + "</x:Cert>";
    }

    private String serial() {
        var certificate = authority.certificate(Party.RSA);
        return "<x:IssuerSerial><ds:X509IssuerName>" + certificate.getIssuerX500Principal()
                + "</ds:X509IssuerName><ds:X509SerialNumber>" + certificate.getSerialNumber()
                + "</ds:X509SerialNumber></x:IssuerSerial>";
    }

    /// Over the element of the value, canonicalised as the property's default says (EN 319 132-1 §4.5).
    private String timestamp(String text) {
        var value = Producer.canonicalValue(text);
        var token = authority.timestamps(CorpusAuthority.SIGNED).token(DocumentBytes.owning(value), Party.RSA.suite());
        return "<x:SignatureTimeStamp Id=\"time\"><x:EncapsulatedTimeStamp>" + base64(token.toByteArray())
                + "</x:EncapsulatedTimeStamp></x:SignatureTimeStamp>";
    }

    private String evidence() {
        var lists = new StringBuilder();
        for (var list : authority.crls()) {
            lists.append("<x:EncapsulatedCRLValue>")
                    .append(base64(Certificates.der(list)))
                    .append("</x:EncapsulatedCRLValue>");
        }
        return "<x:CertificateValues><x:EncapsulatedX509Certificate>"
                + base64(Certificates.der(authority.issuing(Party.RSA.suite()).certificate()))
                + "</x:EncapsulatedX509Certificate></x:CertificateValues><x:RevocationValues><x:CRLValues>" + lists
                + "</x:CRLValues></x:RevocationValues>";
    }

    private static String unsigned(String text, String properties) {
        return text.replace(
                "</x:QualifyingProperties>",
                "<x:UnsignedProperties><x:UnsignedSignatureProperties>" + properties
                        + "</x:UnsignedSignatureProperties></x:UnsignedProperties></x:QualifyingProperties>");
    }

    private String certificate(Party party, boolean above) {
        var one = above ? authority.issuing(party.suite()).certificate() : authority.certificate(party);
        return "<ds:X509Certificate>" + base64(Certificates.der(one)) + "</ds:X509Certificate>";
    }

    private String curveKeyValue() {
        var point = ((ECPublicKey) authority.key(Party.P256).publicKey()).getW();
        var octets = new ByteArrayOutputStream();
        octets.write(4);
        octets.writeBytes(BigIntegers.asUnsignedByteArray(32, point.getAffineX()));
        octets.writeBytes(BigIntegers.asUnsignedByteArray(32, point.getAffineY()));
        return "<ds:KeyInfo><ds:KeyValue><d:ECKeyValue xmlns:d=\"http://www.w3.org/2009/xmldsig11#\">"
                + "<d:NamedCurve URI=\"urn:oid:1.2.840.10045.3.1.7\"/><d:PublicKey>" + base64(octets.toByteArray())
                + "</d:PublicKey></d:ECKeyValue></ds:KeyValue></ds:KeyInfo>";
    }

    private Producer rsa() {
        return new Producer(authority.signer(Party.RSA));
    }

    private Producer p256() {
        return new Producer(authority.signer(Party.P256)).with(Producer.MORE + "ecdsa-sha256", "SHA256withECDSA");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String text(DocumentBytes document) {
        return new String(document.toByteArray(), UTF_8);
    }

    private void valid(String name, String made, Expected expected, Supplier<String> text) {
        add("xml-valid-" + name, Specimen.VALID, made, expected, text);
    }

    private void attack(String attack, String name, Expected expected, Supplier<String> text) {
        add(
                "xml-" + attack.toLowerCase(java.util.Locale.ROOT) + "-" + name,
                attack,
                name.replace('-', ' '),
                expected,
                text);
    }

    private void add(String name, String attack, String made, Expected expected, Supplier<String> text) {
        all.add(new Specimen(
                name,
                "XML",
                attack,
                made,
                expected,
                () -> DocumentBytes.owning(text.get().getBytes(UTF_8))));
    }
}
