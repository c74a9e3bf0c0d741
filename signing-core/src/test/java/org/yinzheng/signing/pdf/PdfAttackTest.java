package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.signatures.IExternalSignatureContainer;
import com.itextpdf.signatures.PdfSigner;
import com.itextpdf.signatures.SignerProperties;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// The classes of attack on signed PDFs: after each, the verdict and the reason for it.
class PdfAttackTest {
    private static final DocumentBytes LICENCE = Samples.licence();
    private static final DocumentBytes ALONE = Samples.stamped(Samples.page(false), Suite.RSA_SHA256);

    // P1: a signature made unusable, so that a careless verifier skips it

    @Test
    void contentsOrByteRangeMissingOrOfAnotherType_isToldByItsOwnName() {
        for (var edit : new String[][] {
            {"/Contents <", "/Contants <"},
            {"/ByteRange", "/ByteRangf"},
            {"/ByteRange [0 ", "/ByteRange [1 "},
            {"/ByteRange [0 ", "/ByteRange [-"},
            {"/ByteRange [0 ", "/ByteRange (0 "},
            {"/ByteRange [", "/ByteRange n"}
        }) {
            for (var signed : new DocumentBytes[] {LICENCE, ALONE}) {
                var pdf = new String(signed.toByteArray(), StandardCharsets.ISO_8859_1);
                var at = pdf.lastIndexOf(edit[0]);
                assertThat(at).as(edit[0]).isPositive();
                var changed = pdf.substring(0, at) + edit[1] + pdf.substring(at + edit[0].length());
                var report = Samples.verify(bytes(changed));
                if (report.indication() != Indication.MALFORMED) { // what cannot be read at all, is said to be so
                    assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
                    assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
                    assertThat(PdfVerifierTest.reasons(report))
                            .as("%s", report)
                            .containsAnyOf(
                                    Flaw.BYTE_RANGE_INVALID, Flaw.SIGNATURE_VALUE_MISSING, Flaw.UPDATE_UNREADABLE);
                }
            }
        }
    }

    @Test
    void signatureDictionaryEmptiedByAnUpdate_isAModification() {
        for (var body : new String[] {
            "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached>>",
            "<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange null/Contents null>>",
            "<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2]/Contents<>>>",
            "null"
        }) {
            var increment = new Increment(LICENCE);
            assertFails(increment.put(lastSignature(LICENCE), body).write(), Flaw.SIGNATURE_DICTIONARY_CHANGED);
        }
    }

    @Test
    void formRemovedByAnUpdate_isAModification() {
        var increment = new Increment(LICENCE);
        var catalog = increment.body(increment.root()).replaceAll("/AcroForm[^/]*", "");
        assertFails(increment.put(increment.root(), catalog).write(), Flaw.SIGNATURE_DICTIONARY_CHANGED);
    }

    // P2: something appended

    @Test
    void appendedBytes_areContentAddedAfterSigning() {
        for (var tail : new String[] {
            "startxref\n99999999\n%%EOF\n",
            "trailer\n<</Root 99 0 R>>\nstartxref\n0\n%%EOF\n",
            "xref\n0 0\ntrailer\n<<>>\nstartxref\n" + LICENCE.size() + "\n%%EOF\n"
        }) {
            assertFails(PdfVerifierTest.append(LICENCE.toByteArray(), tail), Flaw.UPDATE_UNREADABLE);
        }
        for (var tail : new String[] {
            "x",
            "%%EOF",
            "% a comment\n%%EOF\n",
            "99 0 obj\n<</Type/Page>>\nendobj\n",
            "99 0 obj\n<</Type/Page>>\nendobj\n%%EOF\n",
            "\u0000".repeat(5000) + "junk"
        }) {
            assertFails(PdfVerifierTest.append(LICENCE.toByteArray(), tail), Flaw.CONTENT_ADDED_AFTER_SIGNING);
        }
    }

    @Test
    void objectInAnUpdateThatNoTableLists_isContentAddedAfterSigning() {
        var increment = new Increment(LICENCE);
        var page = increment.page();
        var unlisted = "\n" + page + " 0 obj\n<</Type/Page/MediaBox[0 0 1 1]>>\nendobj\n";
        var update =
                new String(increment.put(increment.fresh(), "<<>>").write().toByteArray(), StandardCharsets.ISO_8859_1);
        var at = update.lastIndexOf("\nxref");
        var moved = update.substring(at).replaceAll("startxref\n\\d+", "startxref\n" + (at + 1 + unlisted.length()));
        assertFails(bytes(update.substring(0, at) + unlisted + moved), Flaw.CONTENT_ADDED_AFTER_SIGNING);
    }

