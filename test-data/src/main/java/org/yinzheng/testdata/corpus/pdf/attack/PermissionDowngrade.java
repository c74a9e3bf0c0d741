package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.CHANGE_NOT_PERMITTED;
import static org.yinzheng.signing.verdict.Flaw.PERMISSIONS_CHANGED;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfObject;
import com.itextpdf.kernel.pdf.PdfString;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Once;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Edits;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;

/// P8: what a signer permitted is taken away, relaxed, doubled, or got round by other names for fields.
final class PermissionDowngrade {
    private final Attacks attacks = new Attacks("P8");
    private final Signing signing;

    private PermissionDowngrade(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var downgrade = new PermissionDowngrade(signing);
        downgrade.permissions();
        downgrade.certifications();
        downgrade.locks();
        downgrade.fields();
        return downgrade.attacks.all();
    }

    private void permissions() {
        for (var certification : List.of(Certification.P1, Certification.P2)) {
            var under = certification.name().toLowerCase(Locale.ROOT);
            changed("permissions-removed-" + under, certification, PERMISSIONS_CHANGED, document -> {
                document.getCatalog().getPdfObject().remove(PdfName.Perms);
                document.getCatalog().getPdfObject().setModified();
            });
            changed(
                    "permissions-emptied-" + under,
                    certification,
                    PERMISSIONS_CHANGED,
                    document -> Edits.catalogEntry(document, "Perms", new PdfDictionary()));
        }
        changed("permissions-removed-and-form-filled-in", Certification.P1, PERMISSIONS_CHANGED, document -> {
            document.getCatalog().getPdfObject().remove(PdfName.Perms);
            document.getCatalog().getPdfObject().setModified();
            fill(document, "opinion");
        });
        changed("permissions-relaxed-and-form-filled-in", Certification.P1, PERMISSIONS_CHANGED, document -> {
            var value = CertificationAbuse.signedField(document).getAsDictionary(PdfName.V);
            value.getAsArray(new PdfName("Reference"))
                    .getAsDictionary(0)
                    .getAsDictionary(new PdfName("TransformParams"))
                    .put(PdfName.P, new PdfNumber(3));
            value.setModified();
            fill(document, "opinion");
        });
        changed("usage-rights-added", Certification.P2, PERMISSIONS_CHANGED, document -> {
            var permissions = document.getCatalog().getPdfObject().getAsDictionary(PdfName.Perms);
            permissions.put(
                    new PdfName("UR3"), CertificationAbuse.signedField(document).get(PdfName.V));
            permissions.setModified();
            document.getCatalog().getPdfObject().setModified();
        });
    }

    private void certifications() {
        attacks.add(
                "second-certification",
                "a second signature that certifies anew and permits more than the first",
                Expected.modified(PERMISSIONS_CHANGED),
                () -> certifiedAgain(signing.form(Certification.P2)));
        attacks.add(
                "certification-of-a-document-that-was-signed-before",
                "an approval first, then a signature that certifies",
                Expected.modified(PERMISSIONS_CHANGED),
                () -> certifiedAgain(signing.form(Certification.NONE)));
    }

    private DocumentBytes certifiedAgain(DocumentBytes form) {
        var update = new Update(form);
        update.put(update.root(), update.body(update.root()).replaceAll("/Perms\\s*<<.*?>>", ""));
        return Handmade.of(signing.cms(Party.OTHER_RSA))
                .field("second")
                .certifying(3)
                .on(update, Update.Listing.TABLE);
    }

    /// The form's author locks fields with the signature of `office`.
    private void locks() {
        for (var action : List.of("All", "Include", "Exclude")) {
            var locked = Once.of(() -> locked(action));
            var how = action.toLowerCase(Locale.ROOT);
            lock("locked-field-filled-in-" + how, CHANGE_NOT_PERMITTED, locked, document -> fill(document, "opinion"));
            lock("lock-removed-and-filled-in-" + how, PERMISSIONS_CHANGED, locked, document -> {
                office(document).remove(PdfName.Lock);
                office(document).setModified();
                fill(document, "opinion");
            });
            lock("locked-field-renamed-and-filled-in-" + how, CHANGE_NOT_PERMITTED, locked, document -> {
                var field = Edits.form(document).getField("opinion").getPdfObject();
                fill(document, "opinion");
                field.put(PdfName.T, new PdfString("remark2"));
                field.setModified();
            });
            lock("locked-field-below-a-new-parent-" + how, CHANGE_NOT_PERMITTED, locked, document -> {
                fill(document, "opinion");
                below(document, Edits.form(document).getField("opinion").getPdfObject());
            });
        }
    }

