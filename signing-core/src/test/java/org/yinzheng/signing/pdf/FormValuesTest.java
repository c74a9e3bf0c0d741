package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;

/// Fields that were prepared, before anybody signed, to show another text than their value.
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
                        "<</Type/Annot/Subtype/Widget/T(total)/Rect[60 60 260 80]/F 4/AP<</N " + picture + " 0 R>>"
                                + (field.contains("/FT") ? field : "/FT/Tx" + field) + ">>")
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
    void dropDownListThatShowsAnotherOptionThanItsValue_isTold() {
        for (var field : new String[] {
            "/V(100 000)/Opt[(100 000)(900 000)]",
            "/V(100 000)/Opt[(100 000)(900 000)]/I[1]", // the value prevails
            "/V(a)/Opt[[(a)(100 000)][(b)(900 000)]]",
            "/V[(a)]/Opt[[(a)(100 000)][(b)(900 000)]]",
            "/V(a)"
        }) {
            var report = AGES.verify(signed("/FT/Ch/Ff 131072" + field, PLAIN, SHOWN));
            assertThat(report.reasons())
                    .as("%s %s", field, Ages.checks(report))
                    .containsExactly(Gap.FORM_VALUE_DIFFERS);
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        }
    }

    @Test
    void dropDownListThatShowsItsValueOrItsText_passes() {
        for (var field : new String[] {
            "/V(900 000)/Opt[(100 000)(900 000)]",
            "/V(b)/Opt[[(a)(100 000)][(b)(900 000)]]",
            "/V(900 000)/Opt[[(900 000)(nine hundred thousand)]]",
            "/V[(b)]/Opt[[(b)(900 000)]]/I[0]",
            "/V(b)/Opt[[(b)(100 000)][(b)(900 000)]]"
        }) {
            LongTermTest.assertPasses(AGES.verify(signed("/FT/Ch/Ff 131072" + field, PLAIN, SHOWN)), field);
        }
    }

    @Test
    void choiceOfWhichNobodyKnowsWhatIsShown_isNotJudged() {
        for (var field : new String[] {
            "/Ff 0/V(100)/Opt[(100)(900 000)]", // a list shows the others, too
            "/Ff 2097152/V(100)/Opt[(100)(900 000)]",
            "/Ff 131072/V[(100)(200)]/Opt[(100)(200)]",
            "/Ff 131072/V(a)/Opt[[(a)<FEFF4E00>]]",
            "/Ff 131072/V 5/Opt[[5(100)]]",
            "/Ff 131072/Opt[(100)]"
        }) {
            LongTermTest.assertPasses(AGES.verify(signed("/FT/Ch" + field, PLAIN, SHOWN)), field);
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
