package org.yinzheng.signing.ofd;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// One file of a package, as it lies in the ZIP. It is unpacked when it is asked for: a scan of many megabytes is
/// digested piece by piece and never lies in memory unpacked.
final class Part {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int PIECE = 32 << 10;

    final String name;
    final int method;
    /// As the package declares it.
    final long checksum;
    /// Unpacked, as the package declares it. Never exceeded, whatever the packed bytes would unpack to.
    final int size;

    private static final int LARGEST_CONTENT = 16 << 20;
    /// What is asked for more than once, descriptions and lists, is kept when it is small.
    static final int LARGEST_KEPT = 64 << 10;

    private final ByteBuffer packed;
    private byte @Nullable [] content;
    private State state = State.NOT_READ;

    private enum State {
        NOT_READ,
        WHOLE,
        /// Unpacks to what is declared, but for the checksum.
        WRONG_CHECKSUM,
        BROKEN
    }

    private Part(String name, int method, ByteBuffer packed, int size, long checksum) {
        this.name = name;
        this.method = method;
        this.packed = packed;
        this.size = size;
        this.checksum = checksum;
    }

    /// A new file. Text is deflated lightly: a stronger level costs more than the bytes it saves are worth.
    static Part of(String name, byte[] content) {
        boolean text = name.endsWith(".xml") || name.endsWith(".ttf");
        var packed = text ? deflate(content) : ByteBuffer.wrap(content);
        var part = new Part(name, text ? DEFLATED : STORED, packed, content.length, crc(content));
        part.content = content;
        part.state = State.WHOLE;
        return part;
    }

    /// @param packed nobody changes it any more
    static Part packed(String name, int method, ByteBuffer packed, int size, long checksum) {
        return new Part(name, method, packed, size, checksum);
    }

    ByteBuffer packed() {
        return packed.duplicate();
    }

    /// Empty when the file is there and cannot be unpacked.
    ///
    /// @throws org.yinzheng.signing.InvalidInput `ofd-limits` for a file that only a scan or a font may be as large
    /// as
    Optional<byte[]> content() {
        if (size > LARGEST_CONTENT) {
            throw OfdPackage.beyond("an XML file or a signature is larger than " + (LARGEST_CONTENT >> 20) + " MB");
        }
        if (content != null) {
            return Optional.of(content);
        }
        var unpacked = ByteBuffer.allocate(state == State.BROKEN ? 0 : size);
        if (state == State.BROKEN || !unpack(unpacked::put)) {
            return Optional.empty();
        }
        if (size <= LARGEST_KEPT) {
            content = unpacked.array();
        }
        return Optional.of(unpacked.array());
    }

    /// Empty when the file cannot be unpacked.
    Optional<byte[]> digest(MessageDigest digest) {
        if (content != null) {
            return Optional.of(digest.digest(content));
        }
        return state != State.BROKEN && unpack(digest::update) ? Optional.of(digest.digest()) : Optional.empty();
    }

    /// The first bytes, fewer when the file is shorter or broken.
    byte[] beginning(int length) {
        var first = ByteBuffer.allocate(Math.min(length, size));
        if (content != null) {
            first.put(content, 0, first.capacity());
        } else {
            pass(new Sink() {
                @Override
                public void take(ByteBuffer piece) {
                    int count = Math.min(first.remaining(), piece.remaining());
                    first.put(piece.slice(piece.position(), count));
                }

                @Override
                public boolean isFull() {
                    return !first.hasRemaining();
                }
            });
        }
        return Arrays.copyOf(first.array(), first.position());
    }

    /// Whether it unpacks to what the package declares.
    boolean isWhole() {
        if (state == State.NOT_READ) {
            unpack(piece -> {});
        }
        return state == State.WHOLE;
    }

    private interface Sink {
        void take(ByteBuffer piece);

        default boolean isFull() {
            return false;
        }
    }

    /// Unpacks to the end and remembers whether that gave what is declared. A wrong checksum over bytes that unpack is
    /// no reason to look away from them: the answer is about size and end only.
    private boolean unpack(Sink sink) {
        var crc = new CRC32();
        boolean unpacked = pass(piece -> {
            crc.update(piece.duplicate());
            sink.take(piece);
        });
        state = !unpacked ? State.BROKEN : crc.getValue() == checksum ? State.WHOLE : State.WRONG_CHECKSUM;
        return unpacked;
    }

    private boolean pass(Sink sink) {
        if (method == STORED) {
            sink.take(packed.duplicate());
            return true;
        }
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed.duplicate());
            var piece = new byte[Math.min(PIECE, size + 1)];
            int left = size;
            while (!inflater.finished() && !sink.isFull()) {
                int count = inflater.inflate(piece);
                if (count > left || (count == 0 && !inflater.finished())) {
                    return false;
                }
                left -= count;
                sink.take(ByteBuffer.wrap(piece, 0, count));
            }
            return left == 0 && inflater.finished() && inflater.getRemaining() == 0;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    private static ByteBuffer deflate(byte[] content) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            var packed = new byte[content.length + content.length / 1000 + 64];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(packed, size, packed.length - size);
            }
            return ByteBuffer.wrap(packed, 0, size).slice();
        } finally {
            deflater.end();
        }
    }

    private static long crc(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }
}
