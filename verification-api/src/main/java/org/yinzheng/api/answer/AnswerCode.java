package org.yinzheng.api.answer;

import org.yinzheng.signing.verdict.Bilingual;

/// Why a question is answered as it is, where no reason of a report says so. The code decides the value, so that the
/// two cannot disagree. Codes are stable, and no two questions share one.
public sealed interface AnswerCode permits GenuineCode, StandingCode, HolderCode {
    String name();

    Wording wording();

    default Value value() {
        return wording().value();
    }

    default Bilingual text() {
        return wording().text();
    }

    default Bilingual next() {
        return wording().next();
    }

    /// @param text the first sentence is the answer, the rest explains it
    /// @param next what the person at the window does next
    record Wording(Value value, Bilingual text, Bilingual next) {}

    enum Value {
        YES,
        NO,
        CANNOT_SAY
    }
}
