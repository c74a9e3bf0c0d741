package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void nameThatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> ARTIST.round("局", "", 42)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> ARTIST.round("局".repeat(31), "", 42)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> ARTIST.round("海州市公安局", "", 70)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void characterWithoutGlyph_isRefusedByName() {
        assertThatThrownBy(() -> ARTIST.round("海州市\uE000公安局", "", 42))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("missing-glyph"));
    }
}
