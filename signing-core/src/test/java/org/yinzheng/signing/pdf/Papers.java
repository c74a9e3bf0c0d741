package org.yinzheng.signing.pdf;

import com.itextpdf.io.font.PdfEncodings;
import com.itextpdf.kernel.font.PdfFont;
import com.itextpdf.kernel.font.PdfFontFactory;
import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfPage;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Place;

/// Documents to be stamped, other than licences.
final class Papers {
    static final double POINTS = 72 / 25.4;

    interface Work<T> {
        void on(T given) throws IOException;
    }

    private Papers() {}

    static DocumentBytes document(Work<PdfDocument> work) {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(new PdfWriter(output))) {
            work.on(document);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    /// The same document written anew with something changed.
    static DocumentBytes changed(DocumentBytes pdf, Work<PdfDocument> work) {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(new PdfReader(pdf.stream()), new PdfWriter(output))) {
            work.on(document);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    /// A4 pages, each with its number near the top left corner.
    static DocumentBytes pages(int count) {
        return document(document -> {
            for (int i = 1; i <= count; i++) {
                var font = PdfFontFactory.createFont();
                write(document.addNewPage(PageSize.A4), font, 12, 100, 740, "page " + i);
            }
        });
    }

    static void write(PdfPage page, PdfFont font, float size, double x, double y, String text) {
        new PdfCanvas(page)
                .beginText()
                .setFontAndSize(font, size)
                .moveText(x, y)
                .showText(text)
                .endText()
                .release();
    }

    static PdfFont chinese() throws IOException {
        return PdfFontFactory.createFont(
                "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc,2", PdfEncodings.IDENTITY_H);
    }

    static PdfStamp stamp(Place... places) {
        var stamp = PdfStamp.baseline("seal", Samples.signer(Suite.RSA_SHA256), Samples.AT, "审批");
        return places.length == 0 ? stamp : stamp.showing(Samples.seal(), places);
    }

    static PdfStamped.InMemory stamped(DocumentBytes pdf, Place... places) {
        return new PdfStamper().stamp(pdf, stamp(places));
    }
}
