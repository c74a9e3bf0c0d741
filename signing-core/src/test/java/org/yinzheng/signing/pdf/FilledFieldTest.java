package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;

/// Fields that were blank when the document was signed, and what hides the page once they are filled in. The signed
/// page has the text "Capital" at 100, 700, a box at 300, 300 as if for the field, a drawing at 400, 400, and a frame.
class FilledFieldTest {
    private static final Ages AGES = new Ages();
    private static final String OVER = "90 690 290 720";
    private static final String BESIDE = "300 300 500 330";
    private static final String DRAWN = "390 390 590 420";
    private static final String GROUND = "1 g 0 0 200 30 re f ";
    private static final String TEXT = "/Tx BMC q 1 1 198 28 re W n BT 0 g /F1 12 Tf 2 9 Td (900) Tj ET Q EMC";
    private static final String PAGE = "BT /F1 20 Tf 100 700 Td (Capital) Tj ET 20 20 550 800 re S 300 300 200 30 re S "
            + "400 400 m 405 410 410 400 415 410 c 420 400 425 410 430 400 c S";

    private static String stream(String entries, String content) {
        return "<<" + entries + "/Length " + content.length() + ">>\nstream\n" + content + "\nendstream";
    }

    private static String form(String entries, long font, String drawing) {
        return stream("/Type/XObject/Subtype/Form/Resources<</Font<</F1 " + font + " 0 R>>>>" + entries, drawing);
    }

