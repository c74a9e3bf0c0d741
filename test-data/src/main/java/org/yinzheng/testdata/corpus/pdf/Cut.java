package org.yinzheng.testdata.corpus.pdf;

import java.nio.charset.StandardCharsets;
import org.yinzheng.signing.DocumentBytes;

/// A file as text of Latin-1, a character a byte, to be cut and pasted. What is not there to be cut is a mistake in
/// the specimen, and said so.
public record Cut(String text) {
    public static Cut of(DocumentBytes file) {
        return new Cut(new String(file.toByteArray(), StandardCharsets.ISO_8859_1));
    }

    public DocumentBytes bytes() {
        return DocumentBytes.owning(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public int last(String what) {
        return found(text.lastIndexOf(what), what);
    }

    public int first(String what) {
        return found(text.indexOf(what), what);
    }

    public Cut replaceLast(String what, String by) {
        return replace(last(what), what.length(), by);
    }

    public Cut replaceFirst(String what, String by) {
        return replace(first(what), what.length(), by);
    }

    /// @param length of what is taken out at the offset
    public Cut replace(int at, int length, String by) {
        return new Cut(text.substring(0, at) + by + text.substring(at + length));
    }

    public Cut append(String more) {
        return new Cut(text + more);
    }

    public Cut upTo(int end) {
        return new Cut(text.substring(0, end));
    }

    private static int found(int at, String what) {
        if (at < 0) {
            throw new IllegalStateException("the file has no " + what);
        }
        return at;
    }
}
