package org.yinzheng.api.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.api.answer.AnswerCode.Value;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Next;
import org.yinzheng.signing.verdict.Reason;

class ReasonsTest {
    private static final Pattern ACCUSES = Pattern.compile(
            "伪造|假|篡改|不真实|上报|forge|fake|tamper|counterfeit|not genuine|report it", Pattern.CASE_INSENSITIVE);
    private static final Pattern PUTS_OFF =
            Pattern.compile("稍后|再试|不能确定|未知|try again|try later|not known|unknown", Pattern.CASE_INSENSITIVE);

    @BeforeAll
    static void writeWhenAsked() throws IOException {
        if (System.getProperty("writeReasons") != null) {
            Reasons.write();
        }
    }

    @Test
    void documentation_isWhatTheCodeSays() throws IOException {
        assertThat(Files.readString(Reasons.FILE).equals(Reasons.page()))
                .as("docs/reasons.md is stale; to write it anew, run this test with -DwriteReasons")
                .isTrue();
    }

    @Test
    void flaw_neverPutsOff() {
        assertThat(Flaw.values()).allSatisfy(flaw -> {
            assertThat(flaw.next()).isNotEqualTo(Next.TRY_LATER);
            assertThat(both(flaw.text())).doesNotContainPattern(PUTS_OFF);
            assertThat(both(flaw.next().text())).doesNotContainPattern("稍后|later");
        });
    }

    @Test
    void gap_neverAccuses() {
        assertThat(Gap.values()).allSatisfy(gap -> {
            assertThat(gap.next()).isNotEqualTo(Next.REFUSE);
            assertThat(gap.effect()).isNotEqualTo(Reason.Effect.MODIFIED);
            assertThat(both(gap.text())).doesNotContainPattern(ACCUSES);
            assertThat(both(gap.next().text())).doesNotContainPattern(ACCUSES);
        });
    }

    @Test
    void answerThatCannotSay_neverAccuses() {
        assertThat(answerCodes().filter(code -> code.value() == Value.CANNOT_SAY))
                .allSatisfy(code -> {
                    assertThat(both(code.text())).doesNotContainPattern(ACCUSES);
                    assertThat(both(code.next())).doesNotContainPattern(ACCUSES);
                });
    }

    @Test
    void everyCode_isThereOnce_andThereAreEnough() {
        var names = Stream.concat(
                        Stream.concat(Stream.of(Flaw.values()), Stream.of(Gap.values()))
                                .map(Reason::name),
                        answerCodes().map(AnswerCode::name))
                .toList();

        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(90);
    }

    @Test
    void everyAnswer_speaksBothLanguagesAndEndsItsSentences() {
        assertThat(answerCodes()).allSatisfy(code -> {
            for (var text : List.of(code.text(), code.next())) {
                assertThat(text.zh()).containsPattern("[\\u4e00-\\u9fff]").endsWith("。");
                assertThat(text.en()).doesNotContainPattern("[\\u4e00-\\u9fff]").endsWith(".");
            }
        });
    }

    private static Stream<AnswerCode> answerCodes() {
        return Stream.of(GenuineCode.values(), StandingCode.values(), HolderCode.values())
                .flatMap(Stream::of);
    }

    private static String both(Bilingual text) {
        return text.zh() + " " + text.en();
    }
}
