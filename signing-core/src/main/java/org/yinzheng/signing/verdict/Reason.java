package org.yinzheng.signing.verdict;

/// Why a verdict is not "passed". The type decides the indication, so that the two cannot disagree:
/// a [Flaw] makes TOTAL-FAILED, a [Gap] makes INDETERMINATE.
public sealed interface Reason permits Flaw, Gap {
    /// The stable code.
    String name();

    /// One plain sentence for a window clerk.
    String chinese();

    String english();
}
