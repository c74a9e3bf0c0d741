package org.yinzheng.signing.pdf;

import com.itextpdf.forms.PdfAcroForm;
import com.itextpdf.forms.fields.CheckBoxFormFieldBuilder;
import com.itextpdf.forms.fields.PdfFormCreator;
import com.itextpdf.forms.fields.SignatureFormFieldBuilder;
import com.itextpdf.forms.fields.TextFormFieldBuilder;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.yinzheng.signing.DocumentBytes;

/// A page with a form, and people who fill it in with the libraries that programs for people use.
final class Forms {
    private Forms() {}

    /// Text fields `opinion` and `remark`, a check box `agreed`, an empty signature field `office`.
    static DocumentBytes form() {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(new PdfWriter(output))) {
            new PdfCanvas(document.addNewPage()).rectangle(50, 50, 300, 500).stroke();
            var form = PdfFormCreator.getAcroForm(document, true);
            for (var name : new String[] {"opinion", "remark"}) {
                form.addField(new TextFormFieldBuilder(document, name)
                        .setWidgetRectangle(new Rectangle(60, name.equals("opinion") ? 100 : 140, 200, 20))
                        .createText());
            }
            form.addField(new CheckBoxFormFieldBuilder(document, "agreed")
                    .setWidgetRectangle(new Rectangle(60, 200, 20, 20))
                    .createCheckBox());
            form.addField(new SignatureFormFieldBuilder(document, "office")
                    .setWidgetRectangle(new Rectangle(60, 300, 100, 50))
                    .createSignature());
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    static DocumentBytes filled(DocumentBytes pdf, Consumer<PdfAcroForm> filling) {
        return updated(pdf, document -> filling.accept(PdfFormCreator.getAcroForm(document, false)));
    }

    static DocumentBytes updated(DocumentBytes pdf, Consumer<PdfDocument> change) {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(
                new PdfReader(pdf.stream()), new PdfWriter(output), new StampingProperties().useAppendMode())) {
            change.accept(document);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    /// The same by PDFBox.
    static DocumentBytes updatedByPdfBox(DocumentBytes pdf, Change change) {
        var output = new ByteArrayOutputStream();
        try (var document = Loader.loadPDF(pdf.toByteArray())) {
            change.apply(document);
            document.saveIncremental(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    interface Change {
        void apply(PDDocument document) throws IOException;
    }
}