    /// @param entries of the widget
    /// @param signedAppearance empty for none
    private static DocumentBytes signed(
            Certification certification, String place, String entries, String signedAppearance) {
        var page = new Increment(Samples.page(false));
        var font = page.fresh();
        var content = page.fresh();
        var widget = page.fresh();
        var picture = page.fresh();
        var appearance = signedAppearance.isEmpty() ? "" : "/AP<</N " + picture + " 0 R>>";
        page.put(font, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
                .put(content, stream("", PAGE))
                .put(picture, form("/BBox[0 0 200 30]", font, signedAppearance))
                .put(
                        widget,
                        "<</Type/Annot/Subtype/Widget/T(sum)/F 4/Rect[" + place + "]" + appearance
                                + entries.replace("LETTERS", font + " 0 R") + ">>")
                .put(page.root(), withForm(page, widget))
                .put(page.page(), page(page, font, content, widget));
        return AGES.stamped(
                page.write(), AGES.stamp("authority", Suite.RSA_SHA256, Level.B).certifying(certification));
    }

    private static DocumentBytes filled(DocumentBytes signed, String entries, String drawing) {
        var increment = new Increment(signed);
        var widget = increment.referred(increment.page(), "Annots");
        var font = increment.referred(widget, "Letters");
        var picture = increment.fresh();
        var body = increment.body(widget);
        body = (body.contains("/AP") ? body.replaceFirst("/AP\\s*<<[^>]*>>", "") : body);
        return increment
                .put(picture, form(entries, font, drawing))
                .put(widget, body.replaceFirst("<<", "<</V(900)/AP<</N " + picture + " 0 R>>"))
                .write();
    }

    private static DocumentBytes filled(String place, String signedAppearance, String drawing) {
        return filled(
                signed(Certification.NONE, place, "/FT/Tx/Letters LETTERS", signedAppearance),
                "/BBox[0 0 200 30]",
                drawing);
    }

    private static void assertObscured(DocumentBytes pdf, String what) {
        var report = AGES.verify(pdf);
        assertThat(report.reasons()).as("%s %s", what, Ages.checks(report)).containsExactly(Gap.CONTENT_OBSCURED);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
    }

    @Test
    void areaPictureOrLightWriting_overSignedText_obscures() {
        for (var drawing : new String[] {
            GROUND + TEXT,
            "0 g 0 0 200 30 re f",
            "/DeviceRGB cs 1 1 1 sc 0 0 200 30 re f",
            "1 G 30 w 0 15 m 200 15 l S",
            "q 200 0 0 30 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q",
            "1 g BT /F1 30 Tf 0 3 Td (900) Tj ET",
            "/DeviceGray cs 1 sc BT /F1 30 Tf 0 3 Td (900) Tj ET",
            "BT /F9 12 Tf 2 9 Td (a font that nobody knows) Tj ET",
            "1 g 10 10 1 20 re f 12 10 1 20 re f 14 10 1 20 re f"
        }) {
            assertObscured(filled(OVER, "", drawing), drawing);
        }
    }

    @Test
    void smallAppearance_thatTheFieldStretches_obscures() {
        var blank = signed(Certification.P2, OVER, "/FT/Tx/Letters LETTERS", "");
        assertObscured(filled(blank, "/BBox[0 0 1 1]", "1 g 0 0 1 1 re f"), "box");
        assertObscured(filled(blank, "/BBox[0 0 200 30]/Matrix[0 1 -1 0 0 0]", GROUND), "turned");
        assertObscured(filled(blank, "", GROUND), "without a box");
    }

    @Test
    void areaOverADrawing_obscures() {
        assertObscured(filled(DRAWN, "", GROUND + TEXT), "curves");
    }

    @Test
    void darkWritingOverSignedText_hidesNothing() {
        LongTermTest.assertPasses(AGES.verify(filled(OVER, "", TEXT)), "text");
    }

    @Test
    void groundFrameAndMark_whereNothingOfThePageLies_pass() {
        for (var drawing : new String[] {
            GROUND + TEXT,
            GROUND + "0 G 2 w 1 1 198 28 re S " + TEXT,
            "0 g 5 5 m 10 2 l 20 25 l 10 8 l h f",
            "0.6 0.75 0.85 rg 0 10 200 12 re f " + TEXT
        }) {
            LongTermTest.assertPasses(AGES.verify(filled(BESIDE, "", drawing)), drawing);
        }
    }

    @Test
    void groundThatTheFieldHadWhenItWasSigned_hidesNothingMore() {
        LongTermTest.assertPasses(AGES.verify(filled(OVER, GROUND, GROUND + TEXT)), "the same ground");
        assertObscured(filled(OVER, "1 g 0 0 20 30 re f", GROUND + TEXT), "a smaller one");
    }

    @Test
    void groundOfAFieldAsLargeAsThePage_obscuresWhateverIsThere() {
        var blank = signed(Certification.NONE, "0 0 595 650", "/FT/Tx/Letters LETTERS", "");
        assertObscured(filled(blank, "/BBox[0 0 595 650]", "1 g 0 0 595 650 re f"), "page");
        LongTermTest.assertPasses(AGES.verify(filled(blank, "/BBox[0 0 595 650]", TEXT)), "text on a page");
    }

    @Test
    void boxWhoseTickedStateHidesThePage_obscures_andOneBesideDoesNot() {
        assertObscured(ticked(OVER), "over the text");
        LongTermTest.assertPasses(AGES.verify(ticked(BESIDE)), "beside");
    }

    private static DocumentBytes ticked(String place) {
        var page = new Increment(Samples.page(false));
        var widget = page.fresh();
        var picture = page.fresh();
        var drawing = GROUND + "0 g 5 5 m 10 2 l 20 25 l 10 8 l h f";
        var content = page.fresh();
        var font = page.fresh();
        page.put(font, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
                .put(content, stream("", PAGE))
                .put(picture, form("/BBox[0 0 200 30]", font, drawing))
                .put(
                        widget,
                        "<</Type/Annot/Subtype/Widget/FT/Btn/T(sum)/F 4/V/Off/AS/Off/Rect[" + place + "]/AP<</N<</Yes "
                                + picture + " 0 R>>>>>>")
                .put(page.root(), withForm(page, widget))
                .put(page.page(), page(page, font, content, widget));
        var increment = new Increment(AGES.stamped(page.write(), AGES.stamp("authority", Suite.RSA_SHA256, Level.B)));
        return increment.replace(widget, "/V/Off/AS/Off", "/V/Yes/AS/Yes").write();
    }

    private static String withForm(Increment page, long widget) {
        return page.body(page.root()).replaceFirst("<<", "<</AcroForm<</Fields[" + widget + " 0 R]>>");
    }

    private static String page(Increment page, long font, long content, long widget) {
        return "<</Type/Page/Parent " + page.referred(page.root(), "Pages") + " 0 R/MediaBox[0 0 595 842]"
                + "/Resources<</Font<</F1 " + font + " 0 R>>>>/Contents " + content + " 0 R/Annots[" + widget
                + " 0 R]>>";
    }

    @Test
    void signatureFieldAsLargeAsThePage_thatIsSignedLater_isToBeLookedAt() {
        var blank = signed(Certification.NONE, "0 0 595 800", "/FT/Sig", "");
        var second = AGES.stamp("sum", Suite.RSA_SHA256, Level.B)
                .showing(Samples.seal(), new org.yinzheng.signing.stamping.Place.AtField("sum"));
        assertObscured(AGES.stamped(blank, second), "signed");
    }
}
