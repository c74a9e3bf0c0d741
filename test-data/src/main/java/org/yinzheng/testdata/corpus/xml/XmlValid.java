package org.yinzheng.testdata.corpus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;

/// Good XML: ours, and other programs'.
final class XmlValid {
    private static final Expected FOREIGN = Expected.intactBut(Gap.SIGNING_CERTIFICATE_UNNAMED);
    private static final Expected PART =
            Expected.undecided(Integrity.UNKNOWN, Gap.SIGNING_CERTIFICATE_UNNAMED, Gap.NOT_ALL_CONTENT_COVERED);
    static final String SHA_512 = "http://www.w3.org/2001/04/xmlenc#sha512";

    private final CorpusAuthority authority;

    XmlValid(CorpusAuthority authority) {
        this.authority = authority;
    }

    List<Specimen> all() {
        return List.of(
                valid("ours-rsa", "our own, RSA", Expected.passed(), () -> XmlPapers.stamped(authority, Party.RSA)),
                valid("ours-p256", "our own, P-256", Expected.passed(), () -> XmlPapers.stamped(authority, Party.P256)),
                valid("ours-sm2", "our own, SM2", Expected.passed(), () -> XmlPapers.stamped(authority, Party.SM2)),
                valid(
                        "ours-timestamped",
                        "our own, with a timestamp",
                        Expected.passed(),
                        () -> XmlPapers.timestamped(authority, Party.SM2)),
                foreign("enveloped-exclusive", p -> p.over("", Producer.ENVELOPED + c14n(Producer.EXCLUSIVE))),
                foreign("enveloped-inclusive", p -> p.canonical(Producer.INCLUSIVE, "")
                        .over("", Producer.ENVELOPED + c14n(Producer.INCLUSIVE))),
                foreign("enveloped-c14n11", p -> p.canonical("http://www.w3.org/2006/12/xml-c14n11", "")
                        .over("", Producer.ENVELOPED + c14n("http://www.w3.org/2006/12/xml-c14n11"))),
                foreign("enveloped-with-comments", p -> p.canonical(Producer.EXCLUSIVE + "WithComments", "")
                        .over("", Producer.ENVELOPED + c14n(Producer.EXCLUSIVE + "WithComments"))),
                foreign("enveloped-prefix-list", p -> p.canonical(
                                Producer.EXCLUSIVE,
                                "<ec:InclusiveNamespaces xmlns:ec=\"" + Producer.EXCLUSIVE + "\" PrefixList=\"ds\"/>")
                        .over("", Producer.ENVELOPED + c14n(Producer.EXCLUSIVE))),
                foreign("enveloped-no-canonicalisation", p -> p.over("", Producer.ENVELOPED)),
                foreign("sha512", p -> p.digest(SHA_512)
                        .with(Producer.MORE + "rsa-sha512", "SHA512withRSA")
                        .over("", Producer.ENVELOPED)),
                foreign("xpath-without-signatures", p -> p.over("", XPATH)),
                foreign("by-root-id", p -> p.over("#root", Producer.ENVELOPED)),
                foreign("by-pointer", p -> p.over("#xpointer(/)", Producer.ENVELOPED)),
                valid("p256", "another program's, P-256", FOREIGN, () -> new Producer(authority.signer(Party.P256))
                        .with(Producer.MORE + "ecdsa-sha256", "SHA256withECDSA")
                        .over("", Producer.ENVELOPED)
                        .sign(XmlPapers.TEMPLATE)),
                valid("nested", "the signature deep inside, as in invoices", FOREIGN, () -> rsa().over(
                                "", Producer.ENVELOPED)
                        .sign(XmlPapers.NESTED)),
                valid("enveloping", "the content inside of the signature", FOREIGN, () -> rsa().over("#o", "")
                        .object(" Id=\"o\"><a>content</a>")
                        .sign(Producer.PLACE)),
                valid("enveloping-base64", "binary content inside", FOREIGN, () -> rsa().over(
                                "#o", Producer.transform(Producer.DS + "base64", ""))
                        .object(" Id=\"o\">Y29udGVudA==")
                        .sign(Producer.PLACE)),
                valid("part", "one element only", PART, () -> rsa().over("#part", "")
                        .sign(XmlPapers.TEMPLATE)),
                valid("manifest", "a manifest over the document", PART, () -> rsa().over("#m", "")
                        .object("><ds:Manifest Id=\"m\">"
                                + Producer.reference("#part", "", "http://www.w3.org/2001/04/xmlenc#sha256")
                                + "</ds:Manifest>")
                        .sign(XmlPapers.TEMPLATE)),
                valid(
                        "sha1",
                        "SHA-1, as files of old",
                        Expected.intactBut(Gap.SIGNING_CERTIFICATE_UNNAMED, Gap.ALGORITHM_WEAK),
                        () -> rsa().digest(Producer.DS + "sha1")
                                .with(Producer.DS + "rsa-sha1", "SHA1withRSA")
                                .over("", Producer.ENVELOPED)
                                .sign(XmlPapers.TEMPLATE)),
                valid(
                        "rsa-1024",
                        "a short key",
                        Expected.intactBut(Gap.SIGNING_CERTIFICATE_UNNAMED, Gap.KEY_TOO_WEAK),
                        () -> new Producer(authority.signer(Party.RSA_1024))
                                .over("", Producer.ENVELOPED)
                                .sign(XmlPapers.TEMPLATE)),
                valid(
                        "stranger",
                        "certified by somebody whom we do not know",
                        Expected.intactBut(Gap.NO_CERTIFICATE_CHAIN_FOUND).atLeast(),
                        () -> new Producer(authority.signer(Party.RSA_STRANGER))
                                .over("", Producer.ENVELOPED)
                                .sign(XmlPapers.TEMPLATE)),
                valid(
                        "key-value-only",
                        "a bare key",
                        Expected.intactBut(Gap.NO_SIGNING_CERTIFICATE_FOUND),
                        () -> rsa().keyInfo(keyValue())
                                .over("", Producer.ENVELOPED)
                                .sign(XmlPapers.TEMPLATE)),
                valid(
                        "no-key-info",
                        "no key at all",
                        Expected.undecided(Integrity.UNKNOWN, Gap.NO_SIGNING_CERTIFICATE_FOUND),
                        () -> rsa().keyInfo("").over("", Producer.ENVELOPED).sign(XmlPapers.TEMPLATE)),
                valid(
                        "identifiers-of-others-twice",
                        "two rows with the same id, to which nobody refers",
                        Expected.passed(),
                        () -> XmlPapers.stamped(authority, Party.RSA, "<list><row id=\"1\"/><row id=\"1\"/></list>")),
                valid("detached", "over a file beside it", FOREIGN, this::detached)
                        .over("file.txt", () -> DocumentBytes.owning("abc".getBytes(UTF_8))));
    }

