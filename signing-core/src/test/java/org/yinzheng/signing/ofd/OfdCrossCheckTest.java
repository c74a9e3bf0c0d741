package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.shaded.ofdrw.reader.OFDReader;
import org.yinzheng.shaded.ofdrw.sign.verify.OFDValidator;
import org.yinzheng.shaded.ofdrw.sign.verify.container.SESV4ValidateContainer;
import org.yinzheng.shaded.ofdrw.sign.verify.exceptions.OFDVerifyException;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.seal.OpenSsl;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.seal.Stamp;
import org.yinzheng.signing.stamping.Place;

/// What we stamp, judged and drawn by programs that are not ours.
class OfdCrossCheckTest {
    @Test
    void stampedOfd_isAcceptedByOfdrw() {
        assertThatCode(() -> validate(OfdSamples.STAMPED)).doesNotThrowAnyException();
    }

    @Test
    void changedOfd_isRefusedByOfdrw() {
        var parts = new ArrayList<Part>();
        for (var part : ZipReader.read(OfdSamples.STAMPED).parts()) {
            var content = part.content().orElseThrow();
            if (part.name.endsWith("Content.xml")) {
                content[content.length - 1] = ' ';
            }
            parts.add(Part.of(part.name, content));
        }
        assertThatThrownBy(() -> validate(ZipWriter.write(parts, SealParties.NOW)))
                .isInstanceOf(OFDVerifyException.class);
    }

    @Test
    void stampAndSealInTheFile_verifyWithOpenSsl(@TempDir Path directory) throws Exception {
        var value = ZipReader.read(OfdSamples.STAMPED)
                .content("Doc_0/Signs/Sign_0/SignedValue.dat")
                .orElseThrow();
        var stamp = Stamp.parse(DocumentBytes.of(value));

        assertThat(OpenSsl.verifies(stamp.proof(), directory)).isTrue();
        assertThat(OpenSsl.verifies(stamp.seal().proof(), directory)).isTrue();
    }

    @Test
    void stampedOfd_isDrawnWithTextAndSeal() throws IOException {
        var png = OfdRendering.png(OfdSamples.STAMPED, 8);
        Files.createDirectories(Path.of("target/ofd"));
        Files.write(Path.of("target/ofd/sample.png"), png.toByteArray());

        var image = ImageIO.read(png.stream());
        assertThat(image.getWidth()).isEqualTo(148 * 8);
        assertThat(List.of(dark(image, 40, 12, 92, 28), dark(image, 14, 40, 90, 46), dark(image, 40, 50, 46, 56)))
                .as("dark pixels in the title, the name, the rare character")
                .allMatch(count -> count > 100);
        int red = image.getRGB(101 * 8, 81 * 8);
        assertThat((red >> 16) & 0xff).as("red of the seal's star").isGreaterThan(200);
        assertThat(red & 0xff).isLessThan(60);
    }

    @Test
    void severalStamps_andSealAcrossEdges_areDrawnWhereTheyLie() throws IOException {
        var edges = new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.5);
        var pages = OfdSamples.pages(3)
                .edit(
                        "Doc_0/Pages/Page_2/Content.xml",
                        xml -> xml.replaceFirst("<ofd:PhysicalBox>[^<]*<", "<ofd:PhysicalBox>0 0 160 130<"));
        var once = OfdSamples.stamp(pages.done(), false, new Place.OnPage(1, 40, 70), edges);
        var twice = OfdSamples.stamp(once.document(), true, new Place.OnPage(3, 40, 40));
        for (int page = 1; page <= 3; page++) {
            var png = OfdRendering.png(twice.document(), page, 6);
            Files.write(Path.of("target/ofd/several-" + page + ".png"), png.toByteArray());
        }
        var all = new java.util.ArrayList<>(once.placed());
        all.addAll(twice.placed());
        for (var placed : all) {
            var image = ImageIO.read(OfdRendering.png(twice.document(), placed.page(), 6).stream());
            var area = placed.area();
            assertThat(red(image, area, 6)).as(placed.toString()).isGreaterThan(area.width() > 20 ? 5000 : 1000);
        }
        assertThatCode(() -> validate(twice.document())).doesNotThrowAnyException();
    }

    private static int red(java.awt.image.BufferedImage image, org.yinzheng.signing.layout.Page.Area area, int scale) {
        int red = 0;
        for (int y = (int) (area.y() * scale); y < (area.y() + area.height()) * scale; y++) {
            for (int x = (int) (area.x() * scale);
                    x < Math.min(image.getWidth(), (area.x() + area.width()) * scale);
                    x++) {
                int rgb = image.getRGB(x, y);
                if ((rgb >> 16 & 0xff) > 200 && (rgb & 0xff) < 100 && (rgb >> 8 & 0xff) < 100) {
                    red++;
                }
            }
        }
        return red;
    }

    private static int dark(java.awt.image.BufferedImage image, int x1, int y1, int x2, int y2) {
        int dark = 0;
        for (int y = y1 * 8; y < y2 * 8; y++) {
            for (int x = x1 * 8; x < x2 * 8; x++) {
                if ((image.getRGB(x, y) & 0xff) < 80) {
                    dark++;
                }
            }
        }
        return dark;
    }

    static void validate(DocumentBytes ofd) throws IOException, GeneralSecurityException {
        try (var reader = new OFDReader(ofd.stream());
                var validator = new OFDValidator(reader)) {
            validator.setValidator(new SESV4ValidateContainer()).exeValidate();
        }
    }
}
