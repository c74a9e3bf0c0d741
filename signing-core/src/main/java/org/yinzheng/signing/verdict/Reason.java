package org.yinzheng.signing.verdict;

/// Why a verdict is not "passed". The type decides the indication, so that the two cannot disagree:
/// a [Flaw] makes TOTAL-FAILED, a [Gap] makes INDETERMINATE.
public sealed interface Reason permits Flaw, Gap {
    /// The stable code.
    String name();

    /// One plain sentence for a window clerk.
    Bilingual text();

    /// What to do next.
    Next next();

    /// The sub-indication of ETSI EN 319 102-1 §5.1.3 that it falls under.
    SubIndication subIndication();

    /// What it says about the bytes.
    Effect effect();

    /// What a reason says about the bytes, apart from who signed them.
    enum Effect {
        /// They are not those that were signed, or nothing holds them together any more.
        MODIFIED,
        /// It keeps us from telling.
        UNDECIDED,
        /// Nothing: it is about who signed, when, or what a reader should look at.
        NONE
    }
}
