package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;

/// Comments that bring their own appearance: whether it hides what was signed. The signed page has the text "Capital"
/// at 100, 700 within a frame, and nothing else.
class CommentTest {
    private static final Ages AGES = new Ages();
    private static final String OVER = "90 690 190 720";
    private static final String BESIDE = "300 300 330 330";
    private static final String QUAD = "/QuadPoints[90 720 190 720 90 690 190 690]";
    private static final String MULTIPLY = "/Resources<</ExtGState<</M<</BM/Multiply>>/H<</ca 0.4>>>>>>";
    private static final Map<Certification, DocumentBytes> SIGNED = new EnumMap<>(Certification.class);

    private static DocumentBytes signed(Certification certification) {
        return SIGNED.computeIfAbsent(certification, asked -> {
            var page = new Increment(Samples.page(false));
            var font = page.fresh();
            var content = page.fresh();
            page.put(font, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
                    .put(content, stream("", "BT /F1 20 Tf 100 700 Td (Capital) Tj ET 20 20 500 800 re S"))
                    .put(
                            page.page(),
                            "<</Type/Page/Parent " + page.referred(page.root(), "Pages") + " 0 R/MediaBox[0 0 595 842]"
                                    + "/Resources<</Font<</F1 " + font + " 0 R>>>>/Contents " + content + " 0 R>>");
            return AGES.stamped(
                    page.write(),
                    AGES.stamp("authority", Suite.RSA_SHA256, Level.B).certifying(asked));
        });
    }

    private static String stream(String entries, String content) {
        return "<<" + entries + "/Length " + content.length() + ">>\nstream\n" + content + "\nendstream";
    }

    /// @param resources of the appearance
    private static DocumentBytes commented(
            Certification certification, String type, String place, String entries, String resources, String drawing) {
        var increment = new Increment(signed(certification));
        var appearance = increment.fresh();
        var comment = increment.fresh();
        var corners = place.split(" ", -1);
        var box = "/BBox[0 0 " + (Integer.parseInt(corners[2]) - Integer.parseInt(corners[0])) + " "
                + (Integer.parseInt(corners[3]) - Integer.parseInt(corners[1])) + "]";
        increment.put(appearance, stream("/Type/XObject/Subtype/Form" + box + resources, drawing));
        increment.put(
                comment,
                "<</Type/Annot/Subtype/" + type + "/F 4/Rect[" + place + "]/AP<</N " + appearance + " 0 R>>" + entries
                        + ">>");
        return onThePage(increment, comment);
    }

    private static DocumentBytes onThePage(Increment increment, long comment) {
        var last = increment.referred(increment.page(), "Annots") + " 0 R";
        return increment
                .replace(increment.page(), last + "]", last + " " + comment + " 0 R]")
                .write();
    }

    private static void assertSays(DocumentBytes pdf, Integrity integrity, Reason... reasons) {
        var report = AGES.verify(pdf);
        assertThat(report.reasons()).as("%s", Ages.checks(report)).containsExactlyInAnyOrder(reasons);
        assertThat(report.integrity()).isEqualTo(integrity);
    }

    @Test
    void highlightThroughWhichTheTextIsRead_isAMark() {
        for (var drawing : new String[] {"/M gs 1 0.8 0 rg 0 0 100 30 re f", "/H gs 1 0.8 0 rg 0 0 100 30 re f"}) {
            assertSays(commented(Certification.P3, "Highlight", OVER, QUAD, MULTIPLY, drawing), Integrity.INTACT);
            assertSays(
                    commented(Certification.NONE, "Highlight", OVER, QUAD, MULTIPLY, drawing),
                    Integrity.INTACT,
                    Gap.NOT_ALL_CONTENT_COVERED);
            assertSays(
                    commented(Certification.P2, "Highlight", OVER, QUAD, MULTIPLY, drawing),
                    Integrity.MODIFIED,
                    Flaw.CHANGE_NOT_PERMITTED);
        }
    }

    @Test
    void highlightThatHidesTheText_obscures() {
        var isolated = MULTIPLY + "/Group<</S/Transparency/I true>>";
        for (var drawing : new String[] {
            "1 0.8 0 rg 0 0 100 30 re f",
            "/M gs 0 g 0 0 100 30 re f",
            "/H gs 1 g 0 0 100 30 re f 0 0 100 30 re f 0 0 100 30 re f",
            "/M gs 1 0.8 0 rg 0 0 100 30 re f /F1 20 Tf BT 0 0 Td (900) Tj ET",
            "/M gs /Cs cs 1 0.8 0 scn 0 0 100 30 re f",
            "/M gs 1 0.8 0 rg 0 0 100 30 re f /H gs q Q BI /W 1 /H 1 ID x EI"
        }) {
            assertSays(
                    commented(Certification.P3, "Highlight", OVER, QUAD, MULTIPLY, drawing),
                    Integrity.UNKNOWN,
                    Gap.CONTENT_OBSCURED);
            assertSays(
                    commented(Certification.NONE, "Highlight", OVER, QUAD, MULTIPLY, drawing),
                    Integrity.MODIFIED,
                    Flaw.CONTENT_ADDED_AFTER_SIGNING);
        }
        assertSays(
                commented(Certification.P3, "Highlight", OVER, QUAD, isolated, "/M gs 1 0.8 0 rg 0 0 100 30 re f"),
                Integrity.UNKNOWN,
                Gap.CONTENT_OBSCURED);
    }

    @Test
    void lineAtTheText_isAMark_andAWhiteOneOrABandObscures() {
        for (var type : new String[] {"Underline", "StrikeOut"}) {
            assertSays(
                    commented(Certification.P3, type, OVER, QUAD, "", "1 0 0 RG 1 w 0 2 m 100 2 l S"),
                    Integrity.INTACT);
            for (var drawing :
                    new String[] {"1 G 1 w 0 2 m 100 2 l S", "1 0 0 RG 20 w 0 9 m 100 9 l S", "0 0 9 9 re f"}) {
                assertSays(
                        commented(Certification.P3, type, OVER, QUAD, "", drawing),
                        Integrity.UNKNOWN,
                        Gap.CONTENT_OBSCURED);
            }
        }
    }

    @Test
    void stampBesideWhatWasSigned_isTold_overItObscures() {
        for (var type : new String[] {"Stamp", "FreeText", "Square"}) {
            var drawing = "1 0 0 rg 0 0 20 20 re f";
            assertSays(
                    commented(Certification.P3, type, BESIDE, "", "", drawing),
                    Integrity.INTACT,
                    Gap.NOT_ALL_CONTENT_COVERED);
            assertSays(
                    commented(Certification.P3, type, OVER, "", "", drawing), Integrity.UNKNOWN, Gap.CONTENT_OBSCURED);
            assertSays(
                    commented(Certification.NONE, type, BESIDE, "", "", drawing),
                    Integrity.MODIFIED,
                    Flaw.CONTENT_ADDED_AFTER_SIGNING);
        }
    }

    @Test
    void signOfANote_isAMarkBesideWhatWasSigned_overItObscures() {
        var drawing = "1 1 0 rg 0 0 20 20 re f";
        assertSays(commented(Certification.P3, "Text", BESIDE, "", "", drawing), Integrity.INTACT);
        assertSays(
                commented(Certification.NONE, "Text", BESIDE, "", "", drawing),
                Integrity.INTACT,
                Gap.NOT_ALL_CONTENT_COVERED);
        assertSays(
                commented(Certification.P3, "Text", "110 700 130 720", "", "", drawing),
                Integrity.UNKNOWN,
                Gap.CONTENT_OBSCURED);
        assertSays(
                commented(Certification.P3, "Text", "300 300 500 500", "", "", drawing),
                Integrity.INTACT,
                Gap.NOT_ALL_CONTENT_COVERED);
    }

    @Test
    void appearanceWhoseOperatorsMakeNoSense_isNotAsUsual() {
        for (var drawing :
                new String[] {"Do", "gs", "Tf", "1 Tf", "re", "/M gs m", "cm", "w", "g", "TJ", "(", "[[[", "\\"}) {
            assertThat(AGES.verify(commented(Certification.P3, "Highlight", OVER, QUAD, MULTIPLY, drawing))
                            .integrity())
                    .as(drawing)
                    .isIn(Integrity.UNKNOWN, Integrity.INTACT);
        }
    }

    @Test
    void pageWhoseMarksCannotBeTold_isObscuredByAnyStamp() {
        for (var content : new String[] {"/Sh0 sh", "BT /F9 9 Tf (x) Tj ET", "1 0 cm"}) {
            var page = new Increment(Samples.page(false));
            var drawn = page.fresh();
            page.put(drawn, stream("", content));
            page.put(
                    page.page(),
                    page.body(page.page()).replaceFirst("/Contents \\d+ 0 R", "/Contents " + drawn + " 0 R"));
            var certified = AGES.stamped(
                    page.write(),
                    AGES.stamp("authority", Suite.RSA_SHA256, Level.B).certifying(Certification.P3));
            var increment = new Increment(certified);
            var comment = increment.fresh();
            increment.put(comment, "<</Type/Annot/Subtype/Square/F 4/Rect[" + BESIDE + "]>>");
            assertSays(onThePage(increment, comment), Integrity.UNKNOWN, Gap.CONTENT_OBSCURED);
        }
    }

    /// The text is on one of them only: judged by the other, nothing would be hidden.
    @Test
    void commentInAListThatTwoPagesShare_obscures() {
        for (int blank = 0; blank < 2; blank++) {
            var pages = new Increment(Papers.pages(2));
            var annotations = pages.fresh();
            var content = pages.fresh();
            pages.put(annotations, "[]").put(content, stream("", "20 20 500 800 re S"));
            for (var page : pages.pages()) {
                pages.replace(page, "/MediaBox", "/Annots " + annotations + " 0 R/MediaBox");
            }
            var page = pages.pages().get(blank);
            pages.replace(page, "/Contents " + pages.referred(page, "Contents"), "/Contents " + content);
            var certified = AGES.stamped(
                    pages.write(),
                    AGES.stamp("authority", Suite.RSA_SHA256, Level.B).certifying(Certification.P3));
            var increment = new Increment(certified);
            var comment = increment.fresh();
            increment
                    .put(comment, "<</Type/Annot/Subtype/Square/F 4/Rect[90 730 190 760]>>")
                    .replace(annotations, "]", " " + comment + " 0 R]");
            var report = AGES.verify(increment.write());
            assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
            assertThat(report.reasons()).contains(Gap.CONTENT_OBSCURED);
        }
    }
}
