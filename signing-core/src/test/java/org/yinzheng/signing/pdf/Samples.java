package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.WriterProperties;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.imageio.ImageIO;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.verdict.Report;

/// A small PDF and somebody to sign it, made once for all tests of this package.
final class Samples {
    static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    static final String LICENCE_ID = "1.2.156.3005.2.11100000000013338W011.1234567890";
    static final MemoryCustodian CUSTODIAN = new MemoryCustodian();
    static final DemonstrationAuthority AUTHORITY = authority();
    static final Trust TRUST = AUTHORITY.trust();

    private Samples() {}

    static Signer signer(Suite suite) {
        return AUTHORITY.signer("东原市市场监督管理局", suite);
    }

    /// @param compact with object streams and a cross-reference stream
    static DocumentBytes page(boolean compact) {
        var output = new ByteArrayOutputStream();
        var properties = new WriterProperties().setFullCompressionMode(compact);
        try (var document = new PdfDocument(new PdfWriter(output, properties))) {
            document.getDocumentInfo().setMoreInfo("YinzhengLicenceId", LICENCE_ID);
            document.getDocumentInfo().setTitle("营业执照");
            var canvas = new PdfCanvas(document.addNewPage());
            canvas.rectangle(50, 50, 300, 500).stroke();
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    static DocumentBytes stamped(DocumentBytes pdf, Suite suite) {
        return signed(pdf, stamp(suite, signer(suite), false));
    }

    /// As a licence is signed: SM2 first and invisible, then RSA with the seal.
    static DocumentBytes licence() {
        return inOrder(page(false), Suite.SM2_SM3, Suite.RSA_SHA256);
    }

    static DocumentBytes inOrder(DocumentBytes pdf, Suite first, Suite second) {
        return signed(signed(pdf, stamp(first, signer(first), false)), stamp(second, signer(second), true));
    }

    static DocumentBytes signed(DocumentBytes pdf, PdfStamp stamp) {
        return new PdfStamper().stamp(pdf, stamp).document();
    }

    static PdfStamp stamp(Suite suite, Signer signer, boolean visible) {
        var stamp = PdfStamp.baseline("authority-" + suite.name(), signer, AT, "颁发电子证照");
        return visible ? stamp.showing(seal(), new Place.OnPage(1, 141, 221)) : stamp;
    }

    static Report verify(DocumentBytes pdf) {
        return new PdfVerifier(TRUST).verify(pdf, AT.plusSeconds(30));
    }

    static SealPicture seal() {
        var image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.drawOval(5, 5, 190, 190);
        graphics.dispose();
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new SealPicture(DocumentBytes.owning(png.toByteArray()), 42, 42);
    }

    private static DemonstrationAuthority authority() {
        try {
            Path folder = Files.createTempDirectory("demonstration");
            folder.toFile().deleteOnExit();
            return DemonstrationAuthority.open(CUSTODIAN, folder, Clock.fixed(AT.minusSeconds(60), ZoneOffset.UTC));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