    @Test
    void keyGivenTwiceBesideAHexadecimalString_isAnUnreadableUpdate() {
        for (var body : new String[] {"<</V<00>/V(x)>>", "<</K/V/V<00>/V(x)>>", "<</K<</A<00>/A<00>>>>>"}) {
            assertFails(later(body), Flaw.UPDATE_UNREADABLE);
        }
        for (var body : new String[] {"<</A<00>/B/C/D/C>>", "<</A[<00>]/B/C/D/C/E<< >> >>"}) {
            PdfVerifierTest.assertPasses(later(body), 2);
        }
    }

    /// An object that nothing leads to.
    private static DocumentBytes later(String body) {
        var increment = new Increment(LICENCE);
        return increment.put(increment.fresh(), body).write();
    }

    // P3, P4: ranges

    @Test
    void secondRangeMovedBehindAHole_isAFormatFailure() {
        var pdf = new String(LICENCE.toByteArray(), StandardCharsets.ISO_8859_1);
        var range = PdfStamperTest.lastRange(LICENCE.toByteArray());
        var hex = pdf.substring(range[1], range[2]);
        var template = hex + "/ByteRange[0 %d %010d %d]" + " ".repeat(20);
        var hole = template.formatted(range[1], 0, range[3]);
        hole = template.formatted(range[1], range[1] + hole.length(), range[3]);
        assertFails(bytes(pdf.substring(0, range[1]) + hole + pdf.substring(range[2])), Flaw.FORMAT_FAILURE);
    }

    @Test
    void secondDictionaryWithTheSameRange_isAFormatFailure() {
        var increment = new Increment(LICENCE);
        var copy = increment.body(lastSignature(LICENCE));
        assertFails(increment.put(increment.fresh(), copy).write(), Flaw.SIGNATURES_OVERLAP);
    }

    // P5, P6: the document shows something else

    @Test
    void pageContentReplacedByAnUpdate_isAModification() {
        var increment = new Increment(LICENCE);
        var contents = increment.referred(increment.page(), "Contents");
        increment.put(contents, "<</Length 22>>stream\n0 0 100 100 re f       \nendstream");
        assertFails(increment.write(), Flaw.CONTENT_REPLACED_AFTER_SIGNING);
    }

    @Test
    void tableAloneThatPointsElsewhere_isAModification() {
        var increment = new Increment(LICENCE);
        var contents = increment.referred(increment.page(), "Contents");
        increment.pointTo(contents, increment.offsetOf(increment.info()));
        assertFails(increment.write(), Flaw.CONTENT_REPLACED_AFTER_SIGNING);
    }

    @Test
    void pageOrCatalogEntriesAddedOrChanged_areModifications() {
        for (var entry : new String[] {
            "/Group<<>>", "/MediaBox[0 0 10 10]", "/Rotate 90", "/AA<</O<</S/JavaScript/JS(x)>>>>", "/Contents 1 0 R"
        }) {
            var increment = new Increment(LICENCE);
            var key = entry.split("(?<=[a-z])(?=[^a-zA-Z])", 2)[0];
            var twice = increment.body(increment.page()).contains(key);
            assertFails(
                    increment
                            .replace(increment.page(), "/Type/Page", "/Type/Page" + entry)
                            .write(),
                    twice ? Flaw.UPDATE_UNREADABLE : Flaw.CONTENT_REPLACED_AFTER_SIGNING);
        }
        for (var entry : new String[] {"/OpenAction<</S/JavaScript/JS(x)>>", "/Names<<>>", "/OCProperties<<>>"}) {
            var increment = new Increment(LICENCE);
            assertFails(
                    increment
                            .replace(increment.root(), "/Type/Catalog", "/Type/Catalog" + entry)
                            .write(),
                    Flaw.CONTENT_REPLACED_AFTER_SIGNING);
        }
    }

