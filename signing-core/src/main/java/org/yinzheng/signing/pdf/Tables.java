package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What the cross-reference tables of a file list: each revision has its own, and an object that a later one replaced
/// stands in an earlier one only.
final class Tables {
    private static final byte[] END = "%%EOF".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_REVISIONS = 100;

    private final byte[] pdf;
    private final int from;
    private final Budget budget;
    private Optional<Set<Long>> listed = Optional.empty();

    /// @param from the end of the first signed revision: earlier ones do not matter
    Tables(byte[] pdf, int from, Budget budget) {
        this.pdf = pdf;
        this.from = from;
        this.budget = budget;
    }

    /// Whether an object at that offset is in the table of any later revision.
    boolean list(long offset) {
        var all = listed.orElseGet(this::read);
        listed = Optional.of(all);
        return all.contains(offset);
    }

    private Set<Long> read() {
        var all = new HashSet<Long>();
        int revisions = 0;
        for (int at = Bytes.indexOf(pdf, END, from); at >= 0; at = Bytes.indexOf(pdf, END, at + 1)) {
            if (++revisions > MOST_REVISIONS) {
                throw new Budget.Exceeded();
            }
            PdfFile.table(pdf, at + END.length, budget).ifPresent(all::addAll);
        }
        return all;
    }
}
