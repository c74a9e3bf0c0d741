package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.util.Optional;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/// A part of a file's bytes for PDFBox to read, uncopied. Every byte is charged to the budget, so that no loop of the
/// parser is endless.
final class BoundedSource implements RandomAccessRead {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final Budget budget;
    private int at;
    private boolean closed;

    BoundedSource(byte[] bytes, int start, int end, Budget budget) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.budget = budget;
        at = start;
    }

    @Override
    public int read() {
        int value = at < end ? bytes[at++] & 0xff : -1;
        budget.read(value);
        return value;
    }

    /// Reads a hexadecimal string (ISO 32000-2 §7.3.4.3) that holds pairs of digits and nothing else; empty, and
    /// nothing is read, when anything else stands here.
    Optional<byte[]> hexadecimal() {
        int close = at < end && bytes[at] == '<' ? Bytes.indexOf(bytes, (byte) '>', at, end) : -1;
        var value = close < 0 ? Optional.<byte[]>empty() : Bytes.fromHexadecimal(bytes, at + 1, close);
        if (value.isPresent()) {
            budget.readString(close + 1 - at);
            at = close + 1;
        }
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        budget.step();
        if (at >= end) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(bytes, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public int peek() {
        budget.step();
        return at < end ? bytes[at] & 0xff : -1;
    }

    @Override
    public void rewind(int count) {
        at = Math.max(start, at - count);
    }

    @Override
    public void skip(int count) {
        at = Math.min(end, at + Math.max(count, 0));
    }

    @Override
    public long getPosition() {
        return (long) at - start;
    }

    @Override
    public void seek(long position) throws IOException {
        budget.step();
        if (position < 0) {
            throw new IOException("a position before the beginning");
        }
        at = (int) Math.min(end, start + position);
    }

    @Override
    public long length() {
        return (long) end - start;
    }

    @Override
    public boolean isEOF() {
        budget.step();
        return at >= end;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public RandomAccessReadView createView(long position, long length) {
        return new RandomAccessReadView(this, position, length);
    }
}
