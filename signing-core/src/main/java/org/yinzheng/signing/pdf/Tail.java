package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.verdict.Flaw;

/// The bytes after a signed revision: nothing, or complete incremental updates (ISO 32000-2 §7.5.6) that a
/// lenient and a strict reader understand in the same way.
final class Tail {
    private static final byte[] END = "%%EOF".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern OBJECT =
            Pattern.compile("(?<![0-9])\\d{1,10}[ \\t\\r\\n\\f\\x00]+\\d{1,5}[ \\t\\r\\n\\f\\x00]+obj(?![a-zA-Z])");

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
        for (var entry : whole.offsets().entrySet()) {
            budget.step();
            long offset = entry.getValue();
            var before = signed.offsets().get(entry.getKey());
            if (before != null && before == offset && offset > 0) {
                continue;
            }
            var container = offset > 0 ? offset : containerOffset(whole, -offset);
            var containerBefore = offset > 0 ? -1 : containerOffset(signed, -offset);
            var moved = before == null || before != offset || container != containerBefore;
            if (moved && container < end) {
                return Optional.of(new Change(
                        "a later cross-reference table points into the signed bytes anew",
                        Flaw.CONTENT_REPLACED_AFTER_SIGNING));
            }
            if (offset >= pdf.length) {
                return ambiguous("a later cross-reference table points outside of the file");
            }
            if (offset >= end && DuplicateKeys.in(pdf, (int) offset)) {
                return ambiguous("a later object gives a key twice");
            }
            if (offset >= end && hasDuplicates(whole.objects().get(entry.getKey()))) {
                return ambiguous("an object of a later object stream gives a key twice");
            }
        }
        return unlisted(pdf, end, whole, tables, budget);
    }

    private static Optional<Change> added(String what) {
        return Optional.of(new Change(what, Flaw.CONTENT_ADDED_AFTER_SIGNING));
    }

    private static Optional<Change> ambiguous(String what) {
        return Optional.of(new Change(what, Flaw.UPDATE_UNREADABLE));
    }

    private static boolean hasDuplicates(@Nullable COSBase object) {
        return object instanceof BoundedStream stream
                && COSName.OBJ_STM.equals(stream.getDictionaryObject(COSName.TYPE))
                && stream.unpacked().filter(bytes -> DuplicateKeys.in(bytes, 0)).isPresent();
    }

    private static long containerOffset(PdfFile file, long number) {
        return file.offsets().getOrDefault(new org.apache.pdfbox.cos.COSObjectKey(number, 0), -1L);
    }

    /// An object that no table lists is invisible to a strict reader, and comes alive in one that repairs.
    private static Optional<Change> unlisted(byte[] pdf, int end, PdfFile whole, Tables tables, Budget budget) {
        var listed = whole.listed();
        var text = new String(pdf, end, pdf.length - end, StandardCharsets.ISO_8859_1);
        var headers = OBJECT.matcher(text);
        while (headers.find()) {
            budget.step();
            long offset = (long) end + headers.start();
            if (!listed.contains(offset) && !tables.list(offset)) {
                return added("an object that no cross-reference table lists");
            }
        }
        return Optional.empty();
    }
}
