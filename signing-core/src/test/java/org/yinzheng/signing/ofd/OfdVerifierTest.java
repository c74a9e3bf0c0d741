package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.yinzheng.signing.ofd.OfdSamples.PARTIES;
import static org.yinzheng.signing.ofd.OfdSamples.STAMPED;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

class OfdVerifierTest {
    @Test
    void stamped_passes() {
        var report = judged(STAMPED);

        assertThat(report.reasons()).isEmpty();
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(report.licenceId()).contains(OfdSamples.LICENCE_ID);
        var signature = report.signatures().getFirst();
        assertThat(signature.kind()).isEqualTo("OFD-SES-V4");
        assertThat(signature.algorithm()).isEqualTo("SM3withSM2");
        assertThat(signature.claimedTime()).contains(SealParties.NOW);
        assertThat(signature.seal().orElseThrow().name()).isEqualTo("海州市市场监督管理局");
        assertThat(signature.coverage().en()).matches("(\\d+) of \\1 files");
    }

    @Test
    void byteChangedInAnyFile_fails() {
        for (var name : Tampering.of(STAMPED).names()) {
            int size = Tampering.of(STAMPED).file(name).length;
            for (int i = 0; i < 12; i++) {
                int position = (int) ((long) size * i / 12);
                var report = judged(Tampering.of(STAMPED).flip(name, position).done());

                assertThat(report.indication()).as(name + " " + position).isEqualTo(Indication.TOTAL_FAILED);
                assertThat(report.reasons())
                        .as(name + " " + position)
                        .containsAnyOf(
                                Flaw.SIGNED_FILE_CHANGED,
                                Flaw.STAMP_TRANSPLANTED,
                                Flaw.SIG_CRYPTO_FAILURE,
                                Flaw.STAMP_MALFORMED,
                                Flaw.SIGNATURE_LIST_INVALID);
                if (!name.startsWith("Doc_0/Signs/Sign_0/")) {
                    assertThat(report.reasons()).as(name + " " + position).contains(Flaw.SIGNED_FILE_CHANGED);
                    assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
                }
            }
        }
    }

    @Test
    void rawByteChangedAnywhere_neverPassesWithOtherContent() {
        var bytes = STAMPED.toByteArray();
        for (int i = 0; i < bytes.length; i += 211) {
            var changed = bytes.clone();
            changed[i] ^= 0x10;
            if (verify(DocumentBytes.of(changed)).indication() == Indication.TOTAL_PASSED) {
                for (var part : ZipReader.read(DocumentBytes.of(changed)).parts()) {
                    assertThat(part.content().orElseThrow())
                            .as("byte " + i)
                            .isEqualTo(Tampering.of(STAMPED).file(part.name));
                }
            }
        }
    }

