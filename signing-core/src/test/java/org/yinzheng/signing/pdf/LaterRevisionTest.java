package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.kernel.pdf.annot.PdfAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfFreeTextAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfStampAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfTextAnnotation;
import com.itextpdf.kernel.pdf.annot.PdfTextMarkupAnnotation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// What may happen to a document after it was signed, and what may not.
class LaterRevisionTest {
    private static final Ages AGES = new Ages();
    private static final DocumentBytes FORM = Forms.form();
    private static final List<Certification> FILLABLE = List.of(Certification.NONE, Certification.P2, Certification.P3);

    private static DocumentBytes signed(Certification certification) {
        return AGES.stamped(
                FORM, AGES.stamp("authority", Suite.RSA_SHA256, Level.B).certifying(certification));
    }

    @Test
    void formFilledIn_passesWherePermitted() {
        for (var certification : FILLABLE) {
            var signed = signed(certification);
            var text = Forms.filled(signed, form -> form.getField("opinion").setValue("agreed as proposed"));
            LongTermTest.assertPasses(AGES.verify(text), "text " + certification);
            assertThat(Ages.checks(AGES.verify(text)).toString()).contains("field opinion was filled in");
            var box = Forms.filled(signed, form -> form.getField("agreed").setValue("Yes", false));
            LongTermTest.assertPasses(AGES.verify(box), "check box " + certification);
        }
    }

    @Test
    void formFilledInByPdfBox_passesWherePermitted() {
        for (var certification : FILLABLE) {
            var filled = Forms.updatedByPdfBox(signed(certification), document -> {
                var field = document.getDocumentCatalog().getAcroForm().getField("opinion");
                field.setValue("agreed");
                field.getCOSObject().setNeedToBeUpdated(true);
                field.getWidgets().getFirst().getAppearance().getCOSObject().setNeedToBeUpdated(true);
                field.getWidgets()
                        .getFirst()
                        .getNormalAppearanceStream()
                        .getCOSObject()
                        .setNeedToBeUpdated(true);
            });
            LongTermTest.assertPasses(AGES.verify(filled), certification.name());
        }
    }

    @Test
    void formFilledInUnderP1_fails() {
        assertFails(Flaw.CHANGE_NOT_PERMITTED, Forms.filled(signed(Certification.P1), form -> form.getField("opinion")
                .setValue("agreed")));
    }

    @Test
    void secondSignature_passesWherePermittedAndFailsUnderP1() {
        for (var certification : FILLABLE) {
            var both = new ITextPades(AGES).signed(signed(certification), "second", Level.B);
            LongTermTest.assertPasses(AGES.verify(both), certification.name());
            var inField = new ITextPades(AGES).signed(signed(certification), "office", Level.B);
            LongTermTest.assertPasses(AGES.verify(inField), certification.name());
        }
        // written by hand: honest programs refuse
        var forged = Forms.updated(signed(Certification.P1), document -> {
            var field = new PdfDictionary();
            var value = new PdfDictionary();
            value.put(PdfName.ByteRange, new PdfArray(new int[] {0, 1, 2, 3}));
            value.put(PdfName.Contents, new PdfString("x").setHexWriting(true));
            value.put(PdfName.SubFilter, PdfName.ETSI_CAdES_DETACHED);
            field.put(PdfName.FT, PdfName.Sig);
            field.put(PdfName.T, new PdfString("second"));
            field.put(PdfName.V, value);
            addField(document, field);
        });
        assertFails(Flaw.CHANGE_NOT_PERMITTED, forged);
    }

    @Test
    void secondSignatureWithAPictureOfThePagesSize_isToBeLookedAt() {
        var large = new org.yinzheng.signing.seal.SealPicture(Samples.seal().png(), 200, 280);
        for (var certification : FILLABLE) {
            var second = AGES.stamp("second", Suite.RSA_SHA256, Level.B)
                    .showing(large, new org.yinzheng.signing.stamping.Place.OnPage(1, 105, 148));
            var report = AGES.verify(AGES.stamped(signed(certification), second));
            assertThat(report.integrity()).isEqualTo(org.yinzheng.signing.verdict.Integrity.UNKNOWN);
            assertThat(report.reasons()).containsExactly(org.yinzheng.signing.verdict.Gap.CONTENT_OBSCURED);
        }
    }

