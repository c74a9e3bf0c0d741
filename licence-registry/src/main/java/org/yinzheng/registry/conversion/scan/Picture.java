package org.yinzheng.registry.conversion.scan;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/// Whether bytes are a whole JPEG, PNG or TIFF picture. By content, never by name. The declared size is judged before
/// anything is decoded; decoding samples the picture down, so that it needs memory for some rows and not for all.
final class Picture {
    /// A3 at 600 dpi has 70 million.
    private static final long MOST_PIXELS = 100_000_000;

    private static final int LONGEST_SIDE = 30_000;
    private static final int MOST_PAGES = 50;
    private static final long SAMPLED_PIXELS = 1_000_000;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] PNG_END = {'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82};

    private Picture() {}

    static Optional<ScanFault> fault(byte[] bytes) {
        if (begins(bytes, '%', 'P', 'D', 'F', '-')) {
            return Optional.of(ScanFault.PDF);
        }
        if (begins(bytes, 0xff, 0xd8, 0xff)) {
            return endsAfterItsLastScan(bytes) ? decode("jpeg", bytes) : Optional.of(ScanFault.UNREADABLE);
        }
        if (Arrays.equals(PNG, 0, 8, bytes, 0, Math.min(8, bytes.length))) {
            return ends(bytes, PNG_END) ? decode("png", bytes) : Optional.of(ScanFault.UNREADABLE);
        }
        if (begins(bytes, 'I', 'I', 42, 0) || begins(bytes, 'M', 'M', 0, 42)) {
            return decode("tiff", bytes);
        }
        return Optional.of(ScanFault.UNREADABLE);
    }

    private static Optional<ScanFault> decode(String format, byte[] bytes) {
        var readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new IllegalStateException("no reader for " + format);
        }
        var reader = readers.next();
        try (var in = new ByteArrayImageInputStream(bytes)) {
            reader.setInput(in, false, true);
            int pages = reader.getNumImages(true);
            if (pages < 1) {
                return Optional.of(ScanFault.UNREADABLE);
            }
            if (pages > MOST_PAGES) {
                return Optional.of(ScanFault.TOO_LARGE);
            }
            for (int page = 0; page < pages; page++) {
                long pixels = (long) reader.getWidth(page) * reader.getHeight(page);
                if (pixels > MOST_PIXELS || Math.max(reader.getWidth(page), reader.getHeight(page)) > LONGEST_SIDE) {
                    return Optional.of(ScanFault.TOO_LARGE);
                }
                if (!isWhole(reader, page, pixels)) {
                    return Optional.of(ScanFault.UNREADABLE);
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException broken) {
            // decoders answer a stranger's broken file with whatever their parsing runs into
            return Optional.of(ScanFault.UNREADABLE);
        } finally {
            reader.dispose();
        }
    }

    /// Decodes all of it. A JPEG decoder fills what is missing with grey and only warns.
    private static boolean isWhole(ImageReader reader, int page, long pixels) throws IOException {
        var cut = new AtomicBoolean();
        IIOReadWarningListener listener = (source, warning) -> {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                cut.set(true);
            }
        };
        reader.addIIOReadWarningListener(listener);
        try {
            var parameters = reader.getDefaultReadParam();
            int step = (int) Math.ceil(Math.sqrt((double) pixels / SAMPLED_PIXELS));
            parameters.setSourceSubsampling(Math.max(step, 1), Math.max(step, 1), 0, 0);
            reader.read(page, parameters).flush();
        } finally {
            reader.removeIIOReadWarningListener(listener);
        }
        return !cut.get();
    }

    /// ITU-T T.81 annex B: walks the marker segments. A file cut short has no EOI after its last entropy-coded data;
    /// what follows EOI is none of the picture's.
    private static boolean endsAfterItsLastScan(byte[] jpeg) {
        int at = 2;
        while (at + 3 < jpeg.length && (jpeg[at] & 0xff) == 0xff) {
            int marker = jpeg[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
            if (marker == 0xda) {
                at = endOfEntropyCodedData(jpeg, at);
                if (at + 1 < jpeg.length && (jpeg[at + 1] & 0xff) == 0xd9) {
                    return true;
                }
            }
        }
        return false;
    }

    /// @return where the next marker stands that is neither a stuffed zero nor a restart
    private static int endOfEntropyCodedData(byte[] jpeg, int from) {
        int at = from;
        while (at + 1 < jpeg.length) {
            int next = jpeg[at + 1] & 0xff;
            if ((jpeg[at] & 0xff) == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                return at;
            }
            at++;
        }
        return jpeg.length;
    }

    private static boolean begins(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /// Within the last kilobyte: some scanners append a note of their own.
    private static boolean ends(byte[] bytes, byte[] end) {
        for (int at = bytes.length - end.length; at >= Math.max(0, bytes.length - 1_024); at--) {
            if (Arrays.equals(bytes, at, at + end.length, end, 0, end.length)) {
                return true;
            }
        }
        return false;
    }
}
