package org.yinzheng.signing.seal;

import java.util.Locale;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;

/// The picture that a seal leaves on paper: a PNG with a transparent ground, and the size it is printed at.
///
/// @param outline SVG path data of the same picture: absolute `M L C Z`, millimetres from the top left corner, y
/// downwards, filled by the non-zero rule in [SealArtist#RED]. Absent for a picture that was scanned
public record SealPicture(DocumentBytes png, double widthMm, double heightMm, Optional<String> outline) {
    public SealPicture {
        if (!(widthMm > 0 && heightMm > 0)) {
            throw new IllegalArgumentException("a seal has a size");
        }
    }

    public SealPicture(DocumentBytes png, double widthMm, double heightMm) {
        this(png, widthMm, heightMm, Optional.empty());
    }

    /// The picture as an SVG document of its real size, crisp at any resolution.
    public Optional<String> svg() {
        return outline.map(data -> String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$smm\" height=\"%2$smm\" viewBox=\"0 0 %1$s %2$s\">"
                        + "<path fill=\"#%3$06x\" fill-rule=\"nonzero\" d=\"%4$s\"/></svg>\n",
                plain(widthMm),
                plain(heightMm),
                SealArtist.RED.getRGB() & 0xffffff,
                data));
    }

    private static String plain(double mm) {
        return mm == Math.rint(mm) ? Long.toString((long) mm) : Double.toString(mm);
    }
}
