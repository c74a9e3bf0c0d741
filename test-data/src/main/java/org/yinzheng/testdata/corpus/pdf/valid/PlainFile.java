package org.yinzheng.testdata.corpus.pdf.valid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.yinzheng.signing.DocumentBytes;

/// The smallest file with a page, its lines ended as wanted. Offsets count from the file's first byte.
final class PlainFile {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String lineEnd;

    private PlainFile(String lineEnd) {
        this.lineEnd = lineEnd;
    }

    static DocumentBytes make(String lineEnd, String header) {
        var file = new PlainFile(lineEnd);
        file.text(header);
        var bodies = new String[] {
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
            "<</Length 16>>\r\nstream\r\n0 0 50 50 re f  \r\nendstream"
        };
        var offsets = new long[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            offsets[i] = file.out.size();
            file.line((i + 1) + " 0 obj");
            file.line(bodies[i]);
            file.line("endobj");
        }
        long table = file.out.size();
        file.line("xref");
        file.line("0 " + (bodies.length + 1));
        file.text("0000000000 65535 f\r\n");
        for (long offset : offsets) {
            file.text("%010d 00000 n\r\n".formatted(offset));
        }
        file.line("trailer");
        file.line("<</Size " + (bodies.length + 1) + "/Root 1 0 R>>");
        file.line("startxref");
        file.line("" + table);
        file.line("%%EOF");
        return DocumentBytes.owning(file.out.toByteArray());
    }

    private void line(String text) {
        text(text + lineEnd);
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
