package org.yinzheng.testdata.corpus.ofd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.yinzheng.signing.DocumentBytes;

/// The files of an OFD, to be changed and zipped.
final class Parcel {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    Parcel copy() {
        var copy = new Parcel();
        copy.files.putAll(files);
        return copy;
    }

    List<String> names() {
        return List.copyOf(files.keySet());
    }

    byte[] get(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    Parcel put(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    Parcel put(String name, String content) {
        return put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Parcel remove(String name) {
        Objects.requireNonNull(files.remove(name), name);
        return this;
    }

    /// Replaces a text that has to be there.
    Parcel edit(String name, String from, String to) {
        var before = new String(get(name), StandardCharsets.UTF_8);
        if (!before.contains(from)) {
            throw new IllegalStateException(name + " does not hold " + from);
        }
        return put(name, before.replace(from, to));
    }

    /// As the JDK zips: deflated, with descriptors.
    DocumentBytes zip() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return DocumentBytes.owning(bytes.toByteArray());
    }
}