    @Test
    void evidenceAndDocumentTimestamp_passEvenUnderP1() {
        for (var certification : Certification.values()) {
            var prolonged = new ITextPades(AGES).prolonged(signed(certification));
            LongTermTest.assertPasses(AGES.verify(prolonged), certification.name());
        }
    }

    @Test
    void evidenceThatAlsoSwapsThePage_fails() {
        for (var certification : Certification.values()) {
            var signed = signed(certification);
            var swapped = Forms.updated(signed, document -> {
                addStore(document);
                document.getPage(1).put(PdfName.Contents, stream(document, "0 0 400 600 re f"));
            });
            assertFails(Flaw.CONTENT_REPLACED_AFTER_SIGNING, swapped);
            var inPlace = Forms.updated(signed, document -> {
                addStore(document);
                document.getPage(1).getContentStream(0).setData("0 0 400 600 re f".getBytes(StandardCharsets.US_ASCII));
                document.getPage(1).getContentStream(0).setModified();
            });
            assertFails(Flaw.CONTENT_REPLACED_AFTER_SIGNING, inPlace);
        }
    }

    @Test
    void storeThatHoldsAnObjectOfThePage_fails() {
        var signed = signed(Certification.NONE);
        var reused = Forms.updated(signed, document -> {
            var content = document.getPage(1).getContentStream(0);
            addStore(document);
            document.getCatalog()
                    .getPdfObject()
                    .getAsDictionary(new PdfName("DSS"))
                    .put(new PdfName("Certs"), new PdfArray(content.getIndirectReference()));
            content.setData("0 0 400 600 re f".getBytes(StandardCharsets.US_ASCII));
            content.setModified();
        });
        assertFails(Flaw.CONTENT_REPLACED_AFTER_SIGNING, reused);
    }

    @Test
    void filledFormThatAlsoChangesASignedWidget_fails() {
        var stamp = AGES.stamp("authority", Suite.RSA_SHA256, Level.B)
                .showing(Samples.seal(), new org.yinzheng.signing.stamping.Place.OnPage(1, 141, 221));
        for (var certification : FILLABLE) {
            var signed = AGES.stamped(FORM, stamp.certifying(certification));
            for (var key : List.of(PdfName.AP, PdfName.Rect, PdfName.F)) {
                assertFails(Flaw.CONTENT_REPLACED_AFTER_SIGNING, Forms.filled(signed, form -> {
                    form.getField("opinion").setValue("agreed");
                    var widget =
                            form.getField("authority").getWidgets().getFirst().getPdfObject();
                    if (key.equals(PdfName.AP)) {
                        var appearance = new PdfDictionary();
                        appearance.put(PdfName.N, stream(form.getPdfDocument(), "0 0 100 100 re f"));
                        widget.put(key, appearance);
                    } else if (key.equals(PdfName.Rect)) {
                        widget.put(key, new PdfArray(new int[] {0, 0, 500, 700}));
                    } else {
                        widget.put(key, new PdfNumber(2));
                    }
                    widget.setModified();
                }));
            }
        }
    }

