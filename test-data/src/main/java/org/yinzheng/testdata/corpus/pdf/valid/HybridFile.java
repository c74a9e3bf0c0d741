package org.yinzheng.testdata.corpus.pdf.valid;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.yinzheng.signing.DocumentBytes;

/// A hybrid-reference file (ISO 32000-2 §7.5.8.4), as office programs write them: a table for old readers, and a
/// stream that finds one more object, compressed, for those that know streams.
final class HybridFile {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final long[] offsets = new long[8];

    private HybridFile() {}

    static DocumentBytes make() {
        var file = new HybridFile();
        file.text("%PDF-1.5\n");
        file.object(1, "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/PieceInfo<</Hybrid 7 0 R>>>>");
        file.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        file.object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>");
        file.object(4, "<</Length 17>>\nstream\n0 0 50 50 re f   \nendstream");
        file.object(5, "<</Type/ObjStm/N 1/First 4/Length 20>>\nstream\n7 0 <</Hidden true>>\nendstream");
        file.object(6, "<</Type/Metadata/Subtype/XML/Length 5>>\nstream\n<x/> \nendstream");
        long stream = file.out.size();
        var entry = ByteBuffer.allocate(4)
                .put((byte) 2)
                .putShort((short) 5)
                .put((byte) 0)
                .array();
        file.text("8 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Index[7 1]/Root 1 0 R/Length 4>>\nstream\n");
        file.out.writeBytes(entry);
        file.text("\nendstream\nendobj\n");
        long table = file.out.size();
        file.text("xref\n0 9\n0000000007 65535 f \n");
        for (int i = 1; i <= 6; i++) {
            file.text("%010d 00000 n \n".formatted(file.offsets[i]));
        }
        file.text("0000000000 65535 f \n%010d 00000 n \n".formatted(stream));
        file.text("trailer\n<</Size 9/Root 1 0 R/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n".formatted(stream, table));
        return DocumentBytes.owning(file.out.toByteArray());
    }

    private void object(int number, String body) {
        offsets[number] = out.size();
        text(number + " 0 obj\n" + body + "\nendobj\n");
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
