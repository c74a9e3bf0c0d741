package org.yinzheng.signing.layout;

import java.io.IOException;
import java.util.Base64;
import java.util.Set;
import javax.imageio.ImageIO;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// 证件照: a raster picture that came with a licence's data. Its size is limited before it is decoded, and it is
/// decoded whole before anything is drawn: a file that only claims to be a picture reaches no document.
public record Photo(DocumentBytes image, int width, int height) {
    /// A passport photo of 35 × 45 mm at 600 dpi is below a tenth of this.
    public static final int MOST_BYTES = 300_000;
    public static final int MOST_PIXELS = 4_000_000;

    private static final int SMALLEST_SIDE = 40;
    private static final Set<String> FORMATS = Set.of("jpeg", "png");

    /// @param field for the error
    /// @throws InvalidInput `photo-size`, `photo-encoding`, `photo-format` or `photo-pixels`
    public static Photo ofBase64(String field, String base64) {
        if (base64.length() > (MOST_BYTES + 2) / 3 * 4) {
            throw new InvalidInput("photo-size", field, "a photo has at most " + MOST_BYTES + " bytes");
        }
        return of(field, DocumentBytes.owning(decoded(field, base64)));
    }

    private static byte[] decoded(String field, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            var failure = new InvalidInput("photo-encoding", field, "a photo is written in Base64 (RFC 4648 §4)");
            failure.initCause(e);
            throw failure;
        }
    }

    /// @param field for the error
    /// @throws InvalidInput `photo-size`, `photo-format` or `photo-pixels`
    public static Photo of(String field, DocumentBytes image) {
        if (image.size() > MOST_BYTES) {
            throw new InvalidInput("photo-size", field, "a photo has at most " + MOST_BYTES + " bytes");
        }
        try (var input = ImageIO.createImageInputStream(image.stream())) {
            var readers = ImageIO.getImageReaders(input);
            while (readers.hasNext()) {
                var reader = readers.next();
                if (!FORMATS.contains(reader.getFormatName().toLowerCase(java.util.Locale.ROOT))) {
                    continue;
                }
                try {
                    reader.setInput(input, true, true);
                    int width = reader.getWidth(0);
                    int height = reader.getHeight(0);
                    if (Math.min(width, height) < SMALLEST_SIDE || (long) width * height > MOST_PIXELS) {
                        throw new InvalidInput(
                                "photo-pixels",
                                field,
                                "a photo has sides of %d pixels at least, and at most %d pixels in all"
                                        .formatted(SMALLEST_SIDE, MOST_PIXELS));
                    }
                    reader.read(0);
                    return new Photo(image, width, height);
                } finally {
                    reader.dispose();
                }
            }
        } catch (InvalidInput refused) {
            throw refused;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            var failure = format(field);
            failure.initCause(e);
            throw failure;
        }
        throw format(field);
    }

    private static InvalidInput format(String field) {
        return new InvalidInput("photo-format", field, "a photo is a whole JPEG or PNG picture");
    }

    /// As large as fits, in the middle, undistorted.
    Page.Area within(Page.Area area) {
        double scale = Math.min(area.width() / width, area.height() / height);
        double w = width * scale;
        double h = height * scale;
        return new Page.Area(area.x() + (area.width() - w) / 2, area.y() + (area.height() - h) / 2, w, h);
    }
}
