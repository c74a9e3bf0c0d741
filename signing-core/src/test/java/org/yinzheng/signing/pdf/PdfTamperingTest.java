package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// One byte of a signed file changed, wherever it is.
class PdfTamperingTest {
    private static final List<String> STRUCTURE = List.of(
            "%PDF-",
            "/Type",
            "/Root",
            "/Info",
            "/Prev",
            "xref",
            "trailer",
            "startxref",
            "%%EOF",
            " obj",
            "endobj",
            "stream",
            "/Contents",
            "/ByteRange",
            "/SubFilter",
            "/Fields",
            "/Annots",
            "/Kids",
            "/Sig",
            "/M(",
            "/Reason",
            "<",
            ">",
            "[0 ");

    @Test
    void oneByteChanged_alwaysFails_andInSignedBytesAsAHashFailure() {
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            for (var compact : new boolean[] {false, true}) {
                check(Samples.stamped(Samples.page(compact), suite).toByteArray());
            }
        }
    }

    @Test
    void oneByteChangedInALicence_neverPasses() {
        var pdf = Samples.licence().toByteArray();
        var range = PdfStamperTest.lastRange(pdf);
        for (int offset : offsets(pdf)) {
            var report = Samples.verify(changed(pdf, offset, 0x01));
            if (offset < "%PDF-".length()) {
                assertThat(report.indication()).isEqualTo(Indication.MALFORMED);
                continue;
            }
            // within the last signature's own container: also what is unsigned there, such as a certificate
            var inHole = offset >= range[1] && offset < range[2];
            if (isInAnIssuersCopy(pdf, offset)) {
                continue;
            }
            assertThat(report.indication())
                    .as("offset %d: %s", offset, report)
                    .isIn(Indication.TOTAL_FAILED, inHole ? Indication.INDETERMINATE : Indication.TOTAL_FAILED);
            assertThat(report.integrity()).as("offset %d", offset).isNotEqualTo(Integrity.INTACT);
        }
    }

    private static void check(byte[] pdf) {
        var range = PdfStamperTest.lastRange(pdf);
        var text = new String(pdf, StandardCharsets.ISO_8859_1);
        int numbers = text.lastIndexOf("/ByteRange");
        for (int offset : offsets(pdf)) {
            var inHole = offset >= range[1] && offset < range[2];
            var inRange = offset >= numbers && offset <= text.indexOf(']', numbers);
            for (int mask : new int[] {0x01, 0x20}) {
                if (inHole && mask == 0x20 && Character.isLetter(pdf[offset])) {
                    continue; // the same digit
                }
                if (isInAnIssuersCopy(pdf, offset)) {
                    continue;
                }
                var report = Samples.verify(changed(pdf, offset, mask));
                var reasons = PdfVerifierTest.reasons(report);
                if (offset < "%PDF-".length()) {
                    assertThat(report.indication()).isEqualTo(Indication.MALFORMED);
                    continue;
                }
                assertThat(report.indication())
                        .as("offset %d of %d, mask %x: %s", offset, pdf.length, mask, report)
                        .isIn(Indication.TOTAL_FAILED, inHole ? Indication.INDETERMINATE : Indication.TOTAL_FAILED);
                if (!inHole && !inRange) {
                    assertThat(reasons).as("offset %d: %s", offset, report).contains(Flaw.HASH_FAILURE);
                }
                assertThat(report.integrity())
                        .as("offset %d: %s", offset, report)
                        .isNotEqualTo(Integrity.INTACT);
            }
        }
    }

    /// A few dozen places all over the file, and every byte of the words that hold it together.
    private static Set<Integer> offsets(byte[] pdf) {
        var text = new String(pdf, StandardCharsets.ISO_8859_1);
        var offsets = new TreeSet<Integer>();
        for (int offset = 0; offset < pdf.length; offset += 211) {
            offsets.add(offset);
        }
        for (var word : STRUCTURE) {
            var places = new ArrayList<Integer>();
            for (int at = text.indexOf(word); at >= 0 && places.size() < 2; at = text.indexOf(word, at + 1)) {
                places.add(at);
            }
            int last = text.lastIndexOf(word);
            if (last >= 0) {
                places.add(last);
            }
            for (int at : places) {
                for (int i = 0; i < word.length(); i++) {
                    offsets.add(at + i);
                }
            }
        }
        offsets.removeIf(offset -> offset >= text.stripTrailing().length());
        return offsets;
    }

    /// A copy of an issuer's certificate beside the signer's is not signed, and the path is found without it: one
    /// that cannot be read any more is passed over.
    private static boolean isInAnIssuersCopy(byte[] pdf, int offset) {
        var text = new String(pdf, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        for (var issuer : Samples.TRUST.anchors()) {
            var copy = HexFormat.of().formatHex(Certificates.der(issuer));
            for (int at = text.indexOf(copy); at >= 0; at = text.indexOf(copy, at + 1)) {
                if (offset >= at && offset < at + copy.length()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static DocumentBytes changed(byte[] pdf, int offset, int mask) {
        var copy = pdf.clone();
        copy[offset] = (byte) (copy[offset] ^ mask);
        return DocumentBytes.owning(copy);
    }

    @Test
    void nothingChanged_passes() {
        var report = (Report.Judged) Samples.verify(changed(Samples.licence().toByteArray(), 0, 0));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
    }
}