    @Test
    void filledFieldThatGrowsOrShowsAPicture_fails() {
        for (var certification : FILLABLE) {
            var signed = signed(certification);
            assertFails(Flaw.CHANGE_NOT_PERMITTED, Forms.filled(signed, form -> {
                var widget = form.getField("opinion").getWidgets().getFirst().getPdfObject();
                widget.put(PdfName.Rect, new PdfArray(new int[] {0, 0, 595, 842}));
                form.getField("opinion").setValue("agreed");
                widget.setModified();
            }));
            assertFails(Flaw.CHANGE_NOT_PERMITTED, Forms.filled(signed, form -> {
                form.getField("opinion").setValue("agreed");
                var widget = form.getField("opinion").getWidgets().getFirst().getPdfObject();
                var picture = stream(form.getPdfDocument(), "/Other Do");
                var objects = new PdfDictionary();
                objects.put(new PdfName("Other"), stream(form.getPdfDocument(), "0 0 100 100 re f"));
                var resources = new PdfDictionary();
                resources.put(PdfName.XObject, objects);
                picture.put(PdfName.Resources, resources);
                var appearance = new PdfDictionary();
                appearance.put(PdfName.N, picture);
                widget.put(PdfName.AP, appearance);
                widget.setModified();
            }));
        }
    }

    @Test
    void appearanceChangedWithoutTheValue_fails() {
        for (var certification : FILLABLE) {
            var filled = Forms.filled(FORM, form -> form.getField("opinion").setValue("100"));
            var signed = AGES.stamped(
                    filled, AGES.stamp("authority", Suite.RSA_SHA256, Level.B).certifying(certification));
            assertFails(Flaw.CHANGE_NOT_PERMITTED, Forms.filled(signed, form -> {
                var widget = form.getField("opinion").getWidgets().getFirst().getPdfObject();
                var appearance = new PdfDictionary();
                appearance.put(PdfName.N, stream(form.getPdfDocument(), "BT (900) Tj ET"));
                widget.put(PdfName.AP, appearance);
                widget.setModified();
            }));
        }
    }

    @Test
    void filledFieldFilledInAgain_passesOnlyWhereTheCertificationPermits() {
        var filled = Forms.filled(FORM, form -> form.getField("opinion").setValue("100"));
        for (var certification : FILLABLE) {
            var signed = AGES.stamped(
                    filled, AGES.stamp("authority", Suite.RSA_SHA256, Level.B).certifying(certification));
            var again = Forms.filled(signed, form -> form.getField("opinion").setValue("900"));
            if (certification == Certification.NONE) {
                assertFails(Flaw.CHANGE_NOT_PERMITTED, again);
            } else {
                LongTermTest.assertPasses(AGES.verify(again), certification.name());
            }
        }
    }

    @Test
    void checkBoxInAStateThatWasNeverDrawn_fails() {
        assertFails(Flaw.CHANGE_NOT_PERMITTED, Forms.filled(signed(Certification.NONE), form -> {
            var widget = form.getField("agreed").getWidgets().getFirst().getPdfObject();
            var appearance = new PdfDictionary();
            var states = new PdfDictionary();
            states.put(new PdfName("No"), stream(form.getPdfDocument(), "0 0 100 100 re f"));
            appearance.put(PdfName.N, states);
            widget.put(PdfName.AP, appearance);
            widget.put(PdfName.AS, new PdfName("No"));
            widget.setModified();
        }));
    }

    @Test
    void fieldThatTheSignatureLocks_mayNotBeFilledIn_andOthersMay() {
        for (var action : List.of("All", "Include", "Exclude")) {
            var lock = new PdfDictionary();
            lock.put(PdfName.Type, new PdfName("SigFieldLock"));
            lock.put(PdfName.Action, new PdfName(action));
            if (!action.equals("All")) {
                lock.put(PdfName.Fields, new PdfArray(new PdfString(action.equals("Include") ? "opinion" : "remark")));
            }
            var locking = Forms.filled(FORM, form -> form.getField("office").put(new PdfName("Lock"), lock));
            var signed = new ITextPades(AGES).signed(locking, "office", Level.B);
            LongTermTest.assertPasses(AGES.verify(signed), action);
            assertFails(Flaw.CHANGE_NOT_PERMITTED, Forms.filled(signed, form -> form.getField("opinion")
                    .setValue("agreed")));
            var other = Forms.filled(signed, form -> form.getField("remark").setValue("none"));
            if (action.equals("All")) {
                assertFails(Flaw.CHANGE_NOT_PERMITTED, other);
            } else {
                LongTermTest.assertPasses(AGES.verify(other), action);
            }
        }
    }

