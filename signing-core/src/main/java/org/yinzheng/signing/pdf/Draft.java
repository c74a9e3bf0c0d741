package org.yinzheng.signing.pdf;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;

/// A revision while it is being written: everything but the signature's value, which is put in at last.
sealed interface Draft extends AutoCloseable {
    OutputStream stream();

    /// The bytes written so far. Called after the stream was closed.
    long length() throws IOException;

    void digest(MessageDigest digest, long from, long to) throws IOException;

    void overwrite(long at, byte[] bytes) throws IOException;

    /// The whole of it. The draft is closed then, and lives on as this.
    Revision finished() throws IOException;

    /// Leaves nothing behind unless it was finished.
    @Override
    void close() throws IOException;

    final class InMemory implements Draft {
        private final Buffer buffer;

        InMemory(int before) {
            buffer = new Buffer(before + (1 << 16));
        }

        private static final class Buffer extends ByteArrayOutputStream {
            Buffer(int size) {
                super(size);
            }

            byte[] bytes() {
                return buf;
            }
        }

        @Override
        public OutputStream stream() {
            return buffer;
        }

        @Override
        public long length() {
            return buffer.size();
        }

        @Override
        public void digest(MessageDigest digest, long from, long to) {
            digest.update(buffer.bytes(), (int) from, (int) (to - from));
        }

        @Override
        public void overwrite(long at, byte[] bytes) {
            System.arraycopy(bytes, 0, buffer.bytes(), (int) at, bytes.length);
        }

        @Override
        public Revision finished() {
            return new Revision.InMemory(buffer.toByteArray());
        }

        @Override
        public void close() {
            // memory goes by itself
        }
    }

    final class InFile implements Draft {
        private final Path folder;
        private final Path path;
        private final FileChannel channel;
        private final OutputStream stream;
        private boolean finished;

        InFile(Path folder) throws IOException {
            this.folder = folder;
            // not a "temporary file": those are readable by their owner only, and this one becomes the result
            path = folder.resolve("." + UUID.randomUUID() + ".stamping");
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            stream = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                    1 << 16);
        }

        @Override
        public OutputStream stream() {
            return stream;
        }

        @Override
        public long length() throws IOException {
            return channel.size();
        }

        @Override
        public void digest(MessageDigest digest, long from, long to) throws IOException {
            var buffer = ByteBuffer.allocate(1 << 16);
            for (long at = from; at < to; ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
                int count = channel.read(buffer, at);
                if (count < 0) {
                    throw new IOException("the draft has become shorter");
                }
                digest.update(buffer.flip());
                at += count;
            }
        }

        @Override
        public void overwrite(long at, byte[] bytes) throws IOException {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer, at + buffer.position());
            }
        }

        @Override
        public Revision finished() throws IOException {
            channel.force(true);
            channel.close();
            finished = true;
            return new Revision.InFile(path, folder, true);
        }

        @Override
        public void close() throws IOException {
            if (!finished) {
                stream.close();
                channel.close();
                Files.deleteIfExists(path);
            }
        }
    }
}
