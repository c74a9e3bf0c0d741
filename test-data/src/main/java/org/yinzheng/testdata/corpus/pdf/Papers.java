package org.yinzheng.testdata.corpus.pdf;

import com.itextpdf.commons.actions.EventManager;
import com.itextpdf.kernel.font.PdfFontFactory;
import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfPage;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.WriterProperties;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.yinzheng.signing.DocumentBytes;

/// Unsigned documents as iText writes them.
final class Papers {
    static {
        // AGPL-3.0: NOTICE and README say so; the library need not repeat it on every run's output.
        EventManager.acknowledgeAgplUsageDisableWarningMessage();
    }

    private Papers() {}

    /// One page: a frame, a title, a few lines of text.
    static DocumentBytes licence() {
        return document(new WriterProperties(), document -> page(document, "BUSINESS LICENCE", "Capital: 100 000"));
    }

    /// The same with object streams and a cross-reference stream.
    static DocumentBytes compact() {
        return document(
                new WriterProperties().setFullCompressionMode(true),
                document -> page(document, "BUSINESS LICENCE", "Capital: 100 000"));
    }

    static DocumentBytes document(WriterProperties properties, Consumer<PdfDocument> work) {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(new PdfWriter(output, properties))) {
            work.accept(document);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    static PdfPage page(PdfDocument document, String title, String... lines) {
        var page = document.addNewPage(PageSize.A4);
        var canvas = new PdfCanvas(page).rectangle(40, 40, 515, 762).stroke();
        write(canvas, 22, 180, 720, title);
        for (int i = 0; i < lines.length; i++) {
            write(canvas, 12, 80, 640 - 24 * i, lines[i]);
        }
        canvas.release();
        return page;
    }

    static void write(PdfCanvas canvas, float size, double x, double y, String text) {
        try {
            canvas.beginText()
                    .setFontAndSize(PdfFontFactory.createFont(), size)
                    .moveText(x, y)
                    .showText(text)
                    .endText();
        } catch (IOException e) {
            throw new AssertionError("a standard font is there", e);
        }
    }
}
