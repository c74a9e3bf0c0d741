package org.yinzheng.testdata.corpus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Once;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;

/// Forged XML, class by class (X1 to X4).
final class XmlAttacks {
    private static final String EVIL =
            "<Licence xmlns=\"urn:yinzheng:licence:1\"><ZZBS>1.2.156.3005.2.1</ZZBS><CZZT>somebody else</CZZT>";
    private static final String END = "</Licence>";
    private static final Expected CHANGED = Expected.modified(Flaw.HASH_FAILURE);
    private static final Expected BROKEN = Expected.modified(Flaw.SIG_CRYPTO_FAILURE);
    private static final Expected MISSHAPEN = Expected.modified(Flaw.FORMAT_FAILURE);
    private static final Expected PART = partly(Gap.NOT_ALL_CONTENT_COVERED);
    private static final Expected IN_KEY_INFO =
            Expected.intactBut(Gap.NOT_ALL_CONTENT_COVERED).atLeast();
    private static final Expected NOT_DONE =
            Expected.undecided(Integrity.UNKNOWN, Gap.PROCESSING_FORBIDDEN).atLeast();

    private final CorpusAuthority authority;
    private final Supplier<String> ours;
    private final Supplier<String> timestamped;
    private final Supplier<String> byId;
    private final List<Specimen> all = new ArrayList<>();

    XmlAttacks(CorpusAuthority authority) {
        this.authority = authority;
        ours = Once.of(() -> text(XmlPapers.stamped(authority, Party.RSA)));
        timestamped = Once.of(() -> text(XmlPapers.timestamped(authority, Party.RSA)));
        byId = Once.of(() -> text(rsa().over("#root", Producer.ENVELOPED).sign(XmlPapers.TEMPLATE)));
    }

    private static Expected partly(Reason... why) {
        return new Expected(Indication.INDETERMINATE, Integrity.UNKNOWN, java.util.Set.of(why), false);
    }

    List<Specimen> all() {
        wrapping();
        smuggling();
        coverage();
        processing();
        counterSignatures();
        return all;
    }

    private void wrapping() {
        edit("X1", "whole-document-in-another-root", CHANGED, text -> EVIL + "<x>" + text + "</x>" + END);
        edit("X1", "signature-moved-to-another-root", CHANGED, text -> EVIL + signature(text) + END);
        edit(
                "X1",
                "signature-and-content-under-another-root",
                CHANGED,
                text -> EVIL + XmlPapers.BODY + signature(text) + END);
        of("X1", "signed-element-hidden", PART, () -> {
            var text = byId.get();
            return EVIL + "<x>" + text.replace(signature(text), "") + "</x>" + signature(text) + END;
        });
        for (var name : List.of("Id", "ID", "id", "xml:id")) {
            of("X1", "identifier-twice-" + name.replace(":", ""), Expected.modified(Flaw.DUPLICATE_IDENTIFIER), () -> {
                var text = byId.get();
                var hidden = text.replace(signature(text), "").replace(" Id=\"root\"", "");
                return EVIL.replace("<Licence ", "<Licence " + name + "=\"root\" ") + "<x Id=\"root\">" + hidden
                        + "</x>" + signature(text) + END;
            });
        }
        of("X1", "part-moved-and-replaced", PART, () -> {
            var text = text(rsa().over("#part", "").sign(XmlPapers.TEMPLATE));
            return text.replace("<ZZMC Id=\"part\">营业执照</ZZMC>", "<ZZMC>许可证</ZZMC>")
                    .replace("</ds:Signature>", "</ds:Signature><x><ZZMC Id=\"part\">营业执照</ZZMC></x>");
        });
    }

