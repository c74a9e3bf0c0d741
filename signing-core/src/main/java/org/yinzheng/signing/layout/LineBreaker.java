package org.yinzheng.signing.layout;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/// Where Chinese text may break (GB/T 15834, 避头尾): between any two ideographs, never before a closing mark
/// and never after an opening one; Latin words and numbers stay whole unless one alone is wider than the line.
final class LineBreaker {
    private static final String NOT_FIRST = "，。、；：？！）》〉」』】〕”’…—％·,.;:?!)]}%";
    private static final String NOT_LAST = "（《〈「『【〔“‘￥$([{";

    private LineBreaker() {}

    /// The end (exclusive) of the line that starts at `start`.
    static int end(int start, int length, double width, IntUnaryOperator codePoints, IntToDoubleFunction advances) {
        double used = 0;
        int allowed = start;
        for (int i = start; i < length; i++) {
            used += advances.applyAsDouble(i);
            // A space at the line's end hangs out of it.
            if (used > width && codePoints.applyAsInt(i) != ' ') {
                return allowed > start ? allowed : Math.max(i, start + 1);
            }
            if (i + 1 < length && mayBreak(codePoints.applyAsInt(i), codePoints.applyAsInt(i + 1))) {
                allowed = i + 1;
            }
        }
        return length;
    }

    static boolean mayBreak(int before, int after) {
        if (NOT_FIRST.indexOf(after) >= 0 || NOT_LAST.indexOf(before) >= 0 || after == ' ') {
            return false;
        }
        if (Character.isDigit(before) && Character.isIdeographic(after)) {
            return false; // 3幢, 11月: a number stays with what it counts
        }
        if ((before == '年' || before == '月') && Character.isDigit(after)) {
            return false; // 2026年11月21日: a date stays whole
        }
        return before == ' ' || !partOfWord(before) || !partOfWord(after);
    }

    private static boolean partOfWord(int codePoint) {
        return codePoint < 0x2E80 && codePoint != ' ';
    }
}
