package org.yinzheng.signing.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmlStamperTest {
    private XmlParties parties;

    @TempDir
    private Path files;

    @BeforeAll
    void open(@TempDir Path directory) {
        parties = new XmlParties(directory);
    }

    @ParameterizedTest
    @EnumSource
    void licence_signedInEverySuite_passesAndSaysWhichLicence(Suite suite) {
        var report = (Report.Judged) parties.verify(parties.stamped(XmlParties.licence(), suite));
        assertThat(report.reasons()).isEmpty();
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(report.licenceId()).contains(XmlParties.LICENCE_ID);
        assertThat(report.signatures().getFirst().claimedTime()).contains(XmlParties.AT);
        assertThat(report.signatures().getFirst().kind()).isEqualTo("XAdES");
    }

    @ParameterizedTest
    @EnumSource
    void signedDocument_isWhatWasGivenWithOneElementInserted(Suite suite) {
        var given = XmlParties.text(XmlParties.licence());
        var signed = XmlParties.text(parties.stamped(XmlParties.licence(), suite));
        var end = given.lastIndexOf("</Licence>");
        assertThat(signed).startsWith(given.substring(0, end)).endsWith(given.substring(end));
    }

    @ParameterizedTest
    @EnumSource
    void santuarioAlone_findsEverySuiteValid(Suite suite) throws XMLSecurityException {
        var root = XmlInput.read(parties.stamped(XmlParties.licence(), suite).toByteArray())
                .document()
                .getDocumentElement();
        Ids.mark(root);
        var signature =
                new XMLSignature(Dom.children(root, Names.DS, "Signature").getFirst(), "", true);
        var certificate = parties.signer(suite).certificate();
        assertThat(signature.checkSignatureValue(certificate.getPublicKey())).isTrue();
        assertThat(signature.getSignedInfo().getLength()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = "SM2_SM3", mode = EnumSource.Mode.EXCLUDE)
    void xmlsec1_findsRsaAndEcdsaValid(Suite suite) throws IOException, InterruptedException {
        var signed = parties.stamped(parties.stamped(XmlParties.licence(), suite), Suite.SM2_SM3);
        assertThat(xmlsec1(signed)).contains("OK");
        var changed = XmlParties.text(signed).replace("食品", "药品");
        assertThat(xmlsec1(XmlParties.xml(changed))).contains("FAIL");
    }

    @Test
    void threeSignatures_eachStaysValid_inWhateverOrder() {
        for (var order : List.of(
                List.of(Suite.RSA_SHA256, Suite.SM2_SM3, Suite.ECDSA_P256_SHA256),
                List.of(Suite.SM2_SM3, Suite.ECDSA_P256_SHA256, Suite.RSA_SHA256))) {
            var document = XmlParties.licence();
            for (var suite : order) {
                document = parties.stamped(document, suite);
            }
            var report = (Report.Judged) parties.verify(document);
            assertThat(report.signatures()).hasSize(3);
            assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
        }
    }

    @Test
    void signedAgainByTheSameSigner_bothAreValid() {
        var once = parties.stamped(XmlParties.licence(), Suite.RSA_SHA256);
        assertThat(parties.verify(parties.stamped(once, Suite.RSA_SHA256)).indication())
                .isEqualTo(Indication.TOTAL_PASSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a />",
                "<a></a>",
                "<甲 乙='丙'/>",
                "<p:a xmlns:p='urn:p' p:b='c'>t</p:a>\n<!-- </p:a> -->\n",
                "\uFEFF<?xml version='1.0' encoding='utf-8'?>\n<!-- before --><a xmlns='urn:x'><![CDATA[</a>]]></a >\r\n\r\n",
                "<a xml:space='preserve' Id='a1'> <b>x</b>\r\n</a><!-- a --> <!-- b -->",
                "<a><b xmlns='urn:b' xmlns:ds='urn:not-ds'><ds:c/></b>&#13;&lt;</a>",
                "<a ID='one' xmlns:ds='urn:other' ds:x='1'>&quot;</a>"
            })
    void anyWellFormedDocument_canBeSigned(String text) {
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            var report = parties.verify(parties.stamped(XmlParties.xml(text), suite));
            assertThat(report.indication()).as(text).isEqualTo(Indication.TOTAL_PASSED);
        }
    }

    @Test
    void documentInGb18030_staysInIt() {
        var encoding = Charset.forName("GB18030");
        var text = "<?xml version='1.0' encoding='GB18030'?><证照><持证主体>某某𠮷</持证主体></证照>";
        var signed = parties.stamped(DocumentBytes.owning(text.getBytes(encoding)), Suite.SM2_SM3);
        assertThat(new String(signed.toByteArray(), encoding)).startsWith(text.substring(0, text.length() - 5));
        assertThat(parties.verify(signed).indication()).isEqualTo(Indication.TOTAL_PASSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a/><b/>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
                "<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/>"
            })
    void whatIsNoSuchDocument_isRefused(String text) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> parties.stamped(XmlParties.xml(text), Suite.RSA_SHA256));
    }

    @Test
    void utf16_isRefusedWithTheReason() {
        var document = DocumentBytes.owning("<a>甲</a>".getBytes(java.nio.charset.StandardCharsets.UTF_16));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> parties.stamped(document, Suite.RSA_SHA256))
                .satisfies(e -> assertThat(e.code()).isEqualTo("xml-encoding"));
    }

    @Test
    void tooDeepAndTooWide_areRefusedBeforeATreeIsMade() {
        for (var text : List.of("<a>".repeat(97) + "</a>".repeat(97), "<a>" + "<b/>".repeat(200_001) + "</a>")) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> parties.stamped(XmlParties.xml(text), Suite.RSA_SHA256))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("xml-complex"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml-stylesheet href='http://example.invalid/x.xsl' type='text/xsl'?><a/>",
                "<a><?php x ?></a>",
                "<a><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='other.xml'/></a>"
            })
    void documentThatPointsOutside_isRefusedUnlessAccepted(String text) {
        var document = XmlParties.xml(text);
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> parties.stamped(document, Suite.RSA_SHA256))
                .satisfies(e -> assertThat(e.code()).isEqualTo("hidden-content"));
        var stamp = new XmlStamp(
                parties.signer(Suite.RSA_SHA256),
                XmlParties.AT,
                Level.B,
                Level.Shortfall.REQUIRE,
                Set.of(Warning.Kind.EXTERNAL_REFERENCE));
        var stamped = new XmlStamper(Optional.empty()).stamp(document, stamp);
        assertThat(stamped.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.EXTERNAL_REFERENCE);
        assertThat(parties.verify(stamped.document()).indication()).isEqualTo(Indication.TOTAL_PASSED);
    }

    @Test
    void earlierSignatureThatCoversAllButItself_isNotBroken() {
        var signed = XmlParties.text(parties.stamped(XmlParties.licence(), Suite.RSA_SHA256))
                .replaceFirst(
                        "(?s)<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\">.*?</ds:Transform>",
                        "<ds:Transform Algorithm=\"" + Names.ENVELOPED + "\"></ds:Transform>");
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> parties.stamped(XmlParties.xml(signed), Suite.RSA_SHA256))
                .satisfies(e -> assertThat(e.code()).isEqualTo("earlier-signature"));
    }

    @Test
    void levelT_withoutAuthority_isNotDone_orLowerWhenTheCallerSaysSo() {
        var signer = parties.signer(Suite.RSA_SHA256);
        var stamper = new XmlStamper(Optional.empty());
        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> stamper.stamp(
                        XmlParties.licence(),
                        new XmlStamp(signer, XmlParties.AT, Level.T, Level.Shortfall.REQUIRE, Set.of())));
        var lowered = stamper.stamp(
                XmlParties.licence(), new XmlStamp(signer, XmlParties.AT, Level.T, Level.Shortfall.DEGRADE, Set.of()));
        assertThat(lowered.reached()).isEqualTo(Level.B);
        assertThat(parties.verify(lowered.document()).indication()).isEqualTo(Indication.TOTAL_PASSED);
    }

    private String xmlsec1(DocumentBytes document) throws IOException, InterruptedException {
        var file = files.resolve("signed.xml");
        Files.write(file, document.toByteArray());
        var root = files.resolve("root.pem");
        var certificates = new ArrayList<String>();
        parties.trust().anchors().forEach(anchor -> certificates.add(Certificates.pem(anchor)));
        var command = new ArrayList<>(List.of("xmlsec1", "--verify"));
        for (int i = 0; i < certificates.size(); i++) {
            var one = files.resolve(i + "-" + root.getFileName());
            Files.writeString(one, certificates.get(i));
            command.addAll(List.of("--trusted-pem", one.toString()));
        }
        command.addAll(List.of(
                "--verification-gmt-time",
                "2026-11-21 08:00:00",
                "--enabled-key-data",
                "x509",
                "--id-attr:Id",
                "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
                file.toString()));
        return Tool.run(files, command.toArray(String[]::new)).text();
    }
}