    @Test
    void annotationThatIsNoSignature_isAModification() {
        var appearance = "/AP<</N 1 0 R>>/Rect[0 0 500 500]";
        for (var body : new String[] {
            "<</Type/Annot/Subtype/FreeText/DA(/F 9 Tf)" + appearance + ">>",
            "<</Type/Annot/Subtype/Widget" + appearance + ">>",
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(empty)" + appearance + ">>",
            "<</Type/Annot/Subtype/Widget/FT/Tx/T(text)/V(x)" + appearance + ">>"
        }) {
            var increment = new Increment(LICENCE);
            var annotation = increment.fresh();
            increment.put(annotation, body);
            var before = increment.body(increment.page());
            var added = before.contains("/Annots[")
                    ? before.replaceFirst("/Annots\\[([^\\]]*)\\]", "/Annots[$1 " + annotation + " 0 R]")
                    : before;
            assertThat(added).isNotEqualTo(before);
            assertFails(increment.put(increment.page(), added).write(), Flaw.CONTENT_ADDED_AFTER_SIGNING);
        }
    }

    // P9: what is shown of a signature

    @Test
    void reasonOverriddenByAnUpdate_isAModification() {
        var increment = new Increment(LICENCE);
        var signature = lastSignature(LICENCE);
        var pdf = increment.replace(signature, "/M(D:2026", "/M(D:2019").write();
        var report = assertFails(pdf, Flaw.SIGNATURE_DICTIONARY_CHANGED);
        assertThat(report.signatures())
                .allSatisfy(one -> assertThat(one.claimedTime()).contains(Samples.AT));
    }

    @Test
    void licenceIdOverriddenByAnUpdate_isAModification() {
        var increment = new Increment(LICENCE);
        var pdf =
                increment.replace(increment.info(), Samples.LICENCE_ID, "1.2.3").write();
        var report = assertFails(pdf, Flaw.CONTENT_REPLACED_AFTER_SIGNING);
        assertThat(report.licenceId()).isNotEqualTo(java.util.Optional.of("1.2.3"));
    }

    // lawful updates

    @Test
    void validationDataAddedLater_passes() {
        var increment = new Increment(LICENCE);
        var store = increment.fresh();
        var stream = increment.fresh();
        increment.put(stream, "<</Length 4>>stream\nabcd\nendstream");
        increment.put(store, "<</Type/DSS/Certs[" + stream + " 0 R]>>");
        increment.replace(increment.root(), "/Type/Catalog", "/Type/Catalog/DSS " + store + " 0 R");
        var once = increment.write();
        PdfVerifierTest.assertPasses(once, 2);
        var again = new Increment(once);
        PdfVerifierTest.assertPasses(
                again.put(stream, "<</Length 4>>stream\nefgh\nendstream").write(), 2);
    }

    // P10: the CMS

    @Test
    void cmsBuiltByHandAsWeDo_passes() throws Exception {
        PdfVerifierTest.assertPasses(withCms(cms -> cms), 1);
    }

    @Test
    void twoSigners_areMalformed() throws Exception {
        assertFails(
                withCms(cms -> rebuilt(cms, 4, new DERSet(new org.bouncycastle.asn1.ASN1Encodable[] {
                    signerInfo(cms), changedDigest(cms)
                }))),
                Flaw.CMS_MALFORMED);
    }

    @Test
    void enclosedContent_isMalformed() throws Exception {
        var content = new ASN1EncodableVector();
        content.add(CMSObjectIdentifiers.data);
        content.add(new DERTaggedObject(true, 0, new DEROctetString(new byte[] {1})));
        assertFails(withCms(cms -> rebuilt(cms, 2, new DERSequence(content))), Flaw.CMS_MALFORMED);
    }

    @Test
    void digestAndSignatureThatDisagree_areRefused() throws Exception {
        assertFails(withCms(cms -> rebuilt(cms, 4, new DERSet(changedDigest(cms)))), Flaw.ALGORITHMS_DISAGREE);
    }