    private void smuggling() {
        edit(
                "X1",
                "object-with-content-added",
                PART,
                text -> before(text, "</ds:Signature>", "<ds:Object><CZZT>x</CZZT></ds:Object>"));
        edit("X1", "empty-object-added", PART, text -> before(text, "</ds:Signature>", "<ds:Object/>"));
        edit(
                "X1",
                "manifest-forged",
                PART,
                text -> before(
                        text,
                        "</ds:Signature>",
                        "<ds:Object><ds:Manifest Id=\"m\"><ds:Reference URI=\"#root\"/></ds:Manifest></ds:Object>"));
        edit(
                "X1",
                "properties-forged-first",
                MISSHAPEN,
                text -> properties(text, properties -> others(properties) + properties));
        edit(
                "X1",
                "properties-forged-second",
                MISSHAPEN,
                text -> properties(text, properties -> properties + others(properties)));
        edit(
                "X1",
                "qualifying-properties-twice",
                MISSHAPEN,
                text -> before(
                        text,
                        "</ds:Signature>",
                        "<ds:Object>" + between(text, "<xades:QualifyingProperties", "</xades:QualifyingProperties>")
                                + "</ds:Object>"));
        edit(
                "X1",
                "properties-of-another-signature",
                MISSHAPEN,
                text -> text.replaceFirst("Target=\"#[^\"]*\"", "Target=\"#other\""));
        edit("X1", "content-in-key-info", IN_KEY_INFO, text -> before(text, "</ds:KeyInfo>", "<CZZT>x</CZZT>"));
        edit("X1", "text-in-the-signature", MISSHAPEN, text -> before(text, "<ds:KeyInfo>", "somebody else"));
        edit(
                "X1",
                "foreign-element-in-the-signature",
                MISSHAPEN,
                text -> before(text, "</ds:Signature>", "<CZZT>x</CZZT>"));
        edit("X1", "elements-in-the-value", MISSHAPEN, text -> before(text, "</ds:SignatureValue>", "<a/>"));
        edit(
                "X1",
                "signed-information-twice",
                MISSHAPEN,
                text -> before(text, "<ds:SignedInfo>", between(text, "<ds:SignedInfo>", "</ds:SignedInfo>")));
        edit(
                "X1",
                "empty-signature-beside",
                MISSHAPEN,
                text -> before(text, END, "<ds:Signature xmlns:ds=\"" + Producer.DS + "\"/>"));
    }

    private void coverage() {
        edit("X2", "content-changed", CHANGED, text -> text.replace("某公司", "另一公司"));
        edit("X2", "content-added", CHANGED, text -> before(text, "<ds:Signature ", "<YXQJZ>2099</YXQJZ>"));
        edit("X2", "content-removed", CHANGED, text -> text.replace("<CZZT>东原市某公司</CZZT>", ""));
        edit("X2", "signing-time-changed", CHANGED, text -> text.replace("2026-11-21T08", "2020-11-21T08"));
        edit("X2", "properties-replaced", CHANGED, text -> properties(text, XmlAttacks::others));
        edit(
                "X2",
                "properties-removed",
                CHANGED,
                text -> text.replace(between(text, "<ds:Object>", "</ds:Object>"), ""));
        edit(
                "X2",
                "reference-removed",
                BROKEN,
                text -> text.replace(between(text, "<ds:Reference ", "</ds:Reference>"), ""));
        edit(
                "X2",
                "all-references-removed",
                Expected.modified(Flaw.SIG_CRYPTO_FAILURE),
                text -> text.replaceAll("(?s)<ds:Reference .*</ds:Reference>", ""));
        of(
                "X2",
                "nothing-referred-to-and-rightly-signed",
                Expected.modified(Flaw.REFERENCE_MISSING),
                () -> text(rsa().withoutDigests().sign(XmlPapers.TEMPLATE)));
        edit(
                "X2",
                "transforms-removed",
                BROKEN,
                text -> text.replaceFirst("(?s)<ds:Transforms>.*?</ds:Transforms>", ""));
        edit("X2", "filter-widened", BROKEN, text -> text.replace("/*/ds:Signature", "//*"));
        edit("X2", "digest-made-right-again", BROKEN, text -> text.replace("某公司", "另一公司")
                .replaceFirst("<ds:DigestValue>[^<]*", "<ds:DigestValue>AAAA"));
        of("X2", "prefix-of-the-filter-redefined", NOT_DONE, () -> ours.get()
                .replace("Filter=\"subtract\"", "xmlns:ds=\"urn:other\" Filter=\"subtract\""));
        of(
                "X2",
                "processing-instruction-before-the-root",
                PART,
                () -> "<?xml-stylesheet href=\"evil.xsl\"?>" + byId.get().replaceFirst("<\\?xml[^>]*>", ""));
        of("X2", "referred-to-element-removed", CHANGED, () -> text(rsa().over("#part", "")
                        .sign(XmlPapers.TEMPLATE))
                .replace("<ZZMC Id=\"part\">营业执照</ZZMC>", ""));
        of("X2", "manifest-entry-changed", CHANGED, () -> text(rsa().over("#m", "")
                        .object("><ds:Manifest Id=\"m\">"
                                + Producer.reference("#part", "", "http://www.w3.org/2001/04/xmlenc#sha256")
                                + "</ds:Manifest>")
                        .sign(XmlPapers.TEMPLATE))
                .replace("营业执照", "许可证"));
        edit(
                "X2",
                "other-certificate-named",
                Expected.modified(Flaw.SIG_CRYPTO_FAILURE),
                text -> text.replaceFirst(
                        "<ds:X509Certificate>[^<]*",
                        "<ds:X509Certificate>"
                                + java.util.Base64.getEncoder()
                                        .encodeToString(org.yinzheng.signing.certificate.Certificates.der(
                                                authority.certificate(Party.OTHER_RSA)))));
    }

