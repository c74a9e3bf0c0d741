package org.yinzheng.signing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A SHA-256 digest as 64 lower-case hexadecimal characters: the name of a document in the store.
public record Digest(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!FORM.matcher(hex).matches()) {
            throw new InvalidInput("digest-form", "", "a digest is 64 lower-case hexadecimal characters");
        }
    }

    public static Digest sha256(byte[] bytes) {
        return of(digest().digest(bytes));
    }

    /// Reads the stream to its end, in constant memory.
    public static Digest sha256(InputStream stream) throws IOException {
        var digest = digest();
        stream.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return of(digest.digest());
    }

    private static Digest of(byte[] value) {
        return new Digest(HexFormat.of().formatHex(value));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