    @Test
    void contentsThatAreNoCms_areMalformed() throws Exception {
        var deep = new byte[4000];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        var huge = new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 2, 1, 1};
        for (var cms : new byte[][] {huge, {0x30, 0}, {4, 1, 1}}) {
            assertFails(withCms(ignored -> cms), Flaw.CMS_MALFORMED);
        }
        assertThat(PdfVerifierTest.reasons(Samples.verify(withCms(ignored -> deep))))
                .containsExactly(Gap.TOO_COMPLEX);
        assertFails(withCms(ignored -> new byte[0]), Flaw.SIGNATURE_VALUE_MISSING);
        assertFails(
                withCms(cms -> {
                    var longer = Arrays.copyOf(cms, cms.length + 1);
                    longer[cms.length] = 1;
                    return longer;
                }),
                Flaw.CMS_MALFORMED);
    }

    // P12: cost

    @Test
    @Timeout(60)
    void cyclesDepthAndLoops_areJudgedAndDoNotHang() {
        var increment = new Increment(LICENCE);
        var page = increment.page();
        var tree = increment.referred(increment.root(), "Pages");
        assertFails(
                increment
                        .replace(tree, page + " 0 R", tree + " 0 R " + page + " 0 R")
                        .write(),
                Flaw.CONTENT_REPLACED_AFTER_SIGNING);
        increment = new Increment(LICENCE);
        var deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertFails(increment.replace(page, "/Type/Page", "/Type/Page/X" + deep).write(), Flaw.UPDATE_UNREADABLE);
        var loop = "%%PDF-1.7\nxref\n0 0\ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%%%EOF\n".formatted();
        assertThat(Samples.verify(bytes(loop)).indication()).isEqualTo(Indication.MALFORMED);
    }

    private interface Change {
        byte[] to(byte[] cms) throws Exception;
    }

    /// A PDF signed with RSA whose CMS was changed before it was put into its place.
    private static DocumentBytes withCms(Change change) throws Exception {
        var writer = new CmsWriter(Samples.signer(Suite.RSA_SHA256), Samples.AT);
        var output = new ByteArrayOutputStream();
        var signer = new PdfSigner(
                new PdfReader(Samples.page(false).stream()), output, new StampingProperties().useAppendMode());
        signer.setSignerProperties(new SignerProperties().setFieldName("attack"));
        signer.signExternalContainer(
                new IExternalSignatureContainer() {
                    @Override
                    public byte[] sign(InputStream signedBytes) {
                        var digest = Cryptography.digest("SHA-256");
                        try {
                            for (int one = signedBytes.read(); one >= 0; one = signedBytes.read()) {
                                digest.update((byte) one);
                            }
                            return change.to(writer.sign(digest.digest(), value -> java.util.Optional.empty()));
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    }

                    @Override
                    public void modifySigningDictionary(PdfDictionary dictionary) {
                        dictionary.put(PdfName.Filter, PdfName.Adobe_PPKLite);
                        dictionary.put(PdfName.SubFilter, PdfName.ETSI_CAdES_DETACHED);
                    }
                },
                8000);
        return DocumentBytes.owning(output.toByteArray());
    }

    private static SignerInfo signerInfo(byte[] cms) {
        var data = SignedData.getInstance(ContentInfo.getInstance(cms).getContent());
        return SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
    }

    /// The SignerInfo with SHA-512 in place of SHA-256; the set of announced digests then lacks it as well.
    private static SignerInfo changedDigest(byte[] cms) {
        var one = signerInfo(cms);
        return new SignerInfo(
                one.getSID(),
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512),
                one.getAuthenticatedAttributes(),
                one.getDigestEncryptionAlgorithm(),
                one.getEncryptedDigest(),
                null);
    }

    /// @param part 2 the content, 4 the signers: their places in SignedData when certificates are enclosed
    private static byte[] rebuilt(byte[] cms, int part, org.bouncycastle.asn1.ASN1Encodable by) throws Exception {
        var data = (ASN1Sequence) ContentInfo.getInstance(cms).getContent().toASN1Primitive();
        var parts = new ASN1EncodableVector();
        for (int i = 0; i < data.size(); i++) {
            parts.add(i == part ? by : data.getObjectAt(i));
        }
        return new ContentInfo(CMSObjectIdentifiers.signedData, new DERSequence(parts)).getEncoded("DER");
    }

    private static long lastSignature(DocumentBytes pdf) {
        var text = new String(pdf.toByteArray(), StandardCharsets.ISO_8859_1);
        var before = text.substring(0, text.lastIndexOf("/ByteRange"));
        var header = before.lastIndexOf(" 0 obj");
        return Long.parseLong(before.substring(before.lastIndexOf('\n', header) + 1, header));
    }

    private static DocumentBytes bytes(String latin) {
        return DocumentBytes.owning(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Report.Judged assertFails(DocumentBytes pdf, Reason reason) {
        var report = Samples.verify(pdf);
        assertThat(PdfVerifierTest.reasons(report)).as("%s", report).contains(reason);
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(report.integrity())
                .isEqualTo(reason.effect() == Reason.Effect.MODIFIED ? Integrity.MODIFIED : Integrity.UNKNOWN);
        return (Report.Judged) report;
    }
}
