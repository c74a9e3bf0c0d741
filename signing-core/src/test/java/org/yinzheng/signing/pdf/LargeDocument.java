package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.font.PdfFontFactory;
import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.pdf.CompressionConstants;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.WriterProperties;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import com.itextpdf.kernel.pdf.xobject.PdfImageXObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.time.TimestampAuthority;

/// A program of its own: stamps one file into another, in a heap that is given on its command line.
public final class LargeDocument {
    private static final int PAGES = 100;
    private static final int SIDE = 1448;

    private LargeDocument() {}

    /// About 200 MB: a hundred scans of 2 MB each, which nothing can compress.
    static void write(Path path) throws IOException {
        var properties = new WriterProperties().setCompressionLevel(CompressionConstants.NO_COMPRESSION);
        var random = new Random(1);
        try (var document = new PdfDocument(new PdfWriter(path.toString(), properties))) {
            var font = PdfFontFactory.createFont();
            for (int i = 1; i <= PAGES; i++) {
                var page = document.addNewPage(PageSize.A4);
                var grey = new byte[SIDE * SIDE];
                random.nextBytes(grey);
                var image = new PdfStream(grey, CompressionConstants.NO_COMPRESSION);
                image.put(PdfName.Type, PdfName.XObject);
                image.put(PdfName.Subtype, PdfName.Image);
                image.put(PdfName.Width, new PdfNumber(SIDE));
                image.put(PdfName.Height, new PdfNumber(SIDE));
                image.put(PdfName.ColorSpace, PdfName.DeviceGray);
                image.put(PdfName.BitsPerComponent, new PdfNumber(8));
                new PdfCanvas(page).addXObjectAt(new PdfImageXObject(image), 100, 100);
                Papers.write(page, font, 12, 300, 500, i == PAGES ? "SEAL HERE" : "scan " + i);
                image.makeIndirect(document);
                page.flush();
                image.flush();
            }
        }
    }

    public static void main(String[] arguments) {
        var clock = new TimestampAuthority(
                Samples.AUTHORITY.timestamper(Suite.RSA_SHA256),
                Samples.AUTHORITY.timestamper(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                Clock.fixed(Samples.AT, ZoneOffset.UTC));
        var stamper = new PdfStamper(Optional.of(clock), Evidence.from(() -> Samples.TRUST));
        var stamp = Papers.stamp(new Place.AtKeyword("SEAL HERE", 1))
                .reaching(Level.valueOf(arguments[2]), Level.Shortfall.REQUIRE);
        var done = stamper.stamp(Path.of(arguments[0]), Path.of(arguments[1]), stamp);
        System.out.println("reached " + done.reached() + " in " + done.placed().size() + " places, heap "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
    }
}
