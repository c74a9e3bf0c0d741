package org.yinzheng.testdata.corpus.pdf.valid;

import static org.yinzheng.testdata.corpus.pdf.valid.Valid.word;

import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.kernel.pdf.annot.PdfTextAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfTextMarkupAnnotation;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Cut;
import org.yinzheng.testdata.corpus.pdf.Edits;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;
import org.yinzheng.testdata.corpus.pdf.Update.Listing;

/// What may lawfully happen to a document after it was signed.
final class LaterRevisions {
    private static final List<Certification> FILLABLE = List.of(Certification.NONE, Certification.P2, Certification.P3);

    private final Valid valid = new Valid();
    private final Signing signing;

    private LaterRevisions(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var later = new LaterRevisions(signing);
        later.filledIn();
        later.locked();
        later.commented();
        later.drawn();
        later.signed();
        later.evidence();
        later.nothing();
        return later.valid.all();
    }

    private void filledIn() {
        for (var certification : FILLABLE) {
            form(
                    "text-filled-in",
                    certification,
                    pdf -> Edits.filled(pdf, form -> form.getField("opinion").setValue("agreed as proposed")));
            form(
                    "box-ticked",
                    certification,
                    pdf -> Edits.filled(pdf, form -> form.getField("agreed").setValue("Yes", false)));
            form(
                    "choice-made",
                    certification,
                    pdf -> Edits.filled(pdf, form -> form.getField("city").setValue("Xiyuan")));
            form(
                    "filled-in-by-pdfbox",
                    certification,
                    pdf -> Edits.byPdfBox(pdf, document -> {
                        var field = document.getDocumentCatalog().getAcroForm().getField("opinion");
                        field.setValue("agreed");
                        field.getCOSObject().setNeedToBeUpdated(true);
                        var widget = field.getWidgets().getFirst();
                        widget.getAppearance().getCOSObject().setNeedToBeUpdated(true);
                        widget.getNormalAppearanceStream().getCOSObject().setNeedToBeUpdated(true);
                    }));
        }
        valid.add(
                "filled-in-twice",
                "a field filled in, and filled in again, where the certification permits it",
                () -> Edits.filled(
                        Edits.filled(signing.form(Certification.P2), form -> form.getField("opinion")
                                .setValue("agreed")),
                        form -> form.getField("opinion").setValue("refused")));
        valid.add(
                "filled-in-and-signed",
                "filled in, then signed by another",
                () -> signing.signed(
                        Edits.filled(signing.form(Certification.P2), form -> form.getField("opinion")
                                .setValue("agreed")),
                        signing.stamp("second", Party.OTHER_SM2)));
    }

    private void form(String name, Certification certification, UnaryOperator<DocumentBytes> change) {
        valid.add(
                name + "-" + word(certification),
                "a form signed with certification " + certification + ", then filled in",
                () -> change.apply(signing.form(certification)));
    }

    private void locked() {
        valid.add("unlocked-field-filled-in", "the signature locks one field; another is filled in", () -> {
            var locking = Edits.filled(Papers.form(), form -> {
                var lock = new PdfDictionary();
                lock.put(PdfName.Type, new PdfName("SigFieldLock"));
                lock.put(PdfName.Action, new PdfName("Include"));
                lock.put(PdfName.Fields, new PdfArray(new PdfString("opinion")));
                form.getField("office").put(PdfName.Lock, lock);
            });
            var signed = signing.signed(
                    locking,
                    signing.stamp("office", Party.RSA)
                            .showing(
                                    signing.authority().picture(),
                                    new org.yinzheng.signing.stamping.Place.AtField("office")));
            return Edits.filled(signed, form -> form.getField("remark").setValue("none"));
        });
    }

    private void commented() {
        var form = Certification.P3;
        valid.add(
                "note",
                "a note where notes are permitted",
                () -> Edits.annotated(
                        signing.form(form),
                        new PdfTextAnnotation(new Rectangle(400, 700, 20, 20)).setContents("seen")));
        valid.add(
                "highlight",
                "a line marked where marks are permitted",
                () -> Edits.annotated(
                        signing.form(form),
                        PdfTextMarkupAnnotation.createHighLight(
                                new Rectangle(60, 60, 100, 20), new float[] {60, 80, 160, 80, 60, 60, 160, 60})));
    }

    /// With appearances of their own, as programs write them.
    private void drawn() {
        var quad = "/Rect[60 60 160 80]/QuadPoints[60 80 160 80 60 60 160 60]";
        drawn("highlight-drawn", "/Subtype/Highlight" + quad, "/M gs 1 .8 0 rg 0 0 100 20 re f");
        drawn("underline-drawn", "/Subtype/Underline" + quad, "0 .6 0 RG 0 1 m 100 1 l S");
        drawn("note-drawn", "/Subtype/Text/Rect[400 600 420 620]", "1 1 0 rg 0 0 20 20 re f");
    }

