package org.yinzheng.api.answer;

import org.yinzheng.signing.verdict.Bilingual;

/// Why a question is answered as it is, where no reason of a report says so. The code decides the value, so that the
/// two cannot disagree. Codes are stable, and no two questions share one.
public sealed interface AnswerCode permits GenuineCode, StandingCode, HolderCode {
    String name();

    Value value();

    /// The first sentence is the answer, the rest explains it.
    Bilingual text();

    /// What the person at the window does next.
    Bilingual next();

    enum Value {
        YES,
        NO,
        CANNOT_SAY
    }
}
