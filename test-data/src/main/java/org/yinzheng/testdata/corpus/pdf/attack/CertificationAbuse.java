package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.CHANGE_NOT_PERMITTED;
import static org.yinzheng.signing.verdict.Flaw.CONTENT_ADDED_AFTER_SIGNING;
import static org.yinzheng.signing.verdict.Flaw.CONTENT_REPLACED_AFTER_SIGNING;

import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.kernel.pdf.annot.PdfAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfCircleAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfFreeTextAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfInkAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfLinkAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfRedactAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfSquareAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfStampAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfTextAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfTextMarkupAnnotation;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Edits;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;

/// P7: annotations and signature fields that draw over what was certified.
final class CertificationAbuse {
    private static final Rectangle PAGE = new Rectangle(0, 0, 595, 842);
    private static final Rectangle BLANK = new Rectangle(400, 600, 90, 40);
    private static final String PAINT = "1 g 0 0 595 842 re f";

    private final Attacks attacks = new Attacks("P7");
    private final Signing signing;

    private CertificationAbuse(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var abuse = new CertificationAbuse(signing);
        abuse.evilAnnotations();
        abuse.notPermitted();
        abuse.sneakyFields();
        abuse.sneakySignatures();
        return abuse.attacks.all();
    }

    private void evilAnnotations() {
        covering("free-text", () -> new PdfFreeTextAnnotation(PAGE, new PdfString("void")));
        covering("stamp", () -> new PdfStampAnnotation(PAGE));
        covering("square", () -> new PdfSquareAnnotation(PAGE));
        covering("circle", () -> new PdfCircleAnnotation(PAGE));
        covering("redaction", Expected.modified(CHANGE_NOT_PERMITTED), () -> new PdfRedactAnnotation(PAGE));
        covering("ink", () -> new PdfInkAnnotation(PAGE));
        covering("link", Expected.modified(CHANGE_NOT_PERMITTED), () -> new PdfLinkAnnotation(PAGE));
        covering("note", () -> new PdfTextAnnotation(PAGE));
        covering(
                "highlight",
                () -> PdfTextMarkupAnnotation.createHighLight(PAGE, new float[] {0, 842, 595, 842, 0, 0, 595, 0}));
        beside("stamp", () -> new PdfStampAnnotation(BLANK));
        beside("free-text", () -> new PdfFreeTextAnnotation(BLANK, new PdfString("900 000")));
        certified("note-with-a-script", Certification.P3, CHANGE_NOT_PERMITTED, document -> {
            var note = new PdfTextAnnotation(new Rectangle(400, 700, 20, 20));
            var script = new PdfDictionary();
            script.put(PdfName.S, PdfName.JavaScript);
            script.put(PdfName.JS, new PdfString("app.alert(1)"));
            note.getPdfObject().put(PdfName.A, script);
            document.getPage(1).addAnnotation(note);
        });
        certified("file-attached-to-the-page", Certification.P3, CHANGE_NOT_PERMITTED, document -> {
            var file = new PdfDictionary();
            file.put(PdfName.Subtype, PdfName.FileAttachment);
            file.put(PdfName.Rect, new PdfArray(new int[] {10, 10, 30, 30}));
            document.getPage(1).addAnnotation(PdfAnnotation.makeAnnotation(file));
        });
    }

    /// Hides nothing, and is nothing that was signed.
    private void beside(String name, Supplier<PdfAnnotation> annotation) {
        var expected = Expected.intactBut(Gap.NOT_ALL_CONTENT_COVERED);
        certified("evil-" + name + "-beside-what-was-signed", Certification.P3, expected, document -> {
            var evil = annotation.get();
            evil.setNormalAppearance(Edits.stream(document, PAINT));
            document.getPage(1).addAnnotation(-1, evil, false);
        });
    }

    /// Drawn with an appearance of its own, where comments are permitted.
    private void covering(String name, Supplier<PdfAnnotation> annotation) {
        covering(name, Expected.undecided(Integrity.UNKNOWN, Gap.CONTENT_OBSCURED), annotation);
    }

    private void covering(String name, Expected expected, Supplier<PdfAnnotation> annotation) {
        certified("evil-" + name + "-over-the-page", Certification.P3, expected, document -> {
            var evil = annotation.get();
            evil.setNormalAppearance(Edits.stream(document, PAINT));
            document.getPage(1).addAnnotation(-1, evil, false);
        });
    }

    private void notPermitted() {
        for (var certification : List.of(Certification.NONE, Certification.P1, Certification.P2)) {
            var under = certification.name().toLowerCase(Locale.ROOT);
            var expected = certification == Certification.NONE
                    ? Expected.intactBut(Gap.NOT_ALL_CONTENT_COVERED)
                    : Expected.modified(CHANGE_NOT_PERMITTED);
            certified("note-under-" + under, certification, expected, document -> document.getPage(1)
                    .addAnnotation(new PdfTextAnnotation(new Rectangle(400, 700, 20, 20)).setContents("seen")));
        }
        certified("form-filled-in-under-p1", Certification.P1, CHANGE_NOT_PERMITTED, document -> Edits.form(document)
                .getField("opinion")
                .setValue("agreed"));
        certified("check-box-under-p1", Certification.P1, CHANGE_NOT_PERMITTED, document -> Edits.form(document)
                .getField("agreed")
                .setValue("Yes", false));
        attacks.add(
                "signature-under-p1",
                "signed once more although the certification forbids every change",
                Expected.modified(CHANGE_NOT_PERMITTED),
                () -> Handmade.of(signing.cms(Party.OTHER_RSA)).field("second").on(signing.form(Certification.P1)));
    }

