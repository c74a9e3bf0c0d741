package org.yinzheng.signing.pdf;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.yinzheng.signing.DocumentBytes;

/// A PDF of our own as a picture, to look at: its pages one below the other.
public final class PdfPicture {
    private static final int GAP = 12;
    private static final Color BETWEEN = new Color(0xD8D8D8);

    private PdfPicture() {}

    /// @param pdf made here and small; never one that came from elsewhere
    /// @return a PNG
    public static DocumentBytes png(DocumentBytes pdf, float dotsPerInch) {
        try (var document = Loader.loadPDF(pdf.toByteArray())) {
            var renderer = new PDFRenderer(document);
            var pages = new ArrayList<BufferedImage>();
            for (int i = 0; i < document.getNumberOfPages(); i++) {
                pages.add(renderer.renderImageWithDPI(i, dotsPerInch, ImageType.RGB));
            }
            var png = new ByteArrayOutputStream();
            ImageIO.write(together(pages), "png", png);
            return DocumentBytes.owning(png.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage together(Iterable<BufferedImage> pages) {
        int width = 0;
        int height = -GAP;
        for (var page : pages) {
            width = Math.max(width, page.getWidth());
            height += page.getHeight() + GAP;
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var drawing = image.createGraphics();
        drawing.setColor(BETWEEN);
        drawing.fillRect(0, 0, width, height);
        int y = 0;
        for (var page : pages) {
            drawing.drawImage(page, 0, y, null);
            y += page.getHeight() + GAP;
        }
        drawing.dispose();
        return image;
    }
}
