package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;

/// Writes a signature's field and the widgets in which it is seen.
final class SignatureField {
    /// Printed, and not to be moved (ISO 32000-2 §12.5.3).
    private static final int FLAGS = 4 + 128;

    private static final int SIGNATURES_EXIST_AND_APPEND_ONLY = 3;

    private final PdfDocument document;
    private final PdfDictionary form;
    private final Map<String, FormField> fields;

    /// @param appearance of what is seen there
    record Widget(int page, Rectangle rectangle, PdfStream appearance) {}

    SignatureField(PdfDocument document, Map<String, FormField> fields) {
        this.document = document;
        this.fields = fields;
        var catalog = document.getCatalog().getPdfObject();
        var isNew = catalog.getAsDictionary(PdfName.AcroForm) == null;
        form = PdfUpdate.dictionary(catalog, PdfName.AcroForm);
        if (isNew) {
            form.makeIndirect(document);
        }
        var present = form.getAsNumber(PdfName.SigFlags);
        int flags = present == null ? 0 : present.intValue();
        form.put(PdfName.SigFlags, new PdfNumber(flags | SIGNATURES_EXIST_AND_APPEND_ONLY));
    }

    /// A new field. Without widgets it is invisible; with several they are its kids, and all show one signature.
    ///
    /// @throws InvalidInput `signature-field` when the name is taken
    void add(String name, PdfDictionary value, List<Widget> widgets) {
        if (name.isBlank() || name.indexOf('.') >= 0 || fields.containsKey(name)) {
            throw new InvalidInput("signature-field", "field", "a new name, without a dot, for the signature field");
        }
        var field = new PdfDictionary();
        field.put(PdfName.FT, PdfName.Sig);
        field.put(PdfName.T, text(name));
        field.put(PdfName.V, value);
        field.makeIndirect(document);
        PdfUpdate.array(form, PdfName.Fields).add(field);
        if (widgets.size() > 1) {
            addKids(field, value, widgets);
        } else if (widgets.isEmpty()) {
            show(field, 1, new Rectangle(0, 0, 0, 0), Optional.empty());
        } else {
            var only = widgets.getFirst();
            show(field, only.page(), only.rectangle(), Optional.of(only.appearance()));
        }
    }

    /// An empty field that is there already; its first widget shows the first picture.
    void fill(FormField field, PdfDictionary value, List<Widget> widgets) {
        field.dictionary().put(PdfName.V, value);
        field.dictionary().setModified();
        if (widgets.isEmpty()) {
            return;
        }
        var first = widgets.getFirst();
        var widget = field.widget();
        widget.put(PdfName.Rect, new PdfArray(first.rectangle()));
        widget.put(PdfName.AP, normal(first.appearance()));
        widget.put(PdfName.F, new PdfNumber(FLAGS));
        widget.setModified();
        if (widgets.size() > 1) {
            throw new InvalidInput("place", "at", "a field of the form is the only place of its signature");
        }
    }

    private void addKids(PdfDictionary field, PdfDictionary value, List<Widget> widgets) {
        var kids = new PdfArray();
        for (var widget : widgets) {
            var kid = new PdfDictionary();
            kid.put(PdfName.Parent, field);
            // inherited, but poppler takes a kid that does not say so itself for an unsigned field
            kid.put(PdfName.FT, PdfName.Sig);
            kid.put(PdfName.V, value);
            kid.makeIndirect(document);
            show(kid, widget.page(), widget.rectangle(), Optional.of(widget.appearance()));
            kids.add(kid);
        }
        field.put(PdfName.Kids, kids);
    }

    private void show(PdfDictionary widget, int number, Rectangle rectangle, Optional<PdfStream> appearance) {
        var page = document.getPage(number).getPdfObject();
        widget.put(PdfName.Type, PdfName.Annot);
        widget.put(PdfName.Subtype, PdfName.Widget);
        widget.put(PdfName.F, new PdfNumber(FLAGS));
        widget.put(PdfName.P, page);
        widget.put(PdfName.Rect, new PdfArray(rectangle));
        appearance.ifPresent(drawn -> widget.put(PdfName.AP, normal(drawn)));
        PdfUpdate.array(page, PdfName.Annots).add(widget);
    }

    private static PdfDictionary normal(PdfStream drawn) {
        var appearance = new PdfDictionary();
        appearance.put(PdfName.N, drawn);
        return appearance;
    }

    static PdfString text(String text) {
        var isAscii = text.chars().allMatch(c -> c >= ' ' && c < 127);
        return isAscii ? new PdfString(text) : new PdfString(text, com.itextpdf.io.font.PdfEncodings.UNICODE_BIG);
    }
}
