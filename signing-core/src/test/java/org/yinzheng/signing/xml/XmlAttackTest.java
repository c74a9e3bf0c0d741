package org.yinzheng.signing.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.xml.Forge.Oddity;

/// Classes X1 to X4 of attacks on signed XML, each in variants, and what looks like an attack and is none.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmlAttackTest {
    private static final String EVIL_ID = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.9999999999.001.A";
    private static final String EVIL =
            "<Licence xmlns=\"urn:yinzheng:licence:1\"><CZZT>somebody</CZZT><ZZBS>" + EVIL_ID + "</ZZBS>";

    private XmlParties parties;
    private String signed;
    private String signature;
    private String content;

    @BeforeAll
    void open(@TempDir Path directory) {
        parties = new XmlParties(directory);
        signed = XmlParties.text(parties.stamped(XmlParties.licence(), Suite.RSA_SHA256));
        int from = signed.indexOf("<ds:Signature ");
        int to = signed.indexOf("</ds:Signature>") + "</ds:Signature>".length();
        signature = signed.substring(from, to);
        content = signed.substring(signed.indexOf("<Licence"), from) + "</Licence>";
    }

    // X1: another element is used than the one that was signed

    @Test
    void signedDocumentWrappedInAnother_isNotTheRootsSignature() {
        var whole = signed.substring(signed.indexOf("<Licence"));
        for (var wrapped : List.of(
                EVIL + whole + "</Licence>",
                "<other>" + whole + "</other>",
                EVIL + "<hidden>" + signature + "</hidden></Licence>")) {
            fails(wrapped, Flaw.HASH_FAILURE);
        }
    }

    @Test
    void signatureMovedToAnotherRoot_isBroken() {
        for (var moved : List.of(
                EVIL + signature + "</Licence>",
                EVIL + content + signature + "</Licence>",
                EVIL + signature + content + "</Licence>",
                "<Licence xmlns=\"urn:yinzheng:licence:1\">" + signature + "</Licence>")) {
            fails(moved, Flaw.HASH_FAILURE);
        }
    }

    @Test
    void rootReferredToById_isNotAnotherElementOfThatId() throws Exception {
        var given = XmlParties.xml("<Licence xmlns=\"urn:yinzheng:licence:1\" Id=\"root\"><ZZBS>one</ZZBS></Licence>");
        var byId = Forge.text(Forge.sign(given, parties.signer(Suite.RSA_SHA256), Oddity.BY_ROOT_ID));
        assertThat(judged(byId).indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(judged(byId).licenceId()).contains("one");
        var original = byId.substring(byId.indexOf("<Licence"));
        var itsSignature = original.substring(original.indexOf("<ds:Signature "), original.indexOf("</Licence>"));
        var bare = original.replace(itsSignature, "");
        // the signed element hidden, the signature where the verifier looks
        var hiding = judged(EVIL + "<x>" + bare + "</x>" + itsSignature + "</Licence>");
        assertThat(hiding.reasons()).contains(Gap.NOT_ALL_CONTENT_COVERED);
        assertThat(hiding.integrity()).isEqualTo(Integrity.UNKNOWN);
        assertThat(hiding.signatures().getFirst().integrity()).isEqualTo(Integrity.INTACT);
        assertThat(hiding.licenceId()).isEmpty();
        fails(
                EVIL.replace("<CZZT>", " <CZZT>") + itsSignature.replace("#root", "#evil") + "</Licence>",
                Flaw.SIG_CRYPTO_FAILURE);
        // both of that name, in every spelling that somebody may look for
        for (var name : List.of("Id", "ID", "id", "xml:id", "iD")) {
            var evil = EVIL.replace("<Licence ", "<Licence Id=\"root\" ");
            var hidden = "<x " + name + "=\"root\">" + bare.replace(" Id=\"root\"", "") + "</x>";
            fails(evil + hidden + itsSignature + "</Licence>", Flaw.DUPLICATE_IDENTIFIER);
        }
    }

    @Test
    void identifierThatIsReferredToAndStandsTwice_isRefused() {
        var properties = signed.replaceFirst("(?s).* Id=\"(sig-[^\"]*-properties)\".*", "$1");
        for (var name : List.of("Id", "ID", "id", "xml:id")) {
            fails(
                    signed.replace("<ds:Signature ", "<ds:Signature " + name + "=\"" + properties + "\" ")
                            .replaceFirst(" Id=\"sig-[0-9a-f-]+\"", name.equals("Id") ? "" : "$0"),
                    null);
        }
    }

    @Test
    void identifierThatNobodyRefersTo_mayStandTwice() throws Exception {
        var given = XmlParties.xml(
                "<Licence xmlns=\"urn:yinzheng:licence:1\"><ZZBS id=\"1\">one</ZZBS><CZZT id=\"1\">two</CZZT></Licence>");
        var report = judged(Forge.text(Forge.sign(given, parties.signer(Suite.RSA_SHA256))));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ds:Object><Licence xmlns=\"urn:yinzheng:licence:1\"><ZZBS>x</ZZBS></Licence></ds:Object>",
                "<ds:Object><ds:Manifest><ds:Reference URI=\"#x\"/></ds:Manifest></ds:Object>",
                "<ds:Object/>",
                "<CZZT>somebody</CZZT>",
                "<x:a xmlns:x=\"urn:x\"/>",
                "text"
            })
    void contentSmuggledIntoASignature_isRefused(String smuggled) {
        refused(signed.replace("</ds:Signature>", smuggled + "</ds:Signature>"));
        refused(signed.replace("<ds:KeyInfo>", smuggled + "<ds:KeyInfo>"));
        refused(signed.replace("</ds:KeyInfo>", smuggled + "</ds:KeyInfo>"));
        refused(signed.replace("</ds:X509Data>", smuggled + "</ds:X509Data>"));
        fails(signed.replace("</ds:SignatureValue>", smuggled + "</ds:SignatureValue>"), null);
        refused(signed.replace("</ds:Object>", smuggled + "</ds:Object>"));
        fails(
                signed.replace("</xades:QualifyingProperties>", smuggled + "</xades:QualifyingProperties>"),
                Flaw.FORMAT_FAILURE);
        // a signature that is none, beside the one that is
        fails(
                signed.replace(
                        "</Licence>",
                        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">" + smuggled
                                + "</ds:Signature></Licence>"),
                Flaw.FORMAT_FAILURE);
    }

    @Test
    void propertiesForgedBesideTheSignedOnes_areRefused() {
        var properties = signature.substring(
                signature.indexOf("<xades:SignedProperties"),
                signature.indexOf("</xades:SignedProperties>") + "</xades:SignedProperties>".length());
        var forged = properties.replace("2026-11-21", "2020-01-01").replace("-properties", "-others");
        fails(signed.replace(properties, forged + properties), Flaw.FORMAT_FAILURE);
        fails(signed.replace(properties, properties + forged), Flaw.FORMAT_FAILURE);
        fails(signed.replace(properties, forged), Flaw.HASH_FAILURE);
        fails(signed.replace(properties, forged.replace("-others", "-properties")), Flaw.HASH_FAILURE);
        fails(signed.replace("Target=\"#sig-", "Target=\"#other-"), Flaw.FORMAT_FAILURE);
    }

    // X2: coverage removed

    @ParameterizedTest
    @CsvSource({
        "BY_PART_ID, NOT_ALL_CONTENT_COVERED",
        "FILTER_MORE, PROCESSING_FORBIDDEN",
        "FILTER_INTERSECT, PROCESSING_FORBIDDEN",
        "NO_DOCUMENT, NOT_ALL_CONTENT_COVERED",
        "PROPERTIES_UNSIGNED, SIGNED_ATTRIBUTES_INCOMPLETE"
    })
    void rightlySignedButNotWhatIsUsed_isRefused(Oddity oddity, String because) throws Exception {
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            var report = judged(Forge.text(Forge.sign(parts(), parties.signer(suite), oddity)));
            assertThat(report.reasons()).extracting(Reason::name).containsExactly(because);
            assertThat(report.licenceId()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "XPATH",
                "DOCUMENT_TWICE",
                "PROPERTIES_WITHOUT_TYPE",
                "COMMENTS_IN_REFERENCE",
                "COMMENTS_IN_SIGNED_INFO"
            })
    void otherWayToSayTheSame_passes(Oddity oddity) throws Exception {
        var report = judged(Forge.text(Forge.sign(parts(), parties.signer(Suite.RSA_SHA256), oddity)));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.licenceId()).contains("one");
    }

    private static DocumentBytes parts() {
        return XmlParties.xml(
                "<Licence xmlns=\"urn:yinzheng:licence:1\"><ZZBS Id=\"part\">one</ZZBS><CZZT>two</CZZT></Licence>");
    }

    @Test
    void referenceOrTransformTakenOut_breaksTheSignature() {
        var reference = signature.substring(
                signature.indexOf("<ds:Reference "), signature.indexOf("</ds:Reference>") + "</ds:Reference>".length());
        fails(signed.replace(reference, ""), Flaw.SIG_CRYPTO_FAILURE);
        fails(signed.replaceFirst("(?s)<ds:Transforms>.*?</ds:Transforms>", ""), Flaw.SIG_CRYPTO_FAILURE);
        fails(signed.replaceFirst("(?s)<ds:Object>.*</ds:Object>", ""), Flaw.HASH_FAILURE);
        fails(signed.replace("subtract", "union"), Flaw.SIG_CRYPTO_FAILURE);
        fails(signed.replace("/*/ds:Signature", "//ds:Signature"), Flaw.SIG_CRYPTO_FAILURE);
        // exclusive canonicalisation leaves out what only an XPath uses: the value still holds
        undecided(
                signed.replace("Filter=\"subtract\"", "xmlns:ds=\"urn:other\" Filter=\"subtract\""),
                Gap.PROCESSING_FORBIDDEN);
    }

    @Test
    void signatureOfAnotherProgram_withoutProperties_isIntactAndDoesNotNameItsCertificate() throws Exception {
        for (var oddities : List.of(
                new Oddity[] {Oddity.NO_PROPERTIES, Oddity.ENVELOPED},
                new Oddity[] {Oddity.NO_PROPERTIES, Oddity.ENVELOPED, Oddity.INCLUSIVE})) {
            var report =
                    judged(Forge.text(Forge.sign(XmlParties.licence(), parties.signer(Suite.RSA_SHA256), oddities)));
            assertThat(report.reasons()).containsExactly(Gap.SIGNING_CERTIFICATE_UNNAMED);
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENVELOPED", "INCLUSIVE"})
    void signatureOfAnotherProgram_thatCoversEverything_passes(Oddity oddity) throws Exception {
        for (var suite : Suite.values()) {
            var report = judged(Forge.text(Forge.sign(XmlParties.licence(), parties.signer(suite), oddity)));
            assertThat(report.reasons()).isEmpty();
            assertThat(report.licenceId()).contains(XmlParties.LICENCE_ID);
        }
    }

    @Test
    void sm2UnderTheOtherUri_passes() throws Exception {
        var report =
                judged(Forge.text(Forge.sign(XmlParties.licence(), parties.signer(Suite.SM2_SM3), Oddity.SM2_AS_SEEN)));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
    }

    // X3: dangerous processing

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Licence>",
                "<!DOCTYPE Licence [<!ENTITY a 'b'>]>",
                "<!DOCTYPE Licence [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
                "<!DOCTYPE Licence SYSTEM 'http://attacker.invalid/x.dtd'>",
                "<!DOCTYPE Licence [<!ATTLIST Licence Id ID #IMPLIED>]>",
                "<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>"
            })
    void documentType_isRefusedUnread(String type) {
        var report = parties.verify(signed.replace("<Licence", type + "<Licence"));
        assertThat(report.indication()).isEqualTo(Indication.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.w3.org/TR/1999/REC-xslt-19991116",
                "http://www.w3.org/TR/1999/REC-xpath-19991116",
                "http://www.w3.org/2000/09/xmldsig#base64",
                "http://www.w3.org/2002/07/decrypt#XML",
                "urn:unknown"
            })
    void otherTransform_isRefusedUnprocessed(String algorithm) {
        fails(signed.replace(Names.FILTER + "\">", algorithm + "\">"), Flaw.SIG_CRYPTO_FAILURE);
        fails(
                signed.replace(
                        "<ds:Transform Algorithm=\"" + Names.EXCLUSIVE + "\">",
                        "<ds:Transform Algorithm=\"" + algorithm + "\">"),
                Flaw.SIG_CRYPTO_FAILURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "http://attacker.invalid/",
                "other.xml",
                "#xpointer(/)",
                "#xpointer(id('a'))",
                "#",
                "#/1"
            })
    void referenceElsewhere_isRefusedUnfetched(String uri) {
        fails(signed.replace("URI=\"\"", "URI=\"" + uri + "\""), Flaw.SIG_CRYPTO_FAILURE);
    }

    @Test
    void keysThatAreToBeFetched_areRefused() {
        for (var key : List.of(
                "<ds:RetrievalMethod URI=\"#sig\"/>",
                "<ds:RetrievalMethod URI=\"http://attacker.invalid/\"/>",
                "<x:KeyInfoReference xmlns:x=\"http://www.w3.org/2009/xmldsig11#\" URI=\"#sig\"/>",
                "<x:EncryptedKey xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\"/>")) {
            undecided(signed.replace("<ds:KeyInfo>", "<ds:KeyInfo>" + key), Gap.NOT_ALL_CONTENT_COVERED);
        }
    }

    @Test
    void bareKeyInsteadOfACertificate_isNobodys() {
        var bare = signed.replaceFirst(
                "(?s)<ds:X509Data>.*</ds:X509Data>", "<ds:KeyName>the authority's, surely</ds:KeyName>");
        var report = judged(bare);
        assertThat(report.reasons()).contains(Gap.NO_SIGNING_CERTIFICATE_FOUND);
        assertThat(report.indication()).isNotEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.licenceId()).isEmpty();
    }

    @Test
    void macWithThePublicKey_isNoSignature() throws Exception {
        var key = parties.signer(Suite.RSA_SHA256).certificate().getPublicKey();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
        for (var method : List.of(
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "http://www.w3.org/2000/09/xmldsig#hmac-sha1")) {
            for (var length : List.of("", "<ds:HMACOutputLength>0</ds:HMACOutputLength>")) {
                var forged = signed.replaceFirst(
                                "<ds:SignatureMethod Algorithm=\"[^\"]*\">",
                                "<ds:SignatureMethod Algorithm=\"" + method + "\">" + length)
                        .replaceFirst(
                                "<ds:SignatureValue>[^<]*",
                                "<ds:SignatureValue>" + Base64.getEncoder().encodeToString(mac.doFinal()));
                undecided(forged, Gap.SIGNATURE_KIND_UNKNOWN);
            }
        }
    }

    @Test
    void weakDigest_isNoEvidence() throws Exception {
        var weak = judged(
                Forge.text(Forge.sign(XmlParties.licence(), parties.signer(Suite.RSA_SHA256), Oddity.SHA1_DIGEST)));
        assertThat(weak.reasons()).containsExactly(Gap.ALGORITHM_WEAK);
        assertThat(weak.integrity()).isEqualTo(Integrity.INTACT);
        var sha1 = judged(signed.replace(
                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"));
        assertThat(sha1.reasons()).contains(Flaw.SIG_CRYPTO_FAILURE);
        assertThat(sha1.licenceId()).isEmpty();
    }

    @Test
    void bombs_areRefusedBeforeATreeIsMade() {
        for (var bomb : List.of(
                "<a>".repeat(100_000),
                "<a>".repeat(97) + "</a>".repeat(97),
                "<a>" + "<b/>".repeat(300_000) + "</a>",
                "<a " + "x".repeat(100) + "='1'" + " b='c'".repeat(2) + "/>",
                "<a>" + "x".repeat(XmlInput.LARGEST) + "</a>")) {
            var report = parties.verify(bomb);
            assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
            assertThat(report.reasons()).containsAnyOf(Gap.UNREADABLE, Gap.TOO_COMPLEX, Gap.TOO_LARGE);
        }
        var crowd = new StringBuilder("<a>");
        for (int i = 0; i < 21; i++) {
            crowd.append("<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>");
        }
        assertThat(judged(crowd + "</a>").reasons()).containsExactly(Gap.TOO_COMPLEX);
    }

    @Test
    void commentsInserted_changeNothingThatIsRead() {
        var report = judged(signed.replace("2025052201", "20250<!-- x -->52201"));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.licenceId()).contains(XmlParties.LICENCE_ID);
    }

    // X4 and other unsigned properties

    @Test
    void unknownUnsignedProperty_isNamedAndNothingConcluded() {
        for (var property : List.of("Attachment", "ReferrerURI")) {
            var report = judged(signed.replace(
                    "</xades:SignedProperties>",
                    "</xades:SignedProperties><xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:"
                            + property + "/></xades:UnsignedSignatureProperties></xades:UnsignedProperties>"));
            assertThat(report.reasons()).containsExactly(Gap.NOT_ALL_CONTENT_COVERED);
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        }
    }

    // the mathematics

    @ParameterizedTest
    @EnumSource
    void valueOfAnotherForm_isRefused(Suite suite) {
        var document = XmlParties.text(parties.stamped(XmlParties.licence(), suite));
        var value = document.substring(
                document.indexOf("<ds:SignatureValue>") + 19, document.indexOf("</ds:SignatureValue>"));
        var right = Base64.getDecoder().decode(value);
        List<UnaryOperator<byte[]>> changes = List.of(
                bytes -> new byte[bytes.length],
                bytes -> new byte[0],
                bytes -> java.util.Arrays.copyOf(bytes, bytes.length - 1),
                bytes -> java.util.Arrays.copyOf(bytes, bytes.length + 2),
                bytes -> {
                    bytes[bytes.length - 1] ^= 1;
                    return bytes;
                });
        for (var change : changes) {
            var other = Base64.getEncoder().encodeToString(change.apply(right.clone()));
            fails(document.replace(value, other), Flaw.SIG_CRYPTO_FAILURE);
        }
        fails(document.replace(value, "!" + value), Flaw.SIG_CRYPTO_FAILURE);
    }

    @Test
    void everyCharacterOfTheContentChanged_isNoticed() {
        int from = signed.indexOf("<CZZT>");
        int to = signed.indexOf("<ds:Signature ");
        for (int i = from; i < to; i++) {
            var changed = signed.substring(0, i) + (signed.charAt(i) == '1' ? '2' : '1') + signed.substring(i + 1);
            assertThat(parties.verify(changed).indication()).as("at %d", i).isNotEqualTo(Indication.TOTAL_PASSED);
        }
    }

    @Test
    void attackersOwnSignature_isNotTrusted_andHisCertificateBesideOursHelpsNothing(@TempDir Path directory) {
        var attacker = DemonstrationAuthority.open(
                new MemoryCustodian(), directory, Clock.fixed(XmlParties.AT.minusSeconds(60), ZoneOffset.UTC));
        var his = attacker.signer("印证市市场监督管理局", Suite.RSA_SHA256);
        var forged = XmlParties.text(new XmlStamper(Optional.empty())
                .stamp(XmlParties.licence(), XmlStamp.baseline(his, XmlParties.AT))
                .document());
        assertThat(judged(forged).indication()).isNotEqualTo(Indication.TOTAL_PASSED);
        assertThat(judged(forged).reasons()).allMatch(Gap.class::isInstance);
        // our certificate in front of his in KeyInfo: the signed properties name his
        var ours = signature.substring(
                signature.indexOf("<ds:X509Certificate>"),
                signature.indexOf("</ds:X509Certificate>") + "</ds:X509Certificate>".length());
        var mixed = judged(forged.replaceFirst("<ds:X509Data>", "<ds:X509Data>" + ours));
        assertThat(mixed.indication()).isNotEqualTo(Indication.TOTAL_PASSED);
        var replaced = forged.replaceFirst("(?s)<ds:X509Certificate>.*</ds:X509Certificate>", ours);
        fails(replaced, Flaw.SIGNING_CERTIFICATE_MISMATCH);
    }

    // timestamps

    @ParameterizedTest
    @EnumSource
    void timestampedSignature_passes_andATokenOfAnotherOneDoesNot(Suite suite) {
        var first = timestamped(XmlParties.licence(), suite);
        var report = judged(first);
        assertThat(report.reasons()).isEmpty();
        assertThat(report.signatures().getFirst().checks())
                .anyMatch(check -> check.step().equals("timestamp-imprint") && check.passed());
        var second = timestamped(XmlParties.xml("<other/>"), suite);
        var stolen = first.replace(token(first), token(second));
        assertThat(judged(stolen).reasons()).containsExactly(Flaw.TIMESTAMP_TRANSPLANTED);
        assertThat(judged(stolen).integrity()).isEqualTo(Integrity.INTACT);
        assertThat(judged(first.replace(token(first), "AAAA")).reasons()).containsExactly(Flaw.TIMESTAMP_INVALID);
        assertThat(judged(first.replace(token(first), "%")).reasons()).containsExactly(Flaw.TIMESTAMP_INVALID);
    }

    private String timestamped(DocumentBytes document, Suite suite) {
        var clock = Clock.fixed(XmlParties.AT, ZoneOffset.UTC);
        var source = new TimestampAuthority(
                parties.authority.timestamper(Suite.RSA_SHA256),
                parties.authority.timestamper(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                clock);
        var stamped = new XmlStamper(Optional.of(source))
                .stamp(
                        document,
                        new XmlStamp(parties.signer(suite), XmlParties.AT, Level.T, Level.Shortfall.REQUIRE, Set.of()));
        assertThat(stamped.reached()).isEqualTo(Level.T);
        return XmlParties.text(stamped.document());
    }

    private static String token(String document) {
        var start = "<xades:EncapsulatedTimeStamp>";
        return document.substring(
                document.indexOf(start) + start.length(), document.indexOf("</xades:EncapsulatedTimeStamp>"));
    }

    private Report.Judged judged(String document) {
        return (Report.Judged) parties.verify(DocumentBytes.owning(document.getBytes(UTF_8)));
    }

    private void refused(String document) {
        var report = judged(document);
        assertThat(report.indication()).isNotEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.reasons()).containsAnyOf(Gap.NOT_ALL_CONTENT_COVERED, Flaw.FORMAT_FAILURE);
    }

    private void undecided(String document, Gap because) {
        assertThat(document).isNotEqualTo(signed);
        var report = judged(document);
        assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
        assertThat(report.reasons()).contains(because);
    }

    private void fails(String document, @org.jspecify.annotations.Nullable Reason because) {
        assertThat(document).isNotEqualTo(signed);
        var report = judged(document);
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
        assertThat(report.licenceId()).isEmpty();
        if (because != null) {
            assertThat(report.reasons()).contains(because);
        }
    }
}