    /// Nobody else's work in the pool that all share keeps a verification waiting.
    @Test
    void scanIsDigested_alsoWhileTheCommonPoolIsTaken() {
        var plain = Tampering.of(OfdSamples.UNSIGNED);
        plain.put("Doc_0/Res/scan.jpg", new byte[2 * Part.LARGEST_KEPT]);
        var scanned = OfdSamples.stamp(plain.done(), OfdSamples.SEAL, PARTIES.authority);
        var over = new Semaphore(0);
        int workers = 2 * ForkJoinPool.commonPool().getParallelism();
        for (int i = 0; i < workers; i++) {
            ForkJoinPool.commonPool().execute(over::acquireUninterruptibly);
        }
        try {
            var report = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> judged(scanned));
            assertThat(report.signatures().getFirst().integrity()).isEqualTo(Integrity.INTACT);
        } finally {
            over.release(workers);
        }
    }

    /// Large files are digested beside everything else.
    @Test
    void byteChangedInOneOfManyScans_fails() {
        var plain = Tampering.of(OfdSamples.UNSIGNED);
        for (int i = 0; i < 5; i++) {
            plain.put("Doc_0/Res/scan_" + i + ".jpg", new byte[Part.LARGEST_KEPT + 100_000 * i]);
        }
        var scanned = OfdSamples.stamp(plain.done(), OfdSamples.SEAL, PARTIES.authority);
        assertThat(judged(scanned).signatures().getFirst().integrity()).isEqualTo(Integrity.INTACT);

        for (int i = 0; i < 5; i++) {
            var name = "Doc_0/Res/scan_" + i + ".jpg";
            assertThat(reasons(Tampering.of(scanned).flip(name, 50_000))).contains(Flaw.SIGNED_FILE_CHANGED);
            assertThat(reasons(Tampering.of(scanned).remove(name))).contains(Flaw.SIGNED_FILE_CHANGED);
        }
    }

    @Test
    void fileRemoved_fails() {
        assertThat(reasons(Tampering.of(STAMPED).remove(Tampering.CONTENT))).contains(Flaw.SIGNED_FILE_CHANGED);
        assertThat(reasons(Tampering.of(STAMPED).remove(Tampering.SEAL))).containsExactly(Flaw.SIGNED_FILE_CHANGED);
        assertThat(reasons(Tampering.of(STAMPED).remove(Tampering.VALUE))).contains(Flaw.SIGNATURE_VALUE_MISSING);
        assertThat(reasons(Tampering.of(STAMPED).remove(Tampering.LIST))).contains(Flaw.SIGNED_FILE_CHANGED);
    }

    @Test
    void entryFileNotCovered_isAGapThatNamesIt_andItsIdentifierIsNotBelieved() {
        var report = judged(withoutReference("/OFD.xml").done());

        assertThat(report.reasons()).containsExactly(Gap.NOT_ALL_CONTENT_COVERED);
        assertThat(report.licenceId()).isEmpty();
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
        var signature = report.signatures().getFirst();
        assertThat(signature.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(signature.checks()).anySatisfy(check -> {
            assertThat(check.step()).isEqualTo("coverage");
            assertThat(check.found()).contains("OFD.xml");
        });
    }

    @Test
    void fontOrPageNotCovered_isAGap() {
        for (var name : List.of("/" + Tampering.CONTENT, "/Doc_0/Res/font_2.ttf", "/Doc_0/DocumentRes.xml")) {
            assertThat(reasons(withoutReference(name))).as(name).containsExactly(Gap.NOT_ALL_CONTENT_COVERED);
        }
    }

    @Test
    void annotationPointedToFromAnUncoveredDocument_isAGap() {
        var tampered = withoutReference("/Doc_0/Document.xml");
        tampered.edit(
                "Doc_0/Document.xml",
                xml -> xml.replace(
                        "</ofd:Document>", "<ofd:Annotations>Annots/A.xml</ofd:Annotations></ofd:Document>"));
        tampered.put("Doc_0/Annots/A.xml", "<ofd:Annotations xmlns:ofd='x'/>".getBytes(StandardCharsets.UTF_8));

        var report = judged(tampered.done());

        assertThat(report.reasons()).containsExactly(Gap.NOT_ALL_CONTENT_COVERED);
        assertThat(report.signatures().getFirst().checks())
                .anyMatch(check -> check.found().contains("Doc_0/Annots/A.xml"));
    }

    @Test
    void fileThatNothingNames_isReportedAndDoesNotPass() {
        var report = judged(Tampering.of(STAMPED)
                .put("Doc_0/Pages/Page_9/Content.xml", new byte[9])
                .done());

        assertThat(report.reasons()).containsExactly(Gap.NOT_ALL_CONTENT_COVERED);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
        assertThat(report.documentChecks()).anyMatch(check -> check.found().contains("Page_9"));
    }

    @Test
    void stampTransplantedToAnotherDocument_fails() {
        var other = OfdSamples.stamp(OfdSamples.render("1.2.156.3005.2.other"), OfdSamples.SEAL, PARTIES.authority);
        var whole = Tampering.of(other);
        var valueOnly =
                Tampering.of(other).put(Tampering.VALUE, Tampering.of(STAMPED).file(Tampering.VALUE));
        for (var name : List.of(Tampering.SIGNATURE, Tampering.VALUE, Tampering.SEAL, Tampering.LIST)) {
            whole.put(name, Tampering.of(STAMPED).file(name));
        }

        assertThat(reasons(whole)).containsExactly(Flaw.SIGNED_FILE_CHANGED);
        assertThat(reasons(valueOnly)).containsExactly(Flaw.STAMP_TRANSPLANTED);
        assertThat(judged(whole.done()).licenceId()).isEmpty();
    }

    @Test
    void sealExchangedForAnotherOne_fails() {
        var other = PARTIES.seal().der().toByteArray();
        assertThat(reasons(Tampering.of(STAMPED).put(Tampering.SEAL, other))).contains(Flaw.SEAL_MISMATCH);
    }

    @Test
    void sealNotSignedByItsMaker_fails() {
        var forged = OfdSamples.SEAL.der().toByteArray();
        forged[forged.length - 1] ^= 1;
        var tampered = Tampering.of(STAMPED).remove(Tampering.SEAL);
        tampered.edit(Tampering.SIGNATURE, xml -> xml.replaceFirst("<ofd:Seal>.*</ofd:Seal>", "")
                .replaceFirst("<ofd:Reference FileRef=\"/" + Tampering.SEAL + "\">.*?</ofd:Reference>", ""));
        tampered.stampAgain(Seal.parse(DocumentBytes.of(forged)), PARTIES.authority, SealParties.NOW);

        var report = judged(tampered.done());

        assertThat(report.reasons()).containsExactly(Flaw.SEAL_SIGNATURE_INVALID);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
    }

    @Test
    void signerNotInTheSealsList_fails() {
        var stranger = PARTIES.signer("STRANGER");
        assertThat(reasons(Tampering.of(STAMPED).stampAgain(OfdSamples.SEAL, stranger, SealParties.NOW)))
                .containsExactly(Flaw.SEAL_SIGNER_NOT_LISTED);
    }

    @Test
    void sealExpiredWhenStamping_fails() {
        var late = OfdSamples.SEAL.validUntil().plusSeconds(1);
        assertThat(reasons(Tampering.of(STAMPED).stampAgain(OfdSamples.SEAL, PARTIES.authority, late)))
                .containsExactly(Flaw.SEAL_OUT_OF_PERIOD, Gap.TIMESTAMP_ORDER_FAILURE);
    }

    @Test
    void sealMakerNobodyKnows_isIndeterminateAndIntact() {
        var trust = new Trust(PARTIES.trust().anchors(), Set.of(), List.of());
        var report = (Report.Judged) new OfdVerifier(trust).verify(STAMPED, SealParties.NOW);

        assertThat(report.reasons()).containsExactly(Gap.SEAL_MAKER_NOT_TRUSTED);
        assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void signatureTakenOffTheList_isFoundAgainAndFails() {
        var tampered = Tampering.of(STAMPED)
                .edit("OFD.xml", xml -> xml.replaceFirst("<ofd:Signatures>.*</ofd:Signatures>", ""));
        assertThat(reasons(tampered)).contains(Flaw.SIGNED_FILE_CHANGED, Flaw.SIGNATURE_LIST_INVALID);

        var emptied = Tampering.of(STAMPED).edit(Tampering.LIST, xml -> xml.replaceFirst("<ofd:Signature [^>]*/>", ""));
        assertThat(reasons(emptied)).contains(Flaw.SIGNED_FILE_CHANGED, Flaw.SIGNATURE_LIST_INVALID);
    }

    @Test
    void entrySignedAlthoughItIsNoXml_failsAndGivesNoIdentifier() {
        var broken = "<OFD".getBytes(StandardCharsets.UTF_8);
        var digest = java.util.Base64.getEncoder().encodeToString(Cryptography.sm3(broken));
        var tampered = Tampering.of(STAMPED).put("OFD.xml", broken);
        tampered.edit(
                Tampering.SIGNATURE,
                xml -> xml.replaceFirst(
                        "(\"/OFD.xml\"><ofd:CheckValue>)[^<]*",
                        "$1" + java.util.regex.Matcher.quoteReplacement(digest)));
        var report = judged(tampered.stampAgain().done());

        assertThat(report.reasons()).contains(Flaw.SIGNATURE_LIST_INVALID);
        assertThat(report.licenceId()).isEmpty();
    }

    @Test
    void signatureListedTwiceUnderOneIdentifier_fails() {
        var tampered =
                Tampering.of(STAMPED).edit(Tampering.LIST, xml -> xml.replaceFirst("(<ofd:Signature [^>]*/>)", "$1$1"));
        assertThat(reasons(tampered)).contains(Flaw.SIGNED_FILE_CHANGED, Flaw.SIGNATURE_LIST_INVALID);
    }

    @Test
    void weakOrUnknownDigests_areGaps_andStillShowChanges() {
        var md5 = withDigests("MD5", "MD5");
        assertThat(reasons(md5)).containsExactly(Gap.ALGORITHM_WEAK);
        assertThat(judged(md5.done()).integrity()).isEqualTo(Integrity.INTACT);
        assertThat(reasons(withDigests("SHA1", "SHA-1"))).containsExactly(Gap.ALGORITHM_WEAK);
        assertThat(reasons(withDigests("CRC32", "MD5"))).containsExactly(Gap.ALGORITHM_UNKNOWN);
        assertThat(reasons(withDigests("SHA-256", "SHA-256"))).isEmpty();
        assertThat(reasons(md5.flip(Tampering.CONTENT, 200))).contains(Flaw.SIGNED_FILE_CHANGED);
    }

    @Test
    void tolerancesOfRealFiles_pass() {
        var tampered = Tampering.of(STAMPED);
        tampered.edit(Tampering.SIGNATURE, xml -> xml.replace(Digests.SM3_OID, "SM3")
                .replaceFirst("<ofd:Seal>.*</ofd:Seal>", "")
                .replaceFirst("(<ofd:Provider[^>]*/>)(<ofd:SignatureMethod>.*</ofd:SignatureMethod>)", "$2$1")
                .replace("/" + Tampering.VALUE, "SignedValue.dat")
                .replaceFirst("<ofd:Reference FileRef=\"/Doc_0/Signs/Sign_0/Seal.esl\">.*?</ofd:Reference>", "")
                .replaceFirst("<ofd:Reference FileRef=\"/" + Tampering.LIST + "\">.*?</ofd:Reference>", ""));
        tampered.edit(Tampering.LIST, xml -> xml.replace("/" + Tampering.SIGNATURE, "Sign_0/Signature.xml"));

        assertThat(reasons(tampered.remove(Tampering.SEAL).stampAgain())).isEmpty();
    }

    @Test
    void valueThatIsNoStamp_isAFlawOfThatSignature() {
        var hollow = new byte[] {0x30, 0x07, 0x30, 0x03, 0x02, 0x01, 0x01, 0x03, 0x00};
        assertThat(reasons(Tampering.of(STAMPED).put(Tampering.VALUE, hollow))).containsExactly(Flaw.STAMP_MALFORMED);
    }

    @Test
    void documentTypeDeclaration_isNotRead() {
        var dtd = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>";
        var tampered =
                Tampering.of(OfdSamples.UNSIGNED).edit("OFD.xml", xml -> xml.replace("<ofd:OFD", dtd + "<ofd:OFD"));
        assertThat(verify(tampered.done())).isInstanceOf(Report.Malformed.class);
    }

    @Test
    void noSignature_isUnsigned() {
        assertThat(verify(OfdSamples.UNSIGNED)).isInstanceOf(Report.Unsigned.class);
    }

    private static Tampering withoutReference(String file) {
        return Tampering.of(STAMPED)
                .edit(
                        Tampering.SIGNATURE,
                        xml -> xml.replaceFirst("<ofd:Reference FileRef=\"" + file + "\">.*?</ofd:Reference>", ""))
                .stampAgain();
    }

    private static Tampering withDigests(String name, String algorithm) {
        var tampered = Tampering.of(STAMPED);
        tampered.edit(Tampering.SIGNATURE, xml -> {
            var edited = xml.replace(Digests.SM3_OID, name);
            for (var file : tampered.names()) {
                var digest = java.util.Base64.getEncoder()
                        .encodeToString(Cryptography.digest(algorithm).digest(tampered.file(file)));
                edited = edited.replaceFirst(
                        "(\"/" + file + "\"><ofd:CheckValue>)[^<]*",
                        "$1" + java.util.regex.Matcher.quoteReplacement(digest));
            }
            return edited;
        });
        return tampered.stampAgain();
    }

    private static List<Reason> reasons(Tampering tampered) {
        return judged(tampered.done()).reasons();
    }

    private static Report.Judged judged(DocumentBytes ofd) {
        var report = verify(ofd);
        assertThat(report).isInstanceOf(Report.Judged.class);
        return (Report.Judged) report;
    }

    private static Report verify(DocumentBytes ofd) {
        return new OfdVerifier(PARTIES.trust()).verify(ofd, SealParties.NOW);
    }
}
