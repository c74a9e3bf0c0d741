package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.CompressionConstants;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfStream;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.Deflater;

/// Keeps the compressed form of what comes back in licence after licence, such as a type's ornaments and the
/// font of its labels: compressing it again would cost more than all the rest of the page. The least recently
/// used goes first, so what is seen only once does not stay.
final class DeflateCache<K> {
    private static final int ENTRIES = 64;

    /// Figures and glyphs: as small as level 6 makes them, in a third of its time.
    static final int LEVEL = 4;

    private final Map<K, byte[]> entries = Collections.synchronizedMap(new LeastRecentlyUsed<>());

    byte[] get(K key, Function<K, byte[]> content) {
        var known = entries.get(key);
        if (known != null) {
            return known;
        }
        // Two threads may both compress; the results are equal.
        var deflated = deflate(content.apply(key));
        entries.put(key, deflated);
        return deflated;
    }

    static PdfStream stream(byte[] deflated) {
        var stream = new PdfStream(deflated, CompressionConstants.NO_COMPRESSION);
        stream.put(PdfName.Filter, PdfName.FlateDecode);
        return stream;
    }

    static byte[] deflate(byte[] content) {
        var out = new ByteArrayOutputStream(content.length / 2);
        try (var deflater = new Deflater(LEVEL)) {
            deflater.setInput(content);
            deflater.finish();
            var buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out.toByteArray();
    }

    private static final class LeastRecentlyUsed<K> extends LinkedHashMap<K, byte[]> {
        private static final long serialVersionUID = 1;

        LeastRecentlyUsed() {
            super(ENTRIES, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, byte[]> eldest) {
            return size() > ENTRIES;
        }
    }
}