    private void sneakyFields() {
        for (var certification : List.of(Certification.NONE, Certification.P2, Certification.P3)) {
            var under = certification.name().toLowerCase(Locale.ROOT);
            var why = certification == Certification.NONE ? CONTENT_ADDED_AFTER_SIGNING : CHANGE_NOT_PERMITTED;
            widget("empty-signature-field-that-paints-" + under, certification, why, (d, w) -> {
                w.put(PdfName.FT, PdfName.Sig);
                w.put(PdfName.T, new PdfString("empty"));
            });
            widget("widget-without-a-field-" + under, certification, why, (d, w) -> {});
            widget(
                    "widget-for-the-old-signature-" + under,
                    certification,
                    why,
                    (d, w) -> w.put(PdfName.Parent, signedField(d)));
        }
        widget("new-text-field", Certification.P2, CHANGE_NOT_PERMITTED, (d, w) -> {
            w.put(PdfName.FT, PdfName.Tx);
            w.put(PdfName.T, new PdfString("total"));
            w.put(PdfName.V, new PdfString("900 000"));
        });
        certified("appearance-of-the-signature-changed", Certification.P2, CONTENT_REPLACED_AFTER_SIGNING, document -> {
            var field = signedField(document);
            field.put(PdfName.AP, Edits.appearance(document, PAINT));
            field.put(PdfName.Rect, new PdfArray(new int[] {0, 0, 595, 842}));
            field.setModified();
        });
    }

    private interface Kind {
        void of(PdfDocument document, PdfDictionary widget);
    }

    private void widget(String name, Certification certification, Flaw why, Kind kind) {
        certified(name, certification, why, document -> {
            var widget = new PdfDictionary();
            widget.put(PdfName.Type, PdfName.Annot);
            widget.put(PdfName.Subtype, PdfName.Widget);
            widget.put(PdfName.Rect, new PdfArray(new int[] {0, 0, 595, 842}));
            widget.put(PdfName.F, new PdfNumber(4));
            widget.put(PdfName.AP, Edits.appearance(document, PAINT));
            kind.of(document, widget);
            widget.makeIndirect(document);
            var page = document.getPage(1).getPdfObject();
            page.getAsArray(PdfName.Annots).add(widget);
            page.getAsArray(PdfName.Annots).setModified();
            page.setModified();
            if (widget.containsKey(PdfName.T)) {
                var form = Edits.form(document).getPdfObject();
                form.getAsArray(PdfName.Fields).add(widget);
                form.getAsArray(PdfName.Fields).setModified();
                form.setModified();
            }
        });
    }

    static PdfDictionary signedField(PdfDocument document) {
        return Edits.form(document).getField("authority").getPdfObject();
    }

    private void sneakySignatures() {
        for (var certification : List.of(Certification.NONE, Certification.P2, Certification.P3)) {
            attacks.add(
                    "signature-by-a-stranger-that-paints-the-page-"
                            + certification.name().toLowerCase(Locale.ROOT),
                    "signed once more, lawfully, by somebody whom we do not know, with an appearance over everything",
                    Expected.undecided(Integrity.UNKNOWN, Gap.NO_CERTIFICATE_CHAIN_FOUND, Gap.CONTENT_OBSCURED)
                            .atLeast(),
                    () -> painting(certification, Party.RSA_STRANGER));
        }
        attacks.add(
                "signature-that-paints-the-page",
                "signed once more, lawfully, by somebody whom we know, with an appearance over everything",
                Expected.undecided(Integrity.UNKNOWN, Gap.CONTENT_OBSCURED),
                () -> painting(Certification.P2, Party.OTHER_RSA));
    }

    private org.yinzheng.signing.DocumentBytes painting(Certification certification, Party party) {
        var form = signing.form(certification);
        var update = new Update(form);
        var appearance = update.addStream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]", PAINT);
        return Handmade.of(signing.cms(party))
                .field("second")
                .widget("/Rect[0 0 595 842]/F 4/AP<</N " + appearance + " 0 R>>")
                .on(update, Update.Listing.TABLE);
    }

    private void certified(String name, Certification certification, Flaw why, Consumer<PdfDocument> change) {
        certified(name, certification, Expected.modified(why), change);
    }

    private void certified(String name, Certification certification, Expected expected, Consumer<PdfDocument> change) {
        attacks.add(
                name,
                "a form signed with certification " + certification + ", then an update",
                expected,
                () -> Edits.byIText(signing.form(certification), change));
    }
}