    @Test
    void locksAndPermissionsTakenAwayLater_stillHold() {
        assertFails(Flaw.PERMISSIONS_CHANGED, Forms.filled(signed(Certification.P1), form -> {
            form.getPdfDocument().getCatalog().getPdfObject().remove(PdfName.Perms);
            form.getPdfDocument().getCatalog().getPdfObject().setModified();
            form.getField("opinion").setValue("agreed");
        }));
        assertFails(Flaw.PERMISSIONS_CHANGED, Forms.updated(signed(Certification.P2), document -> {
            document.getCatalog().getPdfObject().remove(PdfName.Perms);
            document.getCatalog().getPdfObject().setModified();
        }));
    }

    @Test
    void note_passesUnderP3Only() {
        for (var certification : Certification.values()) {
            var noted = annotated(
                    signed(certification), new PdfTextAnnotation(new Rectangle(400, 700, 20, 20)).setContents("seen"));
            var marked = annotated(
                    signed(certification),
                    PdfTextMarkupAnnotation.createHighLight(
                            new Rectangle(60, 60, 100, 20), new float[] {60, 80, 160, 80, 60, 60, 160, 60}));
            if (certification == Certification.P3) {
                LongTermTest.assertPasses(AGES.verify(noted), "note");
                LongTermTest.assertPasses(AGES.verify(marked), "highlight");
            } else if (certification == Certification.NONE) {
                for (var one : List.of(noted, marked)) {
                    assertThat(AGES.verify(one).reasons()).containsExactly(Gap.NOT_ALL_CONTENT_COVERED);
                    assertThat(AGES.verify(one).integrity()).isEqualTo(Integrity.INTACT);
                }
            } else {
                assertFails(Flaw.CHANGE_NOT_PERMITTED, noted);
                assertFails(Flaw.CHANGE_NOT_PERMITTED, marked);
            }
        }
    }

    @Test
    void annotationThatCoversThePage_neverPasses() {
        for (var certification : Certification.values()) {
            var signed = signed(certification);
            var whole = new Rectangle(0, 0, 595, 842);
            for (var covered : List.of(
                    annotated(signed, new PdfStampAnnotation(whole)),
                    annotated(signed, new PdfFreeTextAnnotation(whole, new PdfString("void"))),
                    Forms.updated(signed, document -> {
                        var note = new PdfTextAnnotation(whole);
                        note.setNormalAppearance(stream(document, "0 0 595 842 re f"));
                        document.getPage(1).addAnnotation(note);
                    }))) {
                switch (certification) {
                    case P3 -> {
                        assertThat(AGES.verify(covered).reasons()).containsExactly(Gap.CONTENT_OBSCURED);
                        assertThat(AGES.verify(covered).integrity()).isEqualTo(Integrity.UNKNOWN);
                    }
                    case NONE -> assertFails(Flaw.CONTENT_ADDED_AFTER_SIGNING, covered);
                    default -> assertFails(Flaw.CHANGE_NOT_PERMITTED, covered);
                }
            }
        }
    }

    @Test
    void noteWithAnAction_failsUnderP3() {
        var note = new PdfTextAnnotation(new Rectangle(400, 700, 20, 20));
        var script = new PdfDictionary();
        script.put(PdfName.S, PdfName.JavaScript);
        script.put(PdfName.JS, new PdfString("app.alert(1)"));
        note.getPdfObject().put(PdfName.A, script);
        assertFails(Flaw.CHANGE_NOT_PERMITTED, annotated(signed(Certification.P3), note));
    }

    private static DocumentBytes annotated(DocumentBytes pdf, PdfAnnotation annotation) {
        return Forms.updated(pdf, document -> document.getPage(1).addAnnotation(-1, annotation, false));
    }

