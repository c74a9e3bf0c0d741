package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/// The text of a document's pages, character by character, in the order in which it is drawn. PDFBox reads it; the
/// document is opened when the first page is asked for.
final class PageText implements AutoCloseable {
    /// How far a character reaches above and below its base line, as shares of its size.
    private static final double ASCENT = 0.88;

    private static final double DESCENT = 0.12;

    private final Revision revision;
    private @Nullable PDDocument document;
    private @Nullable Iterator<PDPage> pages;
    private int page;
    private List<Glyph> glyphs = List.of();

    PageText(Revision revision) {
        this.revision = revision;
    }

    /// Cheapest when pages are asked for in ascending order.
    ///
    /// @throws org.yinzheng.signing.InvalidInput `pdf-form`
    List<Glyph> of(int number, Sheet sheet) throws IOException {
        if (number != page) {
            glyphs = PdfUpdate.reading(() -> new Stripper(sheet).read(page(number)));
            page = number;
        }
        return glyphs;
    }

    private PDPage page(int number) throws IOException {
        if (document == null) {
            document = revision.openToRead();
        }
        // an iterator, because finding a page by its number means counting all pages before it
        if (pages == null || number <= page) {
            pages = document.getPages().iterator();
            page = 0;
        }
        PDPage next = pages.next();
        for (page++; page < number; page++) {
            next = pages.next();
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        if (document != null) {
            document.close();
        }
    }

    private static final class Stripper extends PDFTextStripper {
        private final Sheet sheet;
        private final List<Glyph> glyphs = new ArrayList<>();

        Stripper(Sheet sheet) {
            this.sheet = sheet;
            output = Writer.nullWriter();
        }

        List<Glyph> read(PDPage page) throws IOException {
            processPage(page);
            return List.copyOf(glyphs);
        }

        @Override
        protected void processTextPosition(TextPosition text) {
            var shown = text.getUnicode();
            if (shown == null || shown.isBlank()) {
                return;
            }
            // PDFBox counts from the crop box's corner; a vertical face's advance leads down, not along the glyph
            var matrix = text.getTextMatrix();
            double x = matrix.getTranslateX() + sheet.left();
            double y = matrix.getTranslateY() + sheet.bottom();
            double upX = matrix.getShearX();
            double upY = matrix.getScaleY();
            boolean vertical = text.getFont().isVertical();
            double alongX = vertical ? matrix.getScaleX() : text.getEndX() + sheet.left() - x;
            double alongY = vertical ? matrix.getShearY() : text.getEndY() + sheet.bottom() - y;
            var xs = new double[] {x - DESCENT * upX, x + ASCENT * upX, 0, 0};
            var ys = new double[] {y - DESCENT * upY, y + ASCENT * upY, 0, 0};
            for (int i = 0; i < 2; i++) {
                xs[i + 2] = xs[i] + alongX;
                ys[i + 2] = ys[i] + alongY;
            }
            var area = sheet.shown(least(xs), least(ys), most(xs), most(ys));
            glyphs.add(new Glyph(shown, area, Math.hypot(upX, upY) * sheet.unit()));
        }

        private static double least(double[] values) {
            return java.util.Arrays.stream(values).min().orElseThrow();
        }

        private static double most(double[] values) {
            return java.util.Arrays.stream(values).max().orElseThrow();
        }
    }
}