    private void drawn(String name, String entries, String drawing) {
        valid.add(name, "a mark that brings its own appearance, where marks are permitted", () -> {
            var update = new Update(signing.form(Certification.P3));
            var appearance = update.addStream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</ExtGState<</M<</BM/Multiply>>>>>>",
                    drawing);
            var mark = update.add("<</Type/Annot/F 4" + entries + "/AP<</N " + appearance + " 0 R>>>>");
            var page = update.body(update.page());
            update.put(update.page(), page.replaceFirst("(/Annots\\s*\\[[^\\]]*)\\]", "$1 " + mark + " 0 R]"));
            return update.write();
        });
    }

    private void signed() {
        for (var certification : FILLABLE) {
            form("second-signature", certification, pdf -> signing.signed(pdf, signing.stamp("second", Party.SM2)));
            form("second-signature-by-hand", certification, pdf -> Handmade.of(signing.cms(Party.OTHER_RSA))
                    .field("second")
                    .on(pdf));
            form(
                    "second-signature-seen",
                    certification,
                    pdf -> signing.signed(pdf, signing.visible("second", Party.SM2)));
        }
        form(
                "form-field-signed",
                Certification.P2,
                pdf -> signing.signed(
                        pdf,
                        signing.stamp("office", Party.OTHER_RSA)
                                .showing(
                                        signing.authority().picture(),
                                        new org.yinzheng.signing.stamping.Place.AtField("office"))));
    }

    private void evidence() {
        for (var certification : Certification.values()) {
            form("evidence-added", certification, this::evidence);
            form("document-timestamp-added", certification, this::timestamped);
        }
        valid.add(
                "evidence-and-timestamp-added-twice",
                "evidence, a document timestamp, and both again",
                () -> timestamped(evidence(timestamped(evidence(signing.licence.get())))));
        valid.add(
                "archived-at-last",
                "a level LTA signature behind one of level B",
                () -> signing.signed(signing.alone.get(), signing.stamp("second", Party.OTHER_RSA, Level.LTA)));
    }

    /// A document security store with an entry for the last signature (ISO 32000-2 §12.8.4.3).
    private DocumentBytes evidence(DocumentBytes pdf) {
        var update = new Update(pdf);
        var certificate = new String(
                Certificates.der(signing.authority().issuing(Suite.RSA_SHA256).certificate()),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        var list = new String(
                Certificates.der(signing.authority().crls().get(2)), java.nio.charset.StandardCharsets.ISO_8859_1);
        var one = update.addStream("", certificate);
        var other = update.addStream("", list);
        var key = HexFormat.of().withUpperCase().formatHex(new byte[20]);
        var store = update.add("<</Type/DSS/Certs[" + one + " 0 R]/CRLs[" + other + " 0 R]/VRI<</" + key + "<</Cert["
                + one + " 0 R]/CRL[" + other + " 0 R]>>>>>>");
        update.put(update.root(), update.body(update.root()).replaceAll("/DSS \\d+ 0 R", ""));
        return update.extend(update.root(), "/DSS " + store + " 0 R").write();
    }

    private DocumentBytes timestamped(DocumentBytes pdf) {
        return Handmade.of(bytes -> signing.authority()
                        .timestamps(CorpusAuthority.SIGNED)
                        .token(DocumentBytes.of(bytes), Suite.RSA_SHA256)
                        .toByteArray())
                .field("time-" + pdf.size())
                .type("/Type/DocTimeStamp")
                .subFilter("ETSI.RFC3161")
                .entries("")
                .on(pdf);
    }

    private void nothing() {
        for (var listing : List.of(Listing.TABLE, Listing.STREAM, Listing.COMPRESSED)) {
            valid.add("page-written-again-as-it-was-" + word(listing), "an update without any change", () -> {
                var update = new Update(signing.licence.get());
                return update.put(update.page(), update.body(update.page())).write(listing);
            });
        }
        valid.add("time-of-change-set", "an update of nothing but the time of the last change", () -> {
            var update = new Update(signing.alone.get());
            return update.put(
                            update.info(),
                            update.body(update.info()).replaceAll("/ModDate\\([^)]*\\)", "/ModDate(D:20261121090000Z)"))
                    .write();
        });
        valid.add("line-ends-behind", "a few line ends behind the last marker", () -> Cut.of(signing.licence.get())
                .append("\r\n\n \n")
                .bytes());
        valid.add(
                "saved-by-itext",
                "opened and saved by iText as an update",
                () -> Edits.byIText(signing.alone.get(), document -> {}));
        valid.add(
                "saved-by-pdfbox",
                "opened and saved by PDFBox as an update",
                () -> Edits.byPdfBox(signing.alone.get(), document -> {}));
    }
}