    private void processing() {
        for (var type : List.of(
                "<!DOCTYPE Licence>",
                "<!DOCTYPE Licence [<!ENTITY a 'b'>]>",
                "<!DOCTYPE Licence [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>")) {
            edit(
                    "X3",
                    "document-type-" + type.length(),
                    Expected.malformed(),
                    text -> text.replaceFirst("<Licence", type + "<Licence"));
        }
        rightlySigned("stylesheet", "http://www.w3.org/TR/1999/REC-xslt-19991116");
        rightlySigned("decryption", "http://www.w3.org/2002/07/decrypt#XML");
        of(
                "X3",
                "xpath-of-nothing",
                NOT_DONE,
                () -> text(rsa().over(
                                "",
                                Producer.transform(
                                        "http://www.w3.org/TR/1999/REC-xpath-19991116",
                                        "<ds:XPath>self::text()</ds:XPath>"))
                        .sign(XmlPapers.TEMPLATE)));
        for (var uri : List.of("file:///etc/passwd", "http://attacker.invalid/x", "../../secret.txt")) {
            of(
                    "X3",
                    "reference-outside-" + uri.length(),
                    Expected.undecided(Integrity.UNKNOWN, Gap.ORIGINAL_MISSING).atLeast(),
                    () -> text(rsa().withoutDigests().over(uri, "").sign(XmlPapers.TEMPLATE)));
        }
        edit(
                "X3",
                "key-to-be-fetched",
                IN_KEY_INFO,
                text -> before(text, "</ds:KeyInfo>", "<ds:RetrievalMethod URI=\"#sig\"/>"));
        for (var method : List.of("http://www.w3.org/2000/09/xmldsig#hmac-sha1", Producer.MORE + "hmac-sha256")) {
            edit(
                    "X3",
                    "mac-" + method.length(),
                    Expected.undecided(Integrity.UNKNOWN, Gap.SIGNATURE_KIND_UNKNOWN)
                            .atLeast(),
                    text -> text.replaceFirst(
                            "(<ds:SignatureMethod Algorithm=\")[^\"]*(\">)",
                            "$1" + method + "$2<ds:HMACOutputLength>0</ds:HMACOutputLength>"));
        }
        edit(
                "X3",
                "algorithm-unknown",
                Expected.undecided(Integrity.UNKNOWN, Gap.ALGORITHM_UNKNOWN).atLeast(),
                text -> text.replaceFirst("(<ds:SignatureMethod Algorithm=\")[^\"]*", "$1urn:none"));
        of("X3", "nested-too-deep", limit(), () -> "<a>".repeat(200) + "</a>".repeat(200));
        of("X3", "too-many-elements", limit(), () -> "<a>" + "<b/>".repeat(200_001) + "</a>");
        of(
                "X3",
                "too-many-signatures",
                limit(),
                () -> "<a>" + ("<ds:Signature xmlns:ds=\"" + Producer.DS + "\"/>").repeat(21) + "</a>");
        of(
                "X3",
                "too-many-references",
                Expected.undecided(Integrity.UNKNOWN, Gap.TOO_COMPLEX).atLeast(),
                () -> {
                    var producer = rsa().withoutDigests();
                    for (int i = 0; i < 1001; i++) {
                        producer.over("#part", "");
                    }
                    return text(producer.sign(XmlPapers.TEMPLATE, text -> text));
                });
        edit("P11", "timestamp-of-another", Expected.failed(Integrity.INTACT, Flaw.TIMESTAMP_TRANSPLANTED), text -> {
            var mine = timestamped.get();
            var other = text(XmlPapers.timestamped(authority, Party.SM2));
            return mine.replace(token(mine), token(other));
        });
        edit(
                "P11",
                "timestamp-of-rubbish",
                Expected.failed(Integrity.INTACT, Flaw.TIMESTAMP_INVALID),
                text -> timestamped.get().replace(token(timestamped.get()), "AAAA"));
    }

