package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Indication;

/// Files that are made to cost more than they weigh: each gets an answer within what a worker is given, and the one
/// that
/// comes after it gets its own.
@Timeout(120)
class HostileFileTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final VerifierPool POOL = new VerifierPool(2, () -> Trust.NONE);

    @BeforeAll
    static void start() {
        POOL.start();
    }

    @AfterAll
    static void stop() {
        POOL.close();
    }

    @ParameterizedTest
    @MethodSource
    void fileMadeToExhaust_isAnswered_andNeverPassed(String name, byte[] file) throws IOException {
        assertThat(POOL.verify(DocumentBytes.owning(file), AT).indication()).isNotEqualTo(Indication.TOTAL_PASSED);
        try (var sample = Worker.class.getResourceAsStream("sample.ofd")) {
            var genuine = DocumentBytes.owning(
                    java.util.Objects.requireNonNull(sample).readAllBytes());
            assertThat(POOL.verify(genuine, AT).integrity()).isEqualTo(org.yinzheng.signing.verdict.Integrity.INTACT);
        }
    }

    static Stream<Arguments> fileMadeToExhaust_isAnswered_andNeverPassed() throws IOException {
        return Stream.of(
                Arguments.of("object stream that unpacks to 1 GB", pdf(bomb("/Type/ObjStm/N 9/First 50"))),
                Arguments.of("cross-reference stream that unpacks to 1 GB", bombedXref()),
                Arguments.of(
                        "arrays nested 500,000 deep", pdf("[".repeat(500_000).getBytes(ISO_8859_1))),
                Arguments.of(
                        "dictionaries nested 200,000 deep",
                        pdf("<</A".repeat(200_000).getBytes(ISO_8859_1))),
                Arguments.of(
                        "array of 5 million numbers", pdf(("[" + "1 ".repeat(5_000_000) + "]").getBytes(ISO_8859_1))),
                Arguments.of("cross-reference tables in a ring", ring()),
                Arguments.of("pages in a ring", pdf("<</Type/Pages/Kids[1 0 R 2 0 R]/Count 2>>".getBytes(ISO_8859_1))),
                Arguments.of("image of 2 billion pixels", pdf(bomb("/Subtype/Image/Width 65535/Height 32767"))),
                Arguments.of(
                        "a million beginnings of objects",
                        ("%PDF-1.7\n" + "1 0 obj ".repeat(1_000_000)).getBytes(UTF_8)),
                Arguments.of("two hundred thousand byte ranges", byteRanges()),
                Arguments.of("OFD entry that unpacks to 1 GB", zip("OFD.xml", 1 << 30)),
                Arguments.of("XML entities of entities", entities()),
                Arguments.of("XML nested 300,000 deep", "<a>".repeat(300_000).getBytes(UTF_8)),
                Arguments.of("XML element of a million attributes", attributes()));
    }

    private static byte[] pdf(byte[] catalog) {
        var file = new ByteArrayOutputStream();
        file.writeBytes("%PDF-1.7\n1 0 obj\n".getBytes(ISO_8859_1));
        file.writeBytes(catalog);
        int at = file.size() + 8;
        file.writeBytes(("\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
                        + "trailer\n<</Size 2/Root 1 0 R/AcroForm 1 0 R>>\nstartxref\n" + at + "\n%%EOF\n")
                .getBytes(ISO_8859_1));
        return file.toByteArray();
    }

    private static byte[] bomb(String entries) throws IOException {
        return object(entries, zeros(DeflaterOutputStream::new, 1 << 30));
    }

    private static byte[] object(String entries, byte[] packed) {
        var object = new ByteArrayOutputStream();
        object.writeBytes(
                ("<<" + entries + "/Filter/FlateDecode/Length " + packed.length + ">>stream\n").getBytes(ISO_8859_1));
        object.writeBytes(packed);
        object.writeBytes("\nendstream".getBytes(ISO_8859_1));
        return object.toByteArray();
    }

    private static byte[] bombedXref() throws IOException {
        var file = new ByteArrayOutputStream();
        file.writeBytes("%PDF-1.7\n1 0 obj\n".getBytes(ISO_8859_1));
        file.writeBytes(bomb("/Type/XRef/W[1 2 1]/Size 100000000/Root 1 0 R"));
        file.writeBytes("\nendobj\nstartxref\n9\n%%EOF\n".getBytes(ISO_8859_1));
        return file.toByteArray();
    }

    private static byte[] ring() {
        var first = "%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\n";
        return (first + "startxref\n9\n%%EOF\n").getBytes(ISO_8859_1);
    }

    private static byte[] byteRanges() {
        return ("%PDF-1.7\n" + "/ByteRange [0 9 12 9]<00>".repeat(200_000) + "\nstartxref\n0\n%%EOF\n")
                .getBytes(ISO_8859_1);
    }

    private static byte[] zip(String name, int size) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            var block = new byte[1 << 20];
            for (int i = 0; i < size / block.length; i++) {
                zip.write(block);
            }
        }
        return file.toByteArray();
    }

    private static byte[] zeros(java.util.function.Function<OutputStream, DeflaterOutputStream> packer, int size)
            throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var output = packer.apply(packed)) {
            var block = new byte[1 << 20];
            for (int i = 0; i < size / block.length; i++) {
                output.write(block);
            }
        }
        return packed.toByteArray();
    }

    private static byte[] entities() {
        var xml = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"x\">");
        for (int i = 1; i < 40; i++) {
            xml.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return xml.append("]><a>&e39;</a>").toString().getBytes(UTF_8);
    }

    private static byte[] attributes() {
        var xml = new StringBuilder("<a");
        for (int i = 0; i < 1_000_000; i++) {
            xml.append(" a").append(i).append("=\"\"");
        }
        return xml.append("/>").toString().getBytes(UTF_8);
    }
}
