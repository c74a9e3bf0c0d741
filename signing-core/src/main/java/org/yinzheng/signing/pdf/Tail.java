package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.cos.COSObjectKey;
import org.yinzheng.signing.verdict.Flaw;

/// The bytes after a signed revision: nothing, or complete incremental updates (ISO 32000-2 §7.5.6) that a
/// lenient and a strict reader understand in the same way.
final class Tail {
    private static final byte[] END = "%%EOF".getBytes(StandardCharsets.US_ASCII);

    private Tail() {}

    /// White space at the end is how some programs end a file, and shows nothing.
    static boolean isEmpty(byte[] pdf, int end) {
        return Bytes.lastNonSpace(pdf, pdf.length) < end;
    }

    static boolean endsARevision(byte[] pdf, int end) {
        var last = Bytes.lastNonSpace(pdf, pdf.length) - END.length + 1;
        return last >= end && Bytes.indexOf(pdf, END, last, last + 1) == last;
    }

    /// @param signed the revision that ends at `end`
    /// @return what is wrong, or empty
    static Optional<Change> fault(byte[] pdf, int end, PdfFile signed, PdfFile whole, Tables tables, Budget budget) {
        if (whole.startXref() < end) {
            return added("what follows is not reached by the cross-reference table");
        }
        var now = whole.offsets();
        var then = signed.offsets();
        for (var entry : now.entrySet()) {
            budget.step();
            long offset = entry.getValue();
            var before = then.get(entry.getKey());
            if (before != null && before == offset && offset > 0) {
                continue;
            }
            var container = offset > 0 ? offset : containerOffset(now, -offset);
            var containerBefore = offset > 0 ? -1 : containerOffset(then, -offset);
            var moved = before == null || before != offset || container != containerBefore;
            if (moved && container < end) {
                return Optional.of(new Change(
                        "a later cross-reference table points into the signed bytes anew",
                        Flaw.CONTENT_REPLACED_AFTER_SIGNING));
            }
            if (offset >= pdf.length) {
                return ambiguous("a later cross-reference table points outside of the file");
            }
        }
        if (tables.areAmbiguous(whole, end)) {
            return ambiguous("a later object gives a key twice");
        }
        return tables.missAnObject(whole, end)
                ? added("an object that no cross-reference table lists")
                : Optional.empty();
    }

    private static Optional<Change> added(String what) {
        return Optional.of(new Change(what, Flaw.CONTENT_ADDED_AFTER_SIGNING));
    }

    private static Optional<Change> ambiguous(String what) {
        return Optional.of(new Change(what, Flaw.UPDATE_UNREADABLE));
    }

    private static long containerOffset(Map<COSObjectKey, Long> offsets, long number) {
        return offsets.getOrDefault(new COSObjectKey(number, 0), -1L);
    }
}
