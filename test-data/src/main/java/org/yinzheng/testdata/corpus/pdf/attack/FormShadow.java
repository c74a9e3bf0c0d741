package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.CHANGE_NOT_PERMITTED;
import static org.yinzheng.signing.verdict.Flaw.CONTENT_REPLACED_AFTER_SIGNING;

import java.util.List;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Once;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;

/// P5 by forms: a field was prepared before anybody signed, and what it shows is exchanged, laid over the page, or
/// drawn into it afterwards.
final class FormShadow {
    private static final String SHOWN = "BT /F1 12 Tf 2 5 Td (100 000) Tj ET";
    private static final String OVERLAY = "1 g 0 0 595 542 re f 0 g BT /F1 20 Tf 80 300 Td (Capital: 900 000) Tj ET";

    private final Attacks attacks = new Attacks("P5");
    private final Once<DocumentBytes> prepared;

    private FormShadow(Signing signing) {
        prepared = Once.of(() -> signing.signed(prepared(), signing.stamp("authority", Party.RSA)));
    }

    static List<Specimen> of(Signing signing) {
        var shadow = new FormShadow(signing);
        shadow.exchanged();
        shadow.laidOver();
        return shadow.attacks.all();
    }

    /// A field with a value that it shows, and a blank one that reaches over what the page says.
    private static DocumentBytes prepared() {
        var update = new Update(Papers.licence());
        var font = update.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        var picture = update.addStream(
                "/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Sum true/Resources<</Font<</F1 " + font + " 0 R>>>>",
                SHOWN);
        var field = "<</Type/Annot/Subtype/Widget/FT/Tx/F 4/DA(/F1 12 Tf 0 g)/P " + update.page() + " 0 R";
        var sum = update.add(field + "/T(sum)/Rect[60 60 260 80]/V(100 000)/AP<</N " + picture + " 0 R>>>>");
        var over = update.add(field + "/T(over)/Rect[0 300 595 842]/Letters " + font + " 0 R>>");
        update.extend(update.root(), "/AcroForm<</Fields[" + sum + " 0 R " + over + " 0 R]>>");
        update.extend(update.page(), "/Annots[" + sum + " 0 R " + over + " 0 R]");
        return update.write();
    }

    private void exchanged() {
        form(
                "appearance-exchanged-under-its-value",
                Expected.modified(CHANGE_NOT_PERMITTED),
                update -> update.replace(update.holding("/Sum true"), "(100 000)", "(900 000)"));
        form(
                "value-and-appearance-exchanged-in-place",
                Expected.modified(CHANGE_NOT_PERMITTED),
                update -> update.replace(update.holding("/Sum true"), "(100 000)", "(900 000)")
                        .replace(update.holding("/T(sum)"), "/V(100 000)", "/V(900 000)"));
        form(
                "field-moved",
                Expected.modified(CHANGE_NOT_PERMITTED),
                update -> update.replace(update.holding("/T(sum)"), "/Rect[60 60 260 80]", "/Rect[60 660 260 680]"));
        form(
                "field-hidden",
                Expected.modified(CHANGE_NOT_PERMITTED),
                update -> update.replace(update.holding("/T(sum)"), "/F 4", "/F 2"));
    }

    private void laidOver() {
        form(
                "blank-field-filled-over-the-page",
                Expected.undecided(Integrity.UNKNOWN, Gap.CONTENT_OBSCURED),
                update -> {
                    var over = update.holding("/T(over)");
                    var letters = update.referred(over, "Letters");
                    var picture = update.addStream(
                            "/Type/XObject/Subtype/Form/BBox[0 0 595 542]/Resources<</Font<</F1 " + letters
                                    + " 0 R>>>>",
                            OVERLAY);
                    return update.extend(over, "/V(Capital: 900 000)/AP<</N " + picture + " 0 R>>");
                });
        form("flattened-with-another-value", Expected.modified(CONTENT_REPLACED_AFTER_SIGNING), update -> {
            var content = update.referred(update.page(), "Contents");
            var drawn = update.addStream("", "q 1 0 0 1 60 60 cm 0 0 200 20 re f Q");
            update.replace(
                    update.page(), "/Contents " + content + " 0 R", "/Contents[" + content + " 0 R " + drawn + " 0 R]");
            return update.replace(update.holding("/T(sum)"), "/F 4", "/F 2");
        });
    }

    private void form(String name, Expected expected, UnaryOperator<Update> change) {
        attacks.add(
                "form-" + name,
                "signed with two fields of a form, then an update that the signer did not see",
                expected,
                () -> change.apply(new Update(prepared.get())).write());
    }
}
