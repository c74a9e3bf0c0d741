package org.yinzheng.signing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

/// A document's bytes as a value: equal by content, and changed by nobody.
public final class DocumentBytes {
    private final byte[] bytes;

    private DocumentBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Copies `bytes`.
    public static DocumentBytes of(byte[] bytes) {
        return new DocumentBytes(bytes.clone());
    }

    /// Takes `bytes` over without a copy; the caller must not touch them again.
    public static DocumentBytes owning(byte[] bytes) {
        return new DocumentBytes(bytes);
    }

    public int size() {
        return bytes.length;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    /// Without a copy, and read-only.
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// Lends the bytes themselves, for documents that are too large to be copied for each reader.
    ///
    /// @param reader neither changes the array nor keeps it
    public <T> T lend(Function<byte[], T> reader) {
        return reader.apply(bytes);
    }

    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    public Digest sha256() {
        return Digest.sha256(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "DocumentBytes[" + bytes.length + " bytes]";
    }
}
