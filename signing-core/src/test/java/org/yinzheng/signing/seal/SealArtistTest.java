package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.awt.Shape;
import java.awt.geom.Area;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Typefaces;

class SealArtistTest {
    private static final SealArtist ARTIST = new SealArtist(Typefaces.find());

    @ParameterizedTest
    @CsvSource({
        "某市政府, '', 42",
        "临江县公安局, 户籍专用章, 42",
        "海州市市场监督管理局, '', 42",
        "云岭省海州市行政审批服务局, 业务专用章, 42",
        "云岭省海州市高新技术产业开发区管理委员会, 电子证照专用章, 45",
        "云岭省海州市经济技术开发区市场监督管理局（知识产权局）, '', 45"
    })
    void names_shortToLong_areSmallTransparentPictures(String name, String lower, double diameter) throws IOException {
        var picture = ARTIST.round(name, lower, diameter);

        var directory = Path.of("target/seals");
        Files.createDirectories(directory);
        Files.write(directory.resolve(name + ".png"), picture.png().toByteArray());
        assertThat(picture.png().size()).isLessThanOrEqualTo(25 * 1024);
        var image = ImageIO.read(picture.png().stream());
        assertThat(image.getWidth()).isGreaterThanOrEqualTo((int) Math.round(diameter * 600 / 25.4));
        assertThat(image.getRGB(0, 0) >>> 24).isZero();
        int centre = image.getRGB(image.getWidth() / 2, image.getHeight() / 2);
        assertThat(centre).isEqualTo(SealArtist.RED.getRGB());
    }

    @Test
    void sameName_givesTheSameBytes() {
        assertThat(ARTIST.round("海州市市场监督管理局", "", 42)).isEqualTo(ARTIST.round("海州市市场监督管理局", "", 42));
    }

    @Test
    void nameThatDoesNotFit_isRefusedWithTheLimit() {
        refused(new SealDesign.Round("局", "", 42), "seal-name-length", "30");
        refused(new SealDesign.Round("局".repeat(31), "", 42), "seal-name-length", "30");
        refused(new SealDesign.Round("海州市公安局", "章".repeat(11), 42), "seal-name-length", "10");
        refused(new SealDesign.Ellipse("局".repeat(31), "", "", 40, 30), "seal-name-length", "30");
        refused(new SealDesign.Ellipse("海州公司", "9".repeat(21), "", 40, 30), "seal-name-length", "20");
        refused(new SealDesign.Square("局".repeat(37), 22), "seal-name-length", "36");
    }

    @Test
    void sizeThatNoSealHas_isRefused() {
        refused(new SealDesign.Round("海州市公安局", "", 70), "seal-size", "60");
        refused(new SealDesign.Round("海州市公安局", "", Double.NaN), "seal-size", "60");
        refused(new SealDesign.Ellipse("海州公司", "", "", 40, 41), "seal-size", "wide");
        refused(new SealDesign.Square("海州公司", 40), "seal-size", "30");
    }

    @Test
    void characterWithoutGlyph_isRefusedByName() {
        refused(new SealDesign.Round("海州市\uE000公安局", "", 42), "missing-glyph", "U+E000");
    }

