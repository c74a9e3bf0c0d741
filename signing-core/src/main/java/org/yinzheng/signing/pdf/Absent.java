package org.yinzheng.signing.pdf;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Timestamps that cannot be believed, and on which nothing depends (ETSI EN 319 102-1 §5.5.4): they count as absent
/// and make nothing worse.
final class Absent {
    /// What a proof of an earlier time would mend.
    private static final Set<Reason> MENDED = Set.of(
            Gap.OUT_OF_BOUNDS_NO_POE, Gap.REVOKED_NO_POE, Gap.REVOKED_CA_NO_POE, Gap.ALGORITHM_WEAK, Gap.TRY_LATER);

    private static final Set<Reason> STRANGE = Set.of(Gap.TIMESTAMP_ORDER_FAILURE, Gap.CHAIN_CONSTRAINTS_FAILURE);

    private Absent() {}

    /// Whether a proof of time would help.
    static boolean isMissed(Collection<Reason> reasons) {
        return reasons.stream().anyMatch(MENDED::contains);
    }

    /// Whether it is only not believed: what is wrong with it, in an impossible order, or made with a certificate for
    /// something else is never passed over.
    static boolean isPossible(Collection<Reason> reasons) {
        return reasons.stream().allMatch(reason -> reason instanceof Gap && !STRANGE.contains(reason));
    }

    static List<Check> remarks(List<Check> checks) {
        return checks.stream()
                .map(check -> check.passed()
                        ? check
                        : Check.passed(check.step(), "counts as absent: " + check.found(), check.clause()))
                .toList();
    }
}