    private DocumentBytes locked(String action) {
        var locking = Edits.filled(Papers.form(), form -> {
            var lock = new PdfDictionary();
            lock.put(PdfName.Type, new PdfName("SigFieldLock"));
            lock.put(PdfName.Action, new PdfName(action));
            if (!action.equals("All")) {
                lock.put(PdfName.Fields, new PdfArray(new PdfString(action.equals("Include") ? "opinion" : "remark")));
            }
            form.getField("office").put(PdfName.Lock, lock);
        });
        return signing.signed(
                locking,
                signing.stamp("office", Party.RSA)
                        .showing(
                                signing.authority().picture(),
                                new org.yinzheng.signing.stamping.Place.AtField("office")));
    }

    private static PdfDictionary office(PdfDocument document) {
        return Edits.form(document).getField("office").getPdfObject();
    }

    private static void below(PdfDocument document, PdfDictionary field) {
        var parent = new PdfDictionary();
        parent.put(PdfName.T, new PdfString("group"));
        parent.put(PdfName.Kids, new PdfArray(List.<PdfObject>of(field)));
        parent.makeIndirect(document);
        field.put(PdfName.Parent, parent);
        field.setModified();
        var form = Edits.form(document).getPdfObject();
        var fields = form.getAsArray(PdfName.Fields);
        fields.remove(field);
        fields.remove(field.getIndirectReference());
        fields.add(parent);
        fields.setModified();
        form.setModified();
    }

    private void lock(String name, Flaw why, Once<DocumentBytes> locked, Consumer<PdfDocument> change) {
        attacks.add(
                name,
                "a form whose signature field locks others, signed, then an update",
                Expected.modified(why),
                () -> Edits.byIText(locked.get(), change));
    }

    private static void fill(PdfDocument document, String field) {
        Edits.form(document).getField(field).setValue("agreed");
    }

    private void fields() {
        field("field-renamed", field -> put(field, "T", new PdfString("other")));
        field("field-made-hidden", field -> put(field, "F", new PdfNumber(2)));
        field("field-moved", field -> put(field, "Rect", new PdfArray(new int[] {60, 600, 260, 700})));
        field("field-with-a-script", field -> {
            var script = new PdfDictionary();
            script.put(PdfName.S, PdfName.JavaScript);
            script.put(PdfName.JS, new PdfString("app.alert(1)"));
            var triggers = new PdfDictionary();
            triggers.put(new PdfName("K"), script);
            return put(field, "AA", triggers);
        });
        field("field-made-one-for-passwords", field -> put(field, "Ff", new PdfNumber(1 << 13)));
        field("field-of-another-type", field -> put(field, "FT", PdfName.Btn));
        field("field-shows-what-it-does-not-hold", field -> {
            var document = field.getIndirectReference().getDocument();
            return put(field, "AP", Edits.appearance(document, "BT /Helv 9 Tf 2 5 Td (900 000) Tj ET"));
        });
        changed("field-removed", Certification.P2, Flaw.SIGNATURE_DICTIONARY_CHANGED, document -> {
            var form = Edits.form(document).getPdfObject();
            var fields = form.getAsArray(PdfName.Fields);
            fields.remove(Edits.form(document).getField("remark").getPdfObject().getIndirectReference());
            fields.remove(0);
            fields.setModified();
            form.setModified();
        });
        changed("choices-changed", Certification.P2, CHANGE_NOT_PERMITTED, document -> {
            var field = Edits.form(document).getField("city").getPdfObject();
            field.put(PdfName.Opt, new PdfArray(new PdfString("Beiyuan")));
            field.setModified();
        });
        changed("viewers-told-to-draw-fields-anew", Certification.P2, CHANGE_NOT_PERMITTED, document -> {
            var form = Edits.form(document).getPdfObject();
            form.put(PdfName.NeedAppearances, com.itextpdf.kernel.pdf.PdfBoolean.TRUE);
            form.setModified();
        });
        attacks.add(
                "filled-in-field-filled-in-again",
                "a value that was signed as it was, without a certification that permits another",
                Expected.modified(CHANGE_NOT_PERMITTED),
                () -> {
                    var filled = Edits.byIText(Papers.form(), document -> fill(document, "opinion"));
                    var signed = signing.signed(filled, signing.stamp("authority", Party.RSA));
                    return Edits.filled(signed, form -> form.getField("opinion").setValue("refused"));
                });
    }

    private static PdfDictionary put(PdfDictionary field, String key, PdfObject value) {
        field.put(new PdfName(key), value);
        field.setModified();
        return field;
    }

    private void field(String name, UnaryOperator<PdfDictionary> change) {
        changed(name, Certification.P2, CHANGE_NOT_PERMITTED, document -> {
            var changed = change.apply(Edits.form(document).getField("opinion").getPdfObject());
            changed.setModified();
        });
    }

    private void changed(String name, Certification certification, Flaw why, Consumer<PdfDocument> change) {
        attacks.add(
                name,
                "a form signed with certification " + certification + ", then an update",
                Expected.modified(why),
                () -> Edits.byIText(signing.form(certification), change));
    }
}
