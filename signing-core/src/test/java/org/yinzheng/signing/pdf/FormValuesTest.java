package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;

/// Text fields that were prepared, before anybody signed, to show another text than their value.
class FormValuesTest {
    private static final Ages AGES = new Ages();
    private static final String PLAIN = "/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding";
    private static final String SHOWN = "/Tx BMC q BT /F1 12 Tf 2 5 Td (900 000) Tj ET Q EMC";

    private static DocumentBytes signed(String field, String font, String drawing) {
        var increment = new Increment(Samples.page(false));
        var widget = increment.fresh();
        var picture = increment.fresh();
        var letters = increment.fresh();
        increment
                .put(letters, "<</Type/Font" + font + ">>")
                .put(
                        picture,
                        "<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 " + letters
                                + " 0 R>>>>/Length " + drawing.length() + ">>\nstream\n" + drawing + "\nendstream")
                .put(
                        widget,
                        "<</Type/Annot/Subtype/Widget/FT/Tx/T(total)/Rect[60 60 260 80]/F 4/AP<</N " + picture
                                + " 0 R>>" + field + ">>")
                .put(
                        increment.root(),
                        increment
                                .body(increment.root())
                                .replaceFirst("<<", "<</AcroForm<</Fields[" + widget + " 0 R]>>"))
                .put(
                        increment.page(),
                        increment.body(increment.page()).replaceFirst("<<", "<</Annots[" + widget + " 0 R]"));
        return AGES.stamped(
                increment.write(),
                AGES.stamp("authority", Suite.RSA_SHA256, Level.B).accepting(Warning.Kind.ACTIVE_CONTENT));
    }

    @Test
    void fieldThatShowsAnotherNumberThanItsValue_isTold() {
        for (var font : new String[] {PLAIN, "/Subtype/Type1/BaseFont/Helvetica"}) {
            var report = AGES.verify(signed("/V(100 000)", font, SHOWN));
            assertThat(report.reasons()).as("%s", Ages.checks(report)).containsExactly(Gap.FORM_VALUE_DIFFERS);
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        }
    }

    @Test
    void fieldThatShowsItsValue_passes() {
        for (var value : new String[] {"/V(900 000)", "/V(900000)", "/V(900,000.)", "/V(1 900 000)", "/V()", ""}) {
            LongTermTest.assertPasses(AGES.verify(signed(value, PLAIN, SHOWN)), value);
        }
    }

    @Test
    void whatIsShownAndCannotBeCertain_isNotJudged() {
        for (var field : new String[] {
            "/V(100)/Ff 4096",
            "/V(100)/Ff 8192",
            "/V(100)/Ff 16777216",
            "/V(100)/AA<</F<</S/JavaScript/JS(AFNumber_Format)>>>>",
            "/V<FEFF4E00>"
        }) {
            LongTermTest.assertPasses(AGES.verify(signed(field, PLAIN, SHOWN)), field);
        }
        for (var font : new String[] {
            "/Subtype/TrueType/BaseFont/AAAAAA+Some/FontDescriptor<<>>",
            "/Subtype/Type1/BaseFont/Symbol",
            "/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[57/one]>>"
        }) {
            LongTermTest.assertPasses(AGES.verify(signed("/V(100)", font, SHOWN)), font);
        }
        LongTermTest.assertPasses(AGES.verify(signed("/V(100)", PLAIN, SHOWN + " /Im0 Do")), "a picture");
    }
}
