package org.yinzheng.signing.pdf;

import com.itextpdf.commons.actions.EventManager;
import com.itextpdf.io.image.ImageData;
import com.itextpdf.io.image.ImageDataFactory;
import com.itextpdf.kernel.exceptions.PdfException;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import com.itextpdf.kernel.pdf.xobject.PdfFormXObject;
import com.itextpdf.signatures.PdfSigner;
import com.itextpdf.signatures.SignerProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page;

/// Signs a PDF by an incremental update: what was there, earlier signatures included, stays byte for byte.
/// RSA and P-256 make PAdES baseline B-B (ETSI EN 319 142-1); SM2, which PAdES does not know, makes a plain
/// detached CMS. The seal's picture belongs to the signature: it is the appearance of its field.
public final class PdfStamper {
    private static final double POINTS_PER_MM = 72 / 25.4;

    static {
        // AGPL-3.0: NOTICE and README say so; the library need not repeat it on every run's output.
        EventManager.acknowledgeAgplUsageDisableWarningMessage();
    }

    /// @throws InvalidInput when the bytes are no PDF that can be signed as they are (broken, encrypted, certified
    /// against it), the field's name is taken, or the area is outside the page
    public DocumentBytes stamp(DocumentBytes pdf, PdfStamp stamp) {
        var output = new ByteArrayOutputStream(pdf.size() + (1 << 15));
        try (var reader = new PdfReader(pdf.stream())) {
            var signer = new Signing(reader, output);
            requireFree(signer, stamp.field());
            signer.setSignerProperties(properties(signer, stamp));
            stamp.appearance().ifPresent(appearance -> draw(signer, appearance));
            var cms = new CmsWriter(stamp.signer(), stamp.at());
            signer.signExternalContainer(
                    new CmsContainer(cms, stamp.signer().key().suite()), cms.longest());
        } catch (PdfException | com.itextpdf.io.exceptions.IOException e) {
            throw (InvalidInput) new InvalidInput("pdf-form", "", "not a PDF that can be signed as it is").initCause(e);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("iText writes to memory, and the container does the cryptography", e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    /// Leaves the XMP packet alone: iText would rewrite it at closing, a change that earlier signatures do not allow.
    private static final class Signing extends PdfSigner {
        Signing(PdfReader reader, OutputStream output) throws IOException {
            super(reader, output, new StampingProperties().useAppendMode());
        }

        @Override
        protected PdfDocument initDocument(PdfReader reader, PdfWriter writer, StampingProperties properties) {
            return new PdfDocument(reader, writer, properties) {
                @Override
                protected void updateXmpMetadata() {}
            };
        }
    }

    private static void requireFree(PdfSigner signer, String field) {
        var form = com.itextpdf.forms.fields.PdfFormCreator.getAcroForm(signer.getDocument(), false);
        if (field.isBlank() || field.indexOf('.') >= 0 || (form != null && form.getField(field) != null)) {
            throw new InvalidInput("signature-field", "field", "a new name, without a dot, for the signature field");
        }
    }

    private static SignerProperties properties(PdfSigner signer, PdfStamp stamp) {
        var properties = new SignerProperties()
                .setFieldName(stamp.field())
                .setClaimedSignDate(GregorianCalendar.from(stamp.at().atZone(ZoneOffset.UTC)));
        if (!stamp.reason().isEmpty()) {
            properties.setReason(stamp.reason());
        }
        stamp.appearance().ifPresent(appearance -> properties
                .setPageNumber(appearance.page())
                .setPageRect(rectangle(signer, appearance.page(), appearance.area())));
        return properties;
    }

    private static Rectangle rectangle(PdfSigner signer, int number, Page.Area area) {
        var document = signer.getDocument();
        if (number < 1 || number > document.getNumberOfPages()) {
            throw new InvalidInput("seal-page", "page", "the document has no such page");
        }
        var page = document.getPage(number);
        if (page.getRotation() != 0) {
            throw new InvalidInput("seal-page", "page", "a seal is drawn on pages that are not rotated");
        }
        var box = page.getCropBox();
        var rectangle = new Rectangle(
                box.getLeft() + points(area.x()),
                box.getTop() - points(area.y() + area.height()),
                points(area.width()),
                points(area.height()));
        if (area.width() <= 0 || area.height() <= 0 || !box.contains(rectangle)) {
            throw new InvalidInput("seal-area", "area", "a seal lies within its page");
        }
        return rectangle;
    }

    private static void draw(PdfSigner signer, PdfStamp.Appearance appearance) {
        var size = new Rectangle(
                points(appearance.area().width()), points(appearance.area().height()));
        var layer = new PdfFormXObject(size);
        new PdfCanvas(layer, signer.getDocument()).addImageFittedIntoRectangle(image(appearance), size, false);
        signer.getSignatureField().setSignatureAppearanceLayer(layer);
    }

    private static ImageData image(PdfStamp.Appearance appearance) {
        try {
            return ImageDataFactory.createPng(appearance.picture().png().toByteArray());
        } catch (com.itextpdf.io.exceptions.IOException e) {
            throw (InvalidInput) new InvalidInput("seal-picture", "picture", "a seal's picture is a PNG").initCause(e);
        }
    }

    private static float points(double millimetres) {
        return (float) (millimetres * POINTS_PER_MM);
    }
}
