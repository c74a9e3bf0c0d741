package org.yinzheng.api.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;

/// Counts what must not be tried without end, such as numbers of holders. On this node only, and in bounded memory:
/// whoever has not tried for longest is forgotten first.
final class Attempts {
    private static final int MOST_KEYS = 20_000;

    private final int most;
    private final Duration window;
    private final Clock clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_KEYS;
        }
    };

    private record Window(Instant begun, int count) {}

    Attempts(int most, Duration window, Clock clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    /// @throws Refused `too-many-questions` when all attempts are spent
    synchronized void check(String key) {
        var known = windows.get(key);
        if (known == null) {
            return;
        }
        var left = Duration.between(clock.instant(), known.begun.plus(window));
        if (left.isPositive() && known.count >= most) {
            throw new Refused(Problem.of(ProblemCode.TOO_MANY_QUESTIONS).after((int) left.toSeconds() + 1));
        }
    }

    synchronized void spend(String key) {
        var now = clock.instant();
        var known = windows.get(key);
        windows.put(
                key,
                known == null || !now.isBefore(known.begun.plus(window))
                        ? new Window(now, 1)
                        : new Window(known.begun, known.count + 1));
    }
}