    @Test
    void widgetAddedToAnOldSignature_fails() {
        for (var certification : FILLABLE) {
            var flaw =
                    certification == Certification.NONE ? Flaw.CONTENT_ADDED_AFTER_SIGNING : Flaw.CHANGE_NOT_PERMITTED;
            assertFails(flaw, Forms.updated(signed(certification), document -> {
                var value = signedField(document).get(PdfName.V);
                addWidget(document, widget -> {
                    widget.put(PdfName.FT, PdfName.Sig);
                    widget.put(PdfName.T, new PdfString("looks-new"));
                    widget.put(PdfName.V, value);
                });
            }));
            assertFails(
                    flaw,
                    Forms.updated(
                            signed(certification),
                            document -> addWidget(document, widget -> {
                                widget.put(PdfName.FT, PdfName.Sig);
                                widget.put(PdfName.T, new PdfString("a-copy"));
                                var copy =
                                        new PdfDictionary(signedField(document).getAsDictionary(PdfName.V));
                                copy.makeIndirect(document);
                                widget.put(PdfName.V, copy);
                            })));
            assertFails(
                    flaw,
                    Forms.updated(
                            signed(certification),
                            document ->
                                    addWidget(document, widget -> widget.put(PdfName.Parent, signedField(document)))));
        }
    }

    private static PdfDictionary signedField(PdfDocument document) {
        var fields = document.getCatalog()
                .getPdfObject()
                .getAsDictionary(PdfName.AcroForm)
                .getAsArray(PdfName.Fields);
        for (int i = 0; i < fields.size(); i++) {
            if (PdfName.Sig.equals(fields.getAsDictionary(i).getAsName(PdfName.FT))
                    && fields.getAsDictionary(i).containsKey(PdfName.V)) {
                return fields.getAsDictionary(i);
            }
        }
        throw new AssertionError("the document is signed");
    }

    /// One that covers the page with what nobody signed.
    private static void addWidget(PdfDocument document, Consumer<PdfDictionary> kind) {
        var widget = new PdfDictionary();
        widget.put(PdfName.Type, PdfName.Annot);
        widget.put(PdfName.Subtype, PdfName.Widget);
        widget.put(PdfName.Rect, new PdfArray(new int[] {0, 0, 500, 700}));
        widget.put(PdfName.F, new PdfNumber(4));
        var states = new PdfDictionary();
        states.put(PdfName.N, stream(document, "0 0 500 700 re f"));
        widget.put(PdfName.AP, states);
        kind.accept(widget);
        widget.makeIndirect(document);
        var page = document.getPage(1).getPdfObject();
        var annotations = page.getAsArray(PdfName.Annots);
        annotations.add(widget);
        annotations.setModified();
        page.setModified();
    }

    private static void addStore(PdfDocument document) {
        var store = new PdfDictionary();
        store.put(PdfName.Type, new PdfName("DSS"));
        store.makeIndirect(document);
        document.getCatalog().put(new PdfName("DSS"), store);
        document.getCatalog().getPdfObject().setModified();
    }

    private static void addField(PdfDocument document, PdfDictionary field) {
        field.makeIndirect(document);
        var form = document.getCatalog().getPdfObject().getAsDictionary(PdfName.AcroForm);
        form.getAsArray(PdfName.Fields).add(field);
        form.getAsArray(PdfName.Fields).setModified();
        form.setModified();
    }

    private static PdfStream stream(PdfDocument document, String content) {
        var stream = new PdfStream(content.getBytes(StandardCharsets.US_ASCII));
        stream.makeIndirect(document);
        return stream;
    }

    private static void assertFails(Flaw flaw, DocumentBytes pdf) {
        var report = (Report.Judged) AGES.verify(pdf);
        assertThat(report.indication()).as("%s", Ages.checks(report)).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
        assertThat(report.reasons()).as("%s", Ages.checks(report)).contains(flaw);
    }
}