    /// The densest characters, at every length: none touches its neighbour, the border or the star.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 23, 26, 30})
    void characters_touchNothing(int length) {
        var name = "鑫罐囊赣籥龘".repeat(5).substring(0, length);
        for (var design : List.of(
                new SealDesign.Round(name, "", 42),
                new SealDesign.Round(name, "审批业务专用章", 42),
                new SealDesign.Round(name, "行政审批业务电子证照", 38),
                new SealDesign.Ellipse(name, "91350200MA2XYZ8K7C", "发票专用章", 40, 30),
                new SealDesign.Ellipse(name, "", "", 45, 30),
                new SealDesign.Square(name, 22))) {
            var parts = ARTIST.shapes(design);
            for (int i = 0; i < parts.size(); i++) {
                for (int j = i + 1; j < parts.size(); j++) {
                    assertThat(overlap(parts.get(i), parts.get(j)))
                            .as("parts %d and %d of %s", i, j, design)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void name_isSymmetricAboutTheTop_andEven() {
        for (int length : new int[] {2, 5, 9, 18, 30}) {
            var parts = ARTIST.shapes(new SealDesign.Round("国".repeat(length), "", 42));
            var angles = parts.subList(2, parts.size()).stream()
                    .map(shape -> shape.getBounds2D())
                    .mapToDouble(box -> Math.atan2(box.getCenterX(), -box.getCenterY()))
                    .toArray();
            assertThat(angles[0]).isCloseTo(-angles[length - 1], offset(0.03));
            double pitch = (angles[length - 1] - angles[0]) / (length - 1);
            for (int i = 1; i < length; i++) {
                assertThat(angles[i] - angles[i - 1]).isCloseTo(pitch, offset(0.05));
            }
        }
    }

    @Test
    void outline_isTheSamePicture() throws IOException {
        for (var design : SealSheet.designs()) {
            var picture = ARTIST.draw(design);
            assertThat(picture.png().size()).as(design.toString()).isLessThanOrEqualTo(25 * 1024);
            assertThat(picture.outline().orElseThrow()).matches("[MLCZ0-9. -]+");
            assertThat(picture.svg().orElseThrow()).contains("width=\"" + (int) design.widthMm() + "mm\"");
        }
        var design = new SealDesign.Round("海州市市场监督管理局", "", 42);
        var box = new java.awt.geom.Rectangle2D.Double();
        for (var pair : ARTIST.draw(design).outline().orElseThrow().split("[MLCZ]", -1)) {
            var numbers = pair.strip().split(" ", -1);
            if (numbers.length >= 2) {
                box.add(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
            }
        }
        assertThat(box.getMaxX()).isCloseTo(42, offset(0.01));
        assertThat(box.getMinX()).isCloseTo(0, offset(0.01));
    }

    @Test
    void kinds_haveTheirCodesAndShapes() {
        assertThat(java.util.Arrays.stream(SealKind.values()).map(SealKind::code))
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(SealKind.STATUTORY_NAME.design("海州市公安局", "", "")).isEqualTo(new SealDesign.Round("海州市公安局", "", 42));
        assertThat(SealKind.SPECIAL_PURPOSE.design("海州市公安局", "审批业务专用章", ""))
                .isEqualTo(new SealDesign.Round("海州市公安局", "审批业务专用章", 42));
        assertThat(SealKind.CONTRACT.design("海州公司", "", "")).isEqualTo(new SealDesign.Round("海州公司", "合同专用章", 38));
        assertThat(SealKind.FINANCE.design("海州公司", "", "")).isEqualTo(new SealDesign.Square("海州公司财务专用章", 22));
        assertThat(SealKind.INVOICE.design("海州公司", "", "91350200MA2XYZ8K7C"))
                .isEqualTo(new SealDesign.Ellipse("海州公司", "91350200MA2XYZ8K7C", "发票专用章", 40, 30));
        assertThat(java.util.stream.Stream.of("李雷", "韩梅梅", "欧阳一一")
                        .map(name -> SealKind.PERSONAL_NAME.design(name, "", "")))
                .containsExactly(
                        new SealDesign.Square("李雷之印", 20),
                        new SealDesign.Square("韩梅梅印", 20),
                        new SealDesign.Square("欧阳一一", 20));
    }

    private static boolean overlap(Shape one, Shape other) {
        if (!one.getBounds2D().intersects(other.getBounds2D())) {
            return false;
        }
        var common = new Area(one);
        common.intersect(new Area(other));
        return !common.isEmpty();
    }

    private static void refused(SealDesign design, String code, String limit) {
        assertThatThrownBy(() -> ARTIST.draw(design)).isInstanceOfSatisfying(InvalidInput.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(limit);
        });
    }
}
