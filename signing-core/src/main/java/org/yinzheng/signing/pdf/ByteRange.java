package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSInteger;

/// The bytes that a signature covers: from 0 to the hole, and from the hole's end on (ISO 32000-2 §12.8.1).
/// Four numbers in form only; [#fault] tells whether they fit a file.
record ByteRange(long start, long firstLength, long secondStart, long secondLength) {
    private static final byte[] KEY = "/ByteRange".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST = 200;

    /// Empty for anything but an array of four non-negative integers.
    static Optional<ByteRange> of(COSBase value) {
        if (!(value instanceof COSArray array) || array.size() != 4) {
            return Optional.empty();
        }
        var numbers = new long[4];
        for (int i = 0; i < 4; i++) {
            if (!(array.getObject(i) instanceof COSInteger number)
                    || number.longValue() < 0
                    || number.longValue() > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            numbers[i] = number.longValue();
        }
        return Optional.of(new ByteRange(numbers[0], numbers[1], numbers[2], numbers[3]));
    }

    /// Every range written in the clear that leaves out a hexadecimal string, wherever it stands: so a
    /// signature is found that no field leads to any more.
    static List<ByteRange> scan(byte[] pdf) {
        var found = new ArrayList<ByteRange>();
        for (int at = Bytes.indexOf(pdf, KEY, 0);
                at >= 0 && found.size() < MOST;
                at = Bytes.indexOf(pdf, KEY, at + 1)) {
            var text = new String(
                    pdf, at + KEY.length, Math.min(80, pdf.length - at - KEY.length), StandardCharsets.ISO_8859_1);
            var open = text.indexOf('[');
            var close = text.indexOf(']');
            if (open < 0 || close < open || !text.substring(0, open).isBlank()) {
                continue;
            }
            var numbers = text.substring(open + 1, close).strip().split("\\s+", -1);
            if (numbers.length == 4 && Arrays.stream(numbers).allMatch(number -> number.matches("\\d{1,10}"))) {
                var range = new ByteRange(
                        Long.parseLong(numbers[0]),
                        Long.parseLong(numbers[1]),
                        Long.parseLong(numbers[2]),
                        Long.parseLong(numbers[3]));
                if (range.hole(pdf).isPresent() && !found.contains(range)) {
                    found.add(range);
                }
            }
        }
        return found;
    }

    long end() {
        return secondStart + secondLength;
    }

    boolean isInside(byte[] pdf) {
        return start + firstLength <= secondStart && secondStart <= pdf.length && end() <= pdf.length;
    }

    /// What is wrong with the range in this file, or empty: it starts at 0, leaves out one `<hex>` token, the
    /// value of a /Contents key, and ends at the end of a revision or of the file.
    Optional<String> fault(byte[] pdf) {
        if (start != 0) {
            return Optional.of("the range does not start at 0");
        }
        if (!isInside(pdf)) {
            return Optional.of("the range reaches beyond the file");
        }
        if (hole(pdf).isEmpty()) {
            return Optional.of("what the range leaves out is not one hexadecimal string");
        }
        var before = new String(
                pdf, (int) Math.max(0, firstLength - 40), (int) Math.min(40, firstLength), StandardCharsets.ISO_8859_1);
        if (!before.stripTrailing().endsWith("/Contents")) {
            return Optional.of("what the range leaves out is not the value of /Contents");
        }
        var last = Bytes.lastNonSpace(pdf, (int) end());
        if (end() == pdf.length) {
            return Optional.empty(); // whatever the file ends with is signed
        }
        if (last < 5 || !new String(pdf, last - 4, 5, StandardCharsets.ISO_8859_1).equals("%%EOF")) {
            return Optional.of("the range does not end where a revision ends");
        }
        return Optional.empty();
    }

    /// The bytes that stand in the hole as hexadecimal digits, with white space between them where a program breaks
    /// lines (ISO 32000-2 §7.3.4.3); empty when it holds anything else.
    Optional<byte[]> hole(byte[] pdf) {
        if (!isInside(pdf) || secondStart - firstLength < 2) {
            return Optional.empty();
        }
        int until = (int) secondStart - 1;
        if (pdf[(int) firstLength] != '<' || pdf[until] != '>') {
            return Optional.empty();
        }
        var plain = Bytes.fromHexadecimal(pdf, (int) firstLength + 1, until);
        if (plain.isPresent()) {
            return plain;
        }
        var value = new byte[(until - (int) firstLength) / 2];
        int digits = 0;
        for (int i = (int) firstLength + 1; i < until; i++) {
            int digit = Character.digit(pdf[i], 16);
            if (digit >= 0) {
                value[digits / 2] |= (byte) (digits % 2 == 0 ? digit << 4 : digit);
                digits++;
            } else if (!Bytes.isSpace(pdf[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(Arrays.copyOf(value, (digits + 1) / 2));
    }

    /// Only for a range that [#isInside] the file.
    byte[] bytes(byte[] pdf) {
        var signed = new byte[(int) (firstLength + secondLength)];
        System.arraycopy(pdf, (int) start, signed, 0, (int) firstLength);
        System.arraycopy(pdf, (int) secondStart, signed, (int) firstLength, (int) secondLength);
        return signed;
    }
}
