package org.yinzheng.signing.verdict;

/// The main indications of ETSI EN 319 102-1 §5.1, and two for files in which there is no signature to judge.
public enum Indication {
    TOTAL_PASSED,
    TOTAL_FAILED,
    INDETERMINATE,
    NO_SIGNATURE,
    MALFORMED;

    /// As in design's JSON: `TOTAL-PASSED`.
    public String wireName() {
        return name().replace('_', '-');
    }
}
