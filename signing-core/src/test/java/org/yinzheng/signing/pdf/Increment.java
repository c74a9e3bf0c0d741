package org.yinzheng.signing.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.yinzheng.signing.DocumentBytes;

/// Writes an incremental update by hand, also one that no library would write.
final class Increment {
    private final byte[] pdf;
    private final String text;
    private final TreeMap<Long, String> objects = new TreeMap<>();
    private final TreeMap<Long, Long> entries = new TreeMap<>();
    private final long root;
    private final long info;
    private long size;

    Increment(DocumentBytes document) {
        pdf = document.toByteArray();
        text = new String(pdf, StandardCharsets.ISO_8859_1);
        try (var read = Loader.loadPDF(pdf)) {
            var trailer = read.getDocument().getTrailer();
            root = ((COSObject) trailer.getItem(COSName.ROOT)).getKey().getNumber();
            info = ((COSObject) trailer.getItem(COSName.INFO)).getKey().getNumber();
            size = read.getDocument().getHighestXRefObjectNumber() + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long root() {
        return root;
    }

    long info() {
        return info;
    }

    long fresh() {
        return size++;
    }

    /// The object that `key` of the object refers to, as its text has it.
    long referred(long number, String key) {
        var matcher = Pattern.compile("/" + key + "\\s*\\[?\\s*(\\d+) 0 R").matcher(body(number));
        if (!matcher.find()) {
            throw new AssertionError("object " + number + " has no reference " + key + ": " + body(number));
        }
        return Long.parseLong(matcher.group(1));
    }

    /// The first.
    long page() {
        return pages().getFirst();
    }

    /// Of a document whose page tree has no branches.
    List<Long> pages() {
        try (var read = Loader.loadPDF(pdf)) {
            return StreamSupport.stream(
                            read.getPages()
                                    .getCOSObject()
                                    .getCOSArray(COSName.KIDS)
                                    .spliterator(),
                            false)
                    .map(page -> ((COSObject) page).getKey().getNumber())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The newest text between `obj` and `endobj`.
    String body(long number) {
        var matcher = Pattern.compile("(?<!\\d)" + number + " 0 obj\\s*(.*?)\\s*endobj", Pattern.DOTALL)
                .matcher(text);
        var found = "";
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found;
    }

    Increment put(long number, String body) {
        objects.put(number, body);
        return this;
    }

    Increment replace(long number, String what, String by) {
        var before = objects.getOrDefault(number, body(number));
        if (!before.contains(what)) {
            throw new AssertionError("object " + number + " has no " + what + ": " + before);
        }
        return put(number, before.replace(what, by));
    }

    /// A table entry without an object of this update.
    Increment pointTo(long number, long offset) {
        entries.put(number, offset);
        return this;
    }

    long offsetOf(long number) {
        return text.lastIndexOf("\n" + number + " 0 obj") + 1L;
    }

    DocumentBytes write() {
        return write(true);
    }

    DocumentBytes write(boolean table) {
        var output = new ByteArrayOutputStream();
        output.writeBytes(pdf);
        if (pdf[pdf.length - 1] != '\n') {
            output.write('\n');
        }
        objects.forEach((number, body) -> {
            entries.put(number, (long) output.size());
            ascii(output, number + " 0 obj\n" + body + "\nendobj\n");
        });
        if (table) {
            long at = output.size();
            ascii(output, "xref\n");
            entries.forEach((number, offset) -> ascii(output, "%d 1\n%010d 00000 n \n".formatted(number, offset)));
            var previous =
                    text.substring(text.lastIndexOf("startxref") + 9).strip().split("\\s+", 2)[0];
            ascii(
                    output,
                    "trailer\n<</Root %d 0 R/Info %d 0 R/Size %d/Prev %s>>\n".formatted(root, info, size, previous));
            ascii(output, "startxref\n" + at + "\n%%EOF\n");
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private static void ascii(ByteArrayOutputStream output, String text) {
        output.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
