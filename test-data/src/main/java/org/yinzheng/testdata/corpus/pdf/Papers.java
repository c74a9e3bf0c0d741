package org.yinzheng.testdata.corpus.pdf;

import com.itextpdf.commons.actions.EventManager;
import com.itextpdf.forms.fields.CheckBoxFormFieldBuilder;
import com.itextpdf.forms.fields.ChoiceFormFieldBuilder;
import com.itextpdf.forms.fields.PdfFormCreator;
import com.itextpdf.forms.fields.SignatureFormFieldBuilder;
import com.itextpdf.forms.fields.TextFormFieldBuilder;
import com.itextpdf.kernel.font.PdfFontFactory;
import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.geom.Rectangle;
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
public final class Papers {
    static {
        // AGPL-3.0: NOTICE and README say so; the library need not repeat it on every run's output.
        EventManager.acknowledgeAgplUsageDisableWarningMessage();
    }

    private Papers() {}

    /// One page: a frame, a title, a few lines of text.
    public static DocumentBytes licence() {
        return document(new WriterProperties(), Papers::licencePage);
    }

    /// The same with object streams and a cross-reference stream.
    public static DocumentBytes compact() {
        return document(new WriterProperties().setFullCompressionMode(true), Papers::licencePage);
    }

    public static void licencePage(PdfDocument document) {
        document.getDocumentInfo().setTitle("Business licence");
        document.getDocumentInfo().setMoreInfo("YinzhengLicenceId", "1.2.156.3005.2.11100000000013338W011.1234567890");
        page(document, "BUSINESS LICENCE", "Name: Dongyuan Trading Co.", "Capital: 100 000", "Valid until: 2030-12-31");
    }

    /// Text fields `opinion` and `remark`, a choice `city`, a check box `agreed`, an empty signature field `office`.
    public static DocumentBytes form() {
        return document(new WriterProperties(), document -> {
            page(document, "APPLICATION", "Opinion:");
            var form = PdfFormCreator.getAcroForm(document, true);
            form.addField(new TextFormFieldBuilder(document, "opinion")
                    .setWidgetRectangle(new Rectangle(60, 100, 200, 20))
                    .createText());
            form.addField(new TextFormFieldBuilder(document, "remark")
                    .setWidgetRectangle(new Rectangle(60, 140, 200, 20))
                    .createText());
            form.addField(new ChoiceFormFieldBuilder(document, "city")
                    .setWidgetRectangle(new Rectangle(60, 170, 100, 20))
                    .setOptions(new String[] {"Dongyuan", "Xiyuan"})
                    .createComboBox());
            form.addField(new CheckBoxFormFieldBuilder(document, "agreed")
                    .setWidgetRectangle(new Rectangle(60, 200, 20, 20))
                    .createCheckBox());
            form.addField(new SignatureFormFieldBuilder(document, "office")
                    .setWidgetRectangle(new Rectangle(60, 300, 100, 50))
                    .createSignature());
        });
    }

    public static DocumentBytes pages(int count) {
        return document(new WriterProperties(), document -> {
            for (int i = 1; i <= count; i++) {
                page(document, "Page " + i);
            }
        });
    }

    public static DocumentBytes document(WriterProperties properties, Consumer<PdfDocument> work) {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(new PdfWriter(output, properties))) {
            work.accept(document);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    public static PdfPage page(PdfDocument document, String title, String... lines) {
        var page = document.addNewPage(PageSize.A4);
        var canvas = new PdfCanvas(page).rectangle(40, 40, 515, 762).stroke();
        try {
            var font = PdfFontFactory.createFont();
            canvas.beginText()
                    .setFontAndSize(font, 22)
                    .moveText(180, 720)
                    .showText(title)
                    .endText();
            for (int i = 0; i < lines.length; i++) {
                canvas.beginText()
                        .setFontAndSize(font, 12)
                        .moveText(80, 640 - 24 * i)
                        .showText(lines[i])
                        .endText();
            }
        } catch (IOException e) {
            throw new AssertionError("a standard font is there", e);
        }
        canvas.release();
        return page;
    }
}
