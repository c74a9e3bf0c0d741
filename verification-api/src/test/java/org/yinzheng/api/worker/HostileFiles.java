package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Files that are made to cost more than they weigh, none larger than what a worker is given.
enum HostileFiles {
    PDF_OBJECT_STREAM_OF_1_GB(() -> pdf(bomb("/Type/ObjStm/N 9/First 50"))),
    PDF_CROSS_REFERENCE_STREAM_OF_1_GB(HostileFiles::bombedXref),
    PDF_ARRAYS_500_000_DEEP(() -> pdf("[".repeat(500_000).getBytes(ISO_8859_1))),
    PDF_DICTIONARIES_200_000_DEEP(() -> pdf("<</A".repeat(200_000).getBytes(ISO_8859_1))),
    PDF_ARRAY_OF_5_MILLION_NUMBERS(() -> pdf(("[" + "1 ".repeat(5_000_000) + "]").getBytes(ISO_8859_1))),
    PDF_CROSS_REFERENCE_TABLES_IN_A_RING(HostileFiles::ring),
    PDF_PAGES_IN_A_RING(() -> pdf("<</Type/Pages/Kids[1 0 R 2 0 R]/Count 2>>".getBytes(ISO_8859_1))),
    PDF_IMAGE_OF_2_BILLION_PIXELS(() -> pdf(bomb("/Subtype/Image/Width 65535/Height 32767"))),
    PDF_MILLION_BEGINNINGS_OF_OBJECTS(() -> ("%PDF-1.7\n" + "1 0 obj ".repeat(1_000_000)).getBytes(UTF_8)),
    PDF_200_000_BYTE_RANGES(HostileFiles::byteRanges),
    PDF_OF_30_MB_OF_NOTHING(() -> pdf(new byte[30 << 20])),
    OFD_ENTRY_OF_1_GB(() -> zip(1, 1 << 30)),
    OFD_200_ENTRIES_OF_16_MB(() -> zip(200, 16 << 20)),
    OFD_60_000_ENTRIES(() -> zip(60_000, 0)),
    XML_ENTITIES_OF_ENTITIES(HostileFiles::entities),
    XML_300_000_DEEP(() -> "<a>".repeat(300_000).getBytes(UTF_8)),
    XML_MILLION_ATTRIBUTES(HostileFiles::attributes),
    XML_MILLION_ELEMENTS(() -> ("<a>" + "<b/>".repeat(1_000_000) + "</a>").getBytes(UTF_8)),
    XML_100_000_SIGNATURES(HostileFiles::signatures),
    JWS_100_000_DEEP(() -> jws("[".repeat(100_000))),
    JWS_OF_30_MB(() -> jws("1".repeat(20 << 20))),
    CMS_100_000_DEEP(() -> cms(100_000)),
    CMS_OF_30_MB_OF_NOTHING(() -> cms(15 << 20)),
    CMS_IN_30_MB_OF_BASE64(() -> Base64.getEncoder().encode(cms(11 << 20))),
    LETTERS_OF_30_MB(() -> "A".repeat(30 << 20).getBytes(US_ASCII));

    interface Maker {
        byte[] make() throws IOException;
    }

    @SuppressWarnings("ImmutableEnumChecker") // makes the same bytes each time
    private final Maker maker;

    HostileFiles(Maker maker) {
        this.maker = maker;
    }

    byte[] bytes() throws IOException {
        return maker.make();
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
        return object(entries, zeros(1 << 30));
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

    private static byte[] zip(int entries, int size) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(file)) {
            var block = new byte[1 << 20];
            for (int entry = 0; entry < entries; entry++) {
                zip.putNextEntry(new ZipEntry(entry == 0 ? "OFD.xml" : "Doc_0/" + entry + ".xml"));
                for (int i = 0; i < size / block.length; i++) {
                    zip.write(block);
                }
            }
        }
        return file.toByteArray();
    }

    private static byte[] zeros(int size) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (OutputStream output = new DeflaterOutputStream(packed)) {
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

    private static byte[] signatures() {
        var signature = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/></Signature>";
        return ("<a>" + signature.repeat(100_000) + "</a>").getBytes(UTF_8);
    }

    private static byte[] jws(String payload) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var header = encoder.encodeToString("{\"alg\":\"RS256\",\"kid\":\"a\"}".getBytes(UTF_8));
        return (header + "." + encoder.encodeToString(payload.getBytes(UTF_8)) + ".AAAA").getBytes(US_ASCII);
    }

    /// A signedData of sequences of no stated length in each other, that never end.
    private static byte[] cms(int deep) {
        var beginning = java.util.HexFormat.of().parseHex("308006092a864886f70d010702a080");
        var file = java.util.Arrays.copyOf(beginning, beginning.length + 2 * deep);
        for (int at = beginning.length; at < file.length; at += 2) {
            file[at] = 0x30;
            file[at + 1] = (byte) 0x80;
        }
        return file;
    }
}