    static final String XPATH = Producer.transform(
            "http://www.w3.org/TR/1999/REC-xpath-19991116", "<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>");

    static String c14n(String method) {
        return Producer.transform(method, "");
    }

    private DocumentBytes detached() {
        var digest = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; // of "abc", FIPS 180-4
        return rsa().withoutDigests()
                .over("file.txt", "")
                .sign(Producer.PLACE, text -> text.replaceFirst("<ds:DigestValue>AAAA", "<ds:DigestValue>" + digest));
    }

    private Producer rsa() {
        return new Producer(authority.signer(Party.RSA));
    }

    private String keyValue() {
        var key = (RSAPublicKey) authority.key(Party.RSA).publicKey();
        var base64 = Base64.getEncoder();
        return "<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>"
                + base64.encodeToString(key.getModulus().toByteArray()) + "</ds:Modulus><ds:Exponent>"
                + base64.encodeToString(key.getPublicExponent().toByteArray())
                + "</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>";
    }

    private Specimen foreign(String name, java.util.function.UnaryOperator<Producer> how) {
        return valid(
                name, "another program's, RSA", FOREIGN, () -> how.apply(rsa()).sign(XmlPapers.TEMPLATE));
    }

    private static Specimen valid(String name, String made, Expected expected, Supplier<DocumentBytes> document) {
        return new Specimen("xml-valid-" + name, "XML", Specimen.VALID, made, expected, document);
    }
}
