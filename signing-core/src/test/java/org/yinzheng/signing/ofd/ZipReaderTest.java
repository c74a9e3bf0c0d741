package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// Packages that two readers would read differently, and packages that would exhaust one.
class ZipReaderTest {
    private static final byte[] STAMPED = OfdSamples.STAMPED.toByteArray();

    @Test
    void ordinaryZipWithDescriptorsAndFolders_isRead() throws IOException {
        var ofd = ZipReader.read(DocumentBytes.of(zip("Doc_0/", "", "OFD.xml", "<a/>", "Doc_0/附件.xml", "<b/>")));

        assertThat(ofd.content("OFD.xml")).hasValue("<a/>".getBytes(StandardCharsets.UTF_8));
        assertThat(ofd.has("Doc_0/附件.xml")).isTrue();
        assertThat(ofd.parts()).hasSize(2);
    }

    @Test
    void ourOwnZip_isReadByTheJdk() throws IOException {
        var names = new java.util.ArrayList<String>();
        try (var zip = new java.util.zip.ZipInputStream(OfdSamples.STAMPED.stream())) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                zip.readAllBytes();
            }
        }
        assertThat(names).contains("OFD.xml", Tampering.VALUE);
    }

    @Test
    void truncatedAnywhere_isMalformed() {
        for (int length = 0; length < STAMPED.length; length += 997) {
            refused(Arrays.copyOf(STAMPED, length), OfdPackage.UNREADABLE, Gap.UNREADABLE);
        }
    }

    @Test
    void bytesBehind_areAGap_bytesBeforeAreMalformed() {
        var report = verify(Arrays.copyOf(STAMPED, STAMPED.length + 1));
        assertThat(report.reasons()).containsExactly(Gap.NOT_ALL_CONTENT_COVERED);
        var shifted = new byte[STAMPED.length + 4];
        System.arraycopy(STAMPED, 0, shifted, 4, STAMPED.length);
        malformed(shifted);
    }

    @Test
    void twoFilesOfOneName_alsoButForCase_areMalformed() throws IOException {
        malformed(replaced(zip("OFD.xml", "<a/>", "OFD.xmm", "<b/>"), "OFD.xmm", "OFD.xml"));
        malformed(zip("OFD.xml", "<a/>", "ofd.XML", "<b/>"));
    }

    @Test
    void namesThatLeadElsewhere_areMalformed() throws IOException {
        for (var name : List.of("../x", "..\\x", "Doc_0/../../x", "/x", "a//b", "./x", "C:x", "a\0b")) {
            malformed(zip("OFD.xml", "<a/>", name, "x"));
        }
    }

    @Test
    void headerAndDirectoryThatDisagree_areMalformed() throws IOException {
        var zip = zip("OFD.xml", "<a/>", "x.xml", "<b/>");
        var text = new String(zip, StandardCharsets.ISO_8859_1);
        zip[text.indexOf("x.xml")] = 'y'; // in the header before the file only
        malformed(zip);
    }

    @Test
    void fileThatTheDirectoryDoesNotList_isMalformed() throws IOException {
        var both = zip("hidden", "x", "OFD.xml", "<a/>");
        int entry = indexOf(both, "PK\1\2");
        int second = entry + 46 + "hidden".length();
        var without = new ByteArrayOutputStream();
        without.write(both, 0, entry);
        without.write(both, second, both.length - second);
        var bytes = without.toByteArray();
        int end = bytes.length - 22;
        bytes[end + 8] = 1;
        bytes[end + 10] = 1;
        bytes[end + 12] -= (byte) (second - entry);
        malformed(bytes);
    }

    @Test
    void bomb_isRefusedBeforeUnpacking() throws IOException {
        refused(zip("OFD.xml", "<a/>", "bomb.xml", " ".repeat(8 << 20)), OfdPackage.LIMITS, Gap.TOO_COMPLEX);
    }

    @Test
    void xmlBeyondAnyDocument_isTooComplex_alsoWhenItHardlyDeflates() throws IOException {
        var digits = new StringBuilder("<a>");
        var random = new java.util.Random(1);
        while (digits.length() < 17 << 20) {
            digits.append(random.nextLong());
        }
        var large = zip("OFD.xml", digits + "</a>");
        assertThat(verify(large).reasons()).containsExactly(Gap.TOO_COMPLEX);
    }

    @Test
    void tooManyFiles_areRefused() throws IOException {
        var names = new String[2 * (ZipDirectory.MOST_FILES + 1)];
        for (int i = 0; i < names.length; i += 2) {
            names[i] = "f" + i;
            names[i + 1] = "";
        }
        refused(zip(names), OfdPackage.LIMITS, Gap.TOO_COMPLEX);
    }

    @Test
    void text_isMalformed() {
        var text = "no OFD at all, and long enough to hold an end record";
        refused(text.getBytes(StandardCharsets.UTF_8), OfdPackage.UNREADABLE, Gap.UNREADABLE);
    }

    @Test
    void wrongChecksumOverRightBytes_isNoPass() {
        var changed = STAMPED.clone();
        int directory = indexOf(changed, "PK\1\2");
        changed[directory + 16] ^= 1;
        changed[14] ^= 1;
        var report = (Report.Judged)
                new OfdVerifier(OfdSamples.PARTIES.trust()).verify(DocumentBytes.of(changed), SealParties.NOW);
        assertThat(report.reasons()).isNotEmpty();
    }

    @Test
    void pathsAreResolvedInsideOnly() {
        assertThat(OfdPackage.resolve("Doc_0", "Pages/P.xml")).contains("Doc_0/Pages/P.xml");
        assertThat(OfdPackage.resolve("Doc_0", "/Doc_1/P.xml")).contains("Doc_1/P.xml");
        assertThat(OfdPackage.resolve("Doc_0/a", "../b")).contains("Doc_0/b");
        assertThat(OfdPackage.resolve("Doc_0", "../../b")).isEmpty();
    }

    private static void malformed(byte[] bytes) {
        refused(bytes, OfdPackage.TAMPERED, Flaw.PACKAGE_MALFORMED);
    }

    private static void refused(byte[] bytes, String code, Reason reason) {
        assertThatThrownBy(() -> ZipReader.read(DocumentBytes.of(bytes)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(verify(bytes).reasons()).containsExactly(reason);
    }

    private static Report verify(byte[] bytes) {
        return new OfdVerifier(OfdSamples.PARTIES.trust()).verify(DocumentBytes.of(bytes), SealParties.NOW);
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        return new String(bytes, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int indexOf(byte[] bytes, String mark) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(mark);
    }
}
