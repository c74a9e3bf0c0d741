package org.yinzheng.testdata.corpus.pdf;

import com.itextpdf.forms.PdfAcroForm;
import com.itextpdf.forms.fields.PdfFormCreator;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.kernel.pdf.annot.PdfAnnotation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.yinzheng.signing.DocumentBytes;

/// Incremental updates by the libraries that programs for people use.
public final class Edits {
    private Edits() {}

    public static DocumentBytes byIText(DocumentBytes pdf, Consumer<PdfDocument> change) {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(
                new PdfReader(pdf.stream()), new PdfWriter(output), new StampingProperties().useAppendMode())) {
            change.accept(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    public static DocumentBytes filled(DocumentBytes pdf, Consumer<PdfAcroForm> filling) {
        return byIText(pdf, document -> filling.accept(form(document)));
    }

    public static PdfAcroForm form(PdfDocument document) {
        return PdfFormCreator.getAcroForm(document, false);
    }

    public static DocumentBytes annotated(DocumentBytes pdf, PdfAnnotation annotation) {
        return byIText(pdf, document -> document.getPage(1).addAnnotation(-1, annotation, false));
    }

    public interface Change {
        void apply(PDDocument document) throws IOException;
    }

    public static DocumentBytes byPdfBox(DocumentBytes pdf, Change change) {
        var output = new ByteArrayOutputStream();
        try (var document = Loader.loadPDF(pdf.toByteArray())) {
            change.apply(document);
            document.saveIncremental(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    public static PdfStream stream(PdfDocument document, String content) {
        var stream = new PdfStream(content.getBytes(StandardCharsets.US_ASCII));
        stream.makeIndirect(document);
        return stream;
    }

    /// An appearance with one normal state.
    public static PdfDictionary appearance(PdfDocument document, String content) {
        var appearance = new PdfDictionary();
        appearance.put(PdfName.N, stream(document, content));
        return appearance;
    }

    public static void catalogEntry(PdfDocument document, String key, com.itextpdf.kernel.pdf.PdfObject value) {
        document.getCatalog().put(new PdfName(key), value);
        document.getCatalog().getPdfObject().setModified();
    }
}
