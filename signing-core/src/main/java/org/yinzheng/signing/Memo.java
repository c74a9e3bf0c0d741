package org.yinzheng.signing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Answers that follow from the bytes of the question alone: neither a time nor anybody's trust changes them. Keeps so
/// many, then begins anew; of long questions, which only a stranger's document asks, none. Safe for many threads.
public final class Memo<Q, A> {
    private static final int LONGEST = 8 << 10;

    private final int most;
    private final ToIntFunction<Q> length;
    private final Map<Q, A> known = new ConcurrentHashMap<>();

    /// @param length of a question, in bytes
    public Memo(int most, ToIntFunction<Q> length) {
        this.most = most;
        this.length = length;
    }

    public A find(Q question, Function<Q, A> answer) {
        if (length.applyAsInt(question) > LONGEST) {
            return answer.apply(question);
        }
        var found = known.get(question);
        if (found != null) {
            return found;
        }
        if (known.size() >= most) {
            known.clear();
        }
        return known.computeIfAbsent(question, answer);
    }
}
