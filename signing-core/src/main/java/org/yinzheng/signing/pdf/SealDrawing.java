package org.yinzheng.signing.pdf;

import com.itextpdf.io.image.ImageDataFactory;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.xobject.PdfImageXObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealPicture;

/// Draws a seal in one document: its picture once, and an appearance for each way of showing it (whole or sliced,
/// upright on a turned page, in larger units), which all widgets of that way share.
final class SealDrawing {
    private static final PdfName PICTURE = new PdfName("Seal");
    private static final double POINTS = 72 / 25.4;

    private final PdfDocument document;
    private final SealPicture picture;
    private final PdfStream whole;
    private final Map<Way, PdfStream> drawn = new HashMap<>();

    /// @param width of the box that is shown, in millimetres; the seal stands in its middle
    private record Way(int rotation, double unit, int slice, int slices, double width, double height) {}

    /// @param outlines deflated drawings, kept from stamp to stamp
    SealDrawing(PdfDocument document, SealPicture picture, DeflateCache<SealPicture> outlines) {
        this.document = document;
        this.picture = picture;
        this.whole = picture.outline()
                .map(outline -> outline(picture, outlines.get(picture, one -> content(one, outline))))
                .orElseGet(() -> image(picture));
        whole.makeIndirect(document);
    }

    /// The appearance stream of the spot's widget.
    PdfStream appearance(Sheet sheet, Spot spot) {
        var way = new Way(
                sheet.rotation(),
                sheet.unit(),
                spot.slice(),
                spot.slices(),
                spot.area().width(),
                spot.area().height());
        return drawn.computeIfAbsent(way, key -> draw(sheet, key));
    }

    private PdfStream draw(Sheet sheet, Way way) {
        double width = picture.widthMm() / way.unit;
        double height = picture.heightMm() / way.unit;
        // a slice's own left side comes to lie at 0; a whole seal in a larger box stands in the middle
        double x = way.slices > 1 ? -width * way.slice / way.slices : (way.width / way.unit - width) / 2;
        double y = (way.height / way.unit - height) / 2;
        var content = String.format(Locale.ROOT, "q %.4f 0 0 %.4f %.4f %.4f cm /Seal Do Q", width, height, x, y);
        var form = form(
                new PdfStream(content.getBytes(StandardCharsets.US_ASCII)),
                way.width / way.unit,
                way.height / way.unit);
        if (way.rotation != 0) {
            form.put(PdfName.Matrix, new PdfArray(sheet.upright()));
        }
        var pictures = new PdfDictionary();
        pictures.put(PICTURE, whole);
        var resources = new PdfDictionary();
        resources.put(PdfName.XObject, pictures);
        form.put(PdfName.Resources, resources);
        form.makeIndirect(document);
        return form;
    }

    private static byte[] content(SealPicture picture, String outline) {
        var red = new Page.Colour(SealArtist.RED.getRed(), SealArtist.RED.getGreen(), SealArtist.RED.getBlue());
        return PageContent.background(picture.heightMm(), List.of(new Page.Path(outline, red, null, 0)));
    }

    /// Crisp at any size. Like an image it fills the unit square.
    private static PdfStream outline(SealPicture picture, byte[] deflated) {
        double width = picture.widthMm() * POINTS;
        double height = picture.heightMm() * POINTS;
        var form = form(DeflateCache.stream(deflated), width, height);
        form.put(PdfName.Matrix, new PdfArray(new double[] {1 / width, 0, 0, 1 / height, 0, 0}));
        return form;
    }

    private static PdfStream form(PdfStream form, double width, double height) {
        form.put(PdfName.Type, PdfName.XObject);
        form.put(PdfName.Subtype, PdfName.Form);
        form.put(PdfName.BBox, new PdfArray(new double[] {0, 0, width, height}));
        return form;
    }

    private static PdfStream image(SealPicture picture) {
        try {
            return new PdfImageXObject(ImageDataFactory.createPng(picture.png().toByteArray())).getPdfObject();
        } catch (com.itextpdf.io.exceptions.IOException e) {
            throw (InvalidInput) new InvalidInput("seal-picture", "picture", "a seal's picture is a PNG").initCause(e);
        }
    }
}
