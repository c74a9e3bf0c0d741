package org.yinzheng.signing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// What holds of every verdict, whatever was judged.
public final class Verdicts {
    private static final int LONGEST_TEXT = 2_000;

    private Verdicts() {}

    /// @return whether the document counts as what was signed: then it must be what was signed
    public static boolean isIntact(Report report) {
        if (report.indication() == Indication.TOTAL_PASSED) {
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        }
        if (report.integrity() == Integrity.MODIFIED) {
            assertThat(report.reasons()).hasAtLeastOneElementOfType(Flaw.class);
        }
        if (report instanceof Report.Judged judged) {
            readable(Stream.concat(
                            judged.documentChecks().stream(),
                            judged.signatures().stream().flatMap(one -> one.checks().stream()))
                    .toList());
        }
        return report.integrity() == Integrity.INTACT;
    }

    /// @return whether every check passed
    public static boolean isRight(List<Check> checks) {
        readable(checks);
        return checks.stream().allMatch(Check::passed);
    }

    /// What is shown to people stays short, however long the names in a file are.
    private static void readable(Collection<Check> checks) {
        assertThat(checks).allSatisfy(check -> assertThat(check.found()).hasSizeLessThan(LONGEST_TEXT));
    }
}
