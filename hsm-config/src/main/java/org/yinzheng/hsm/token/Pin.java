package org.yinzheng.hsm.token;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/// A PIN for the moment in which it is used; `close` wipes it. It cannot be printed.
final class Pin implements AutoCloseable {
    private static final byte[] ALPHABET =
            "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 24; // 57^24 is over 2^139

    private final byte[] bytes;

    private Pin(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads a file that holds a PIN and perhaps a line end.
    static Pin read(Path file) throws IOException {
        var content = Files.readAllBytes(file);
        int end = content.length;
        while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
            end--;
        }
        var pin = new Pin(Arrays.copyOf(content, end));
        Arrays.fill(content, (byte) 0);
        return pin;
    }

    /// Leaves a file with a PIN at `file`: the one that is there, or a new random one, mode 0600, on the disk
    /// for good before this returns. A crash leaves either no file or a whole one.
    static void ensure(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        var random = new SecureRandom();
        var bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        try {
            DurableFile.write(file, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    MemorySegment copyTo(Arena arena) {
        return arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "Pin[hidden]";
    }
}
