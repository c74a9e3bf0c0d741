package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.jspecify.annotations.Nullable;

/// What was appended to the first signed revision, by the cross-reference tables of the whole file: each revision has
/// its own, and an object that a later one replaced stands in an earlier one only. Looked through once, however many
/// signatures ask.
final class Tables {
    private static final byte[] END = "%%EOF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = "obj".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_REVISIONS = 100;

    private final byte[] pdf;
    private final int from;
    private final Budget budget;
    private Optional<Long> lastUnlisted = Optional.empty();
    private Optional<Long> lastAmbiguous = Optional.empty();

    /// @param from the end of the first signed revision: earlier ones do not matter
    Tables(byte[] pdf, int from, Budget budget) {
        this.pdf = pdf;
        this.from = from;
        this.budget = budget;
    }

    /// Whether an object that begins there or later is in no table: invisible to a strict reader, it comes alive in one
    /// that repairs.
    ///
    /// @param end of a signed revision
    boolean missAnObject(PdfFile whole, int end) {
        var last = lastUnlisted.orElseGet(() -> findUnlisted(whole));
        lastUnlisted = Optional.of(last);
        return last >= end;
    }

    /// Whether an object that begins there or later gives a key twice.
    ///
    /// @param end of a signed revision
    boolean areAmbiguous(PdfFile whole, int end) {
        var last = lastAmbiguous.orElseGet(() -> findAmbiguous(whole));
        lastAmbiguous = Optional.of(last);
        return last >= end;
    }

    private long findAmbiguous(PdfFile whole) {
        long last = -1;
        for (var entry : whole.offsets().entrySet()) {
            budget.checkTime();
            long offset = entry.getValue();
            if (offset >= from
                    && offset > last
                    && (DuplicateKeys.in(pdf, (int) Math.min(offset, pdf.length))
                            || hasDuplicates(whole.objects().get(entry.getKey())))) {
                last = offset;
            }
        }
        return last;
    }

    private static boolean hasDuplicates(@Nullable COSBase object) {
        return object instanceof BoundedStream stream
                && COSName.OBJ_STM.equals(stream.getDictionaryObject(COSName.TYPE))
                && stream.unpacked().filter(bytes -> DuplicateKeys.in(bytes, 0)).isPresent();
    }

    private long findUnlisted(PdfFile whole) {
        var listed = whole.listed();
        Optional<Set<Long>> earlier = Optional.empty();
        long last = -1;
        for (int at = Bytes.indexOf(pdf, OBJECT, from); at >= 0; at = Bytes.indexOf(pdf, OBJECT, at + 1)) {
            budget.step();
            long begin = beginOfObject(at);
            if (begin >= from && !listed.contains(begin)) {
                earlier = earlier.or(() -> Optional.of(read()));
                last = earlier.get().contains(begin) ? last : begin;
            }
        }
        return last;
    }

    /// @param word where `obj` stands
    /// @return where the two numbers before it begin; -1 when it does not begin an object
    private int beginOfObject(int word) {
        if (word + OBJECT.length < pdf.length && Character.isLetter(pdf[word + OBJECT.length])) {
            return -1;
        }
        int generation = beginOfNumber(word);
        return generation < 0 ? -1 : beginOfNumber(generation);
    }

    private int beginOfNumber(int end) {
        int digits = Bytes.lastNonSpace(pdf, end) + 1;
        int begin = digits;
        while (begin > 0 && pdf[begin - 1] >= '0' && pdf[begin - 1] <= '9') {
            begin--;
        }
        return digits == end || begin == digits ? -1 : begin;
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
