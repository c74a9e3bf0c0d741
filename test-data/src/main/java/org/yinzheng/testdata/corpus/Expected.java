package org.yinzheng.testdata.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// The verdict that is right.
///
/// @param reasons that must all be given
/// @param exactly whether no other may be given beside them. Of a forgery more may be said than the one thing that
/// gives it away; of a good document nothing may be said that is not so
public record Expected(Indication indication, Integrity integrity, Set<Reason> reasons, boolean exactly) {
    public Expected {
        reasons = Set.copyOf(reasons);
    }

    public static Expected passed() {
        return new Expected(Indication.TOTAL_PASSED, Integrity.INTACT, Set.of(), true);
    }

    /// The bytes are not those that were signed, and the verifier says how it knows.
    public static Expected modified(Flaw... why) {
        return failed(Integrity.MODIFIED, why);
    }

    /// Refused for a reason that need not touch the document's bytes: revoked, expired, a seal that is not genuine.
    public static Expected failed(Integrity integrity, Flaw... why) {
        return new Expected(Indication.TOTAL_FAILED, integrity, Set.of(why), false);
    }

    /// What was signed is there unchanged; something else cannot be told. These gaps and no others.
    public static Expected intactBut(Gap... why) {
        return undecided(Integrity.INTACT, why);
    }

    public static Expected undecided(Integrity integrity, Gap... why) {
        return new Expected(Indication.INDETERMINATE, integrity, Set.of(why), true);
    }

    public static Expected unsigned() {
        return new Expected(Indication.NO_SIGNATURE, Integrity.UNKNOWN, Set.of(Gap.NO_SIGNATURE), true);
    }

    /// No document of any format, or none that can be read.
    public static Expected malformed() {
        return new Expected(Indication.MALFORMED, Integrity.UNKNOWN, Set.of(Gap.UNREADABLE), true);
    }

    /// Where another's reasons stand beside the one that matters.
    public Expected atLeast() {
        return new Expected(indication, integrity, reasons, false);
    }

    /// What of the report is not as expected; empty when all is.
    public Optional<String> differenceFrom(Report report) {
        var given = Set.copyOf(report.reasons());
        var wrong = new ArrayList<String>();
        if (report.indication() != indication) {
            wrong.add(
                    indication.wireName() + " expected, " + report.indication().wireName() + " found");
        }
        if (report.integrity() != integrity) {
            wrong.add(integrity + " expected, " + report.integrity() + " found");
        }
        if (exactly ? !given.equals(reasons) : !given.containsAll(reasons)) {
            wrong.add((exactly ? "exactly " : "") + names(reasons) + " expected, " + names(given) + " found");
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    private static String names(Set<Reason> reasons) {
        return new TreeSet<>(List.copyOf(reasons).stream().map(Reason::name).toList()).toString();
    }
}
