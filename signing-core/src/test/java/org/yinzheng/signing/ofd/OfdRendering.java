package org.yinzheng.signing.ofd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.yinzheng.shaded.ofdrw.converter.ImageMaker;
import org.yinzheng.shaded.ofdrw.reader.OFDReader;
import org.yinzheng.signing.DocumentBytes;

/// How OFDRW, a reader that is not ours, draws an OFD: to look at, and to compare.
public final class OfdRendering {
    private OfdRendering() {}

    /// The first page, with its stamps.
    ///
    /// @return a PNG
    public static DocumentBytes png(DocumentBytes ofd, double pixelsPerMm) throws IOException {
        return png(ofd, 1, pixelsPerMm);
    }

    /// @param page from 1
    /// @return a PNG
    static DocumentBytes png(DocumentBytes ofd, int page, double pixelsPerMm) throws IOException {
        try (var reader = new OFDReader(ofd.stream())) {
            var image = new ImageMaker(reader, pixelsPerMm).makePage(page - 1);
            var png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return DocumentBytes.of(png.toByteArray());
        }
    }
}