    private void counterSignatures() {
        var misplaced = Expected.failed(Integrity.INTACT, Flaw.COUNTER_SIGNATURE_MISPLACED);
        edit(
                "X4",
                "counter-signature-over-the-document",
                misplaced,
                text -> unsigned(
                        text,
                        text(rsa().over("", Producer.ENVELOPED).sign("<a>" + Producer.PLACE + "</a>"))
                                .replaceAll("</?a>", "")));
        edit("X4", "counter-signature-over-nothing", misplaced, text -> unsigned(text, ""));
    }

    private static Expected limit() {
        return Expected.undecided(Integrity.UNKNOWN, Gap.TOO_COMPLEX);
    }

    private void rightlySigned(String name, String transform) {
        of(
                "X3",
                name + "-rightly-signed",
                NOT_DONE,
                () -> text(rsa().withoutDigests()
                        .over("", Producer.transform(transform, ""))
                        .sign(XmlPapers.TEMPLATE)));
    }

    private Producer rsa() {
        return new Producer(authority.signer(Party.RSA));
    }

    private void edit(String attack, String name, Expected expected, UnaryOperator<String> how) {
        of(attack, name, expected, () -> how.apply(ours.get()));
    }

    private void of(String attack, String name, Expected expected, Supplier<String> text) {
        all.add(new Specimen(
                "xml-" + attack.toLowerCase(java.util.Locale.ROOT) + "-" + name,
                "XML",
                attack,
                name.replace('-', ' '),
                expected,
                () -> DocumentBytes.owning(text.get().getBytes(UTF_8))));
    }

    private static String text(DocumentBytes document) {
        return new String(document.toByteArray(), UTF_8);
    }

    private static String before(String text, String place, String inserted) {
        int at = text.lastIndexOf(place);
        return text.substring(0, at) + inserted + text.substring(at);
    }

    private static String between(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to) + to.length());
    }

    private static String signature(String text) {
        return text.substring(
                text.indexOf("<ds:Signature "), text.lastIndexOf("</ds:Signature>") + "</ds:Signature>".length());
    }

    private static String properties(String text, UnaryOperator<String> how) {
        var properties = between(text, "<xades:SignedProperties", "</xades:SignedProperties>");
        return text.replace(properties, how.apply(properties));
    }

    private static String others(String properties) {
        return properties.replace("2026-11-21", "2020-01-01").replaceFirst("Id=\"[^\"]*\"", "Id=\"others\"");
    }

    private static String token(String text) {
        return text.replaceFirst("(?s).*<xades:EncapsulatedTimeStamp>([^<]*)<.*", "$1");
    }

    private static String unsigned(String text, String counterSignature) {
        return before(
                text,
                "</xades:QualifyingProperties>",
                "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CounterSignature>"
                        + counterSignature
                        + "</xades:CounterSignature></xades:UnsignedSignatureProperties></xades:UnsignedProperties>");
    }
}
