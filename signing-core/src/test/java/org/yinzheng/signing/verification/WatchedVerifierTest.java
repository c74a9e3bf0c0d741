package org.yinzheng.signing.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

class WatchedVerifierTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final DocumentBytes DOCUMENT = DocumentBytes.of(new byte[] {'x'});
    private static final Report ANSWER = new Report.Unsigned("PDF");

    @Test
    void documentInTime_isAnsweredAsItIs() {
        assertThat(judge(() -> ANSWER)).isSameAs(ANSWER);
    }

    @Test
    void documentThatNeverEnds_isUndecidedAtTheDeadline() {
        var forever = new CountDownLatch(1);
        var watched = new WatchedVerifier((document, at) -> waitFor(forever), Duration.ofMillis(100), 1);
        assertUndecided(watched.verify(DOCUMENT, AT));
        assertThat(judge(() -> ANSWER)).isSameAs(ANSWER);
        forever.countDown();
    }

    @Test
    void documentsThatNeverEnd_leaveNoMoreThreadsThanPlaces_andGiveThemBack() {
        var forever = new CountDownLatch(1);
        var begun = new AtomicInteger();
        var watched = new WatchedVerifier(
                (document, at) -> {
                    begun.incrementAndGet();
                    return waitFor(forever);
                },
                Duration.ofMillis(50),
                3);
        for (int i = 0; i < 10; i++) {
            var report = watched.verify(DOCUMENT, AT);
            assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
            assertThat(report.reasons()).containsExactly(i < 3 ? Gap.TOO_COMPLEX : Gap.VERIFIER_BUSY);
        }
        assertThat(begun).hasValue(3);
        forever.countDown();
        Report after;
        do {
            after = watched.verify(DOCUMENT, AT);
        } while (!after.equals(ANSWER));
        assertThat(begun).hasValueGreaterThan(3);
    }

    @Test
    @Timeout(60)
    void judgementsThatEnd_giveTheirPlaceBack_whateverTheyEndWith() {
        var watched = new WatchedVerifier(
                (document, at) -> document.size() == 1 ? ANSWER : deeper(0), Duration.ofSeconds(30), 1);
        for (int i = 0; i < 5; i++) {
            assertThat(watched.verify(DOCUMENT, AT)).isSameAs(ANSWER);
            assertUndecided(watched.verify(DocumentBytes.of(new byte[2]), AT));
        }
    }

    @Test
    void documentNestedTooDeeply_isUndecided() {
        assertUndecided(judge(() -> deeper(0)));
    }

    @Test
    void documentThatWantsAllMemory_isUndecided() {
        assertUndecided(judge(() -> new Report.Malformed("PDF", "" + new long[Integer.MAX_VALUE].length)));
    }

    @Test
    void bug_isNotTakenForAnAnswer() {
        var bug = new IllegalStateException("a bug");
        assertThatThrownBy(() -> judge(() -> {
                    throw bug;
                }))
                .isSameAs(bug);
    }

    @Test
    void callerInterrupted_isNotDone() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> judge(() -> ANSWER)).isInstanceOf(Failure.NotDone.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Report judge(Supplier<Report> judging) {
        return new WatchedVerifier((document, at) -> judging.get()).verify(DOCUMENT, AT);
    }

    private static void assertUndecided(Report report) {
        assertThat(report.reasons()).containsExactly(Gap.TOO_COMPLEX);
        assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
    }

    private static Report waitFor(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return ANSWER;
            } catch (InterruptedException e) {
                // as a parser that never looks
            }
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Report deeper(int depth) {
        return deeper(depth + 1);
    }
}
