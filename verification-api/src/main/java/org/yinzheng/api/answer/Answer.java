package org.yinzheng.api.answer;

import org.yinzheng.api.answer.AnswerCode.Value;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// The answer to one question.
///
/// @param code a [Reason]'s or an [AnswerCode]'s name
public record Answer(Value value, String code, Bilingual text, Bilingual next) {
    static Answer of(AnswerCode code) {
        return new Answer(code.value(), code.name(), code.text(), code.next());
    }

    /// @param detail said after the code's own sentence
    static Answer of(AnswerCode code, Bilingual detail) {
        var text = new Bilingual(code.text().zh() + detail.zh(), code.text().en() + " " + detail.en());
        return new Answer(code.value(), code.name(), text, code.next());
    }

    static Answer of(Flaw flaw) {
        return because(flaw, Indication.TOTAL_FAILED, Integrity.UNKNOWN);
    }

    /// *Is it genuine?*, answered by the reason that weighs most: a flaw before a gap, one about the bytes first.
    static Answer genuine(Report report) {
        return report.reasons().stream()
                .min((one, other) -> Integer.compare(weight(one), weight(other)))
                .map(reason -> because(reason, report.indication(), report.integrity()))
                .orElseGet(() -> of(GenuineCode.GENUINE));
    }

    private static int weight(Reason reason) {
        int effect =
                switch (reason.effect()) {
                    case MODIFIED -> 0;
                    case UNDECIDED -> 1;
                    case NONE -> 2;
                };
        return reason instanceof Flaw ? effect : 3 + effect;
    }

    private static Answer because(Reason reason, Indication indication, Integrity integrity) {
        var head =
                switch (indication) {
                    case TOTAL_FAILED ->
                        reason.effect() == Reason.Effect.MODIFIED
                                ? new Bilingual("不真实。", "Not genuine. ")
                                : new Bilingual("核验未通过。", "It does not pass. ");
                    case INDETERMINATE ->
                        integrity == Integrity.INTACT
                                ? new Bilingual("暂不能确定。内容未被改动，但", "Not settled. Nothing was changed, but: ")
                                : new Bilingual("暂不能确定。", "Not settled. ");
                    case NO_SIGNATURE, MALFORMED -> new Bilingual("无法核验。", "Cannot be verified. ");
                    case TOTAL_PASSED -> throw new IllegalStateException("a passed report has no reason");
                };
        var value = reason instanceof Flaw ? Value.NO : Value.CANNOT_SAY;
        var text = new Bilingual(
                head.zh() + reason.text().zh() + "。",
                head.en() + sentence(reason.text().en()));
        return new Answer(value, reason.name(), text, reason.next().text());
    }

    private static String sentence(String english) {
        return Character.toUpperCase(english.charAt(0)) + english.substring(1) + ".";
    }
}
