package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// What was hidden before signing is told, and changes no verdict.
class UnseenTest {
    private static final Ages AGES = new Ages();
    private static final String TEXT = "BT /F1 20 Tf 100 700 Td (Capital) Tj ET ";

    @Test
    void nothingHidden_saysNothing() {
        assertThat(told(TEXT + "20 20 500 800 re S", "", "")).isEmpty();
        // the picture lies below
        assertThat(told("q 500 0 0 800 10 10 cm /P Do Q " + TEXT, "", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 g BT /F1 20 Tf 100 700 Td (Capital) Tj ET | white or not painted",
                "BT 3 Tr /F1 20 Tf 100 700 Td (Capital) Tj ET | white or not painted",
                "BT /F1 20 Tf 100 700 Td (Capital) Tj ET q 500 0 0 800 10 10 cm /P Do Q | under a picture"
            })
    void writingThatIsNotSeen_isTold(String content, String told) {
        assertThat(told(content, "", "")).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/OpenAction<</S/JavaScript/JS(1)>> | '' | a script",
                "'' | /AA<</O<</S/SubmitForm/F(http://a.example)>>>> | data that are sent",
                "/OpenAction<</S/Launch/F(a)>> | '' | a program",
                "/OCProperties<</OCGs[]/D<</BaseState/OFF>>>> | '' | layers",
                "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F null>>>>]>>>> | '' | attached files"
            })
    void whatActsOrIsWithin_isTold(String inCatalog, String inPage, String told) {
        assertThat(told(TEXT, inCatalog, inPage)).contains(told);
    }

    @Test
    void withoutRemarks_verdictIsTheSame_andNothingIsTold() {
        var hiding = stamped("1 g " + TEXT, "", "");
        var report = (Report.Judged) AGES.verify(hiding);
        var own = (Report.Judged) AGES.verifyOwn(hiding);
        assertThat(found(report)).isNotEmpty();
        assertThat(found(own)).isEmpty();
        assertThat(own.indication()).isEqualTo(report.indication());
        assertThat(own.integrity()).isEqualTo(report.integrity());
        assertThat(own.signatures()).isEqualTo(report.signatures());
    }

    /// What the report says of it; the document passes in any case.
    private static String told(String content, String inCatalog, String inPage) {
        var report = (Report.Judged) AGES.verify(stamped(content, inCatalog, inPage));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        return found(report);
    }

    private static String found(Report.Judged report) {
        return report.documentChecks().stream()
                .filter(check -> check.step().equals("hidden-content"))
                .map(Check::found)
                .findFirst()
                .orElse("");
    }

    private static DocumentBytes stamped(String content, String inCatalog, String inPage) {
        var page = new Increment(Samples.page(false));
        var font = page.fresh();
        var drawn = page.fresh();
        var picture = page.fresh();
        var pages = page.referred(page.root(), "Pages");
        page.put(font, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
                .put(
                        picture,
                        stream(
                                "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
                                        + "/ColorSpace/DeviceGray",
                                "x"))
                .put(drawn, stream("", content))
                .put(page.root(), "<</Type/Catalog/Pages " + pages + " 0 R" + inCatalog + ">>")
                .put(
                        page.page(),
                        "<</Type/Page/Parent " + pages + " 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 " + font
                                + " 0 R>>/XObject<</P " + picture + " 0 R>>>>/Contents " + drawn + " 0 R" + inPage
                                + ">>");
        var stamp = AGES.stamp("authority", Suite.RSA_SHA256, Level.B).accepting(Warning.Kind.values());
        return AGES.stamped(page.write(), stamp);
    }

    private static String stream(String entries, String content) {
        return "<<" + entries + "/Length " + content.length() + ">>\nstream\n" + content + "\nendstream";
    }
}
