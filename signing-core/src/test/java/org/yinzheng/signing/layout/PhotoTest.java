package org.yinzheng.signing.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.InvalidInput;

class PhotoTest {
    private static final int PNG_HEADER_DATA = 16;

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void picture_isPlacedUndistorted(String format) throws IOException {
        var photo = Photo.ofBase64("data.KZ_ZP", Base64.getEncoder().encodeToString(picture(format, 60, 90)));
        assertThat(photo.width()).isEqualTo(60);
        var area = photo.within(new Page.Area(10, 10, 40, 30));
        assertThat(area.height()).isCloseTo(30, within(1e-9));
        assertThat(area.width()).isCloseTo(20, within(1e-9));
        assertThat(area.x()).isCloseTo(20, within(1e-9));
    }

    @Test
    void longText_isRefusedBeforeItIsDecoded() {
        refused("photo-size", "A".repeat(Photo.MOST_BYTES * 2));
    }

    @Test
    void wrongBase64_isRefused() {
        refused("photo-encoding", "data:image/png;base64,AAAA");
    }

    @Test
    void otherFormat_isRefused() throws IOException {
        refused("photo-format", Base64.getEncoder().encodeToString(picture("gif", 60, 60)));
        refused(
                "photo-format",
                Base64.getEncoder().encodeToString("%PDF-1.7 not a picture".getBytes(StandardCharsets.US_ASCII)));
        refused("photo-format", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void headOfAPicture_isRefused(String format) throws IOException {
        var whole = picture(format, 60, 90);
        refused("photo-format", Base64.getEncoder().encodeToString(Arrays.copyOf(whole, 30)));
    }

    /// A header of a few bytes that promises billions of pixels.
    @Test
    void bomb_isRefusedByItsHeader() throws IOException {
        var png = picture("png", 60, 90);
        ByteBuffer.wrap(png).putInt(PNG_HEADER_DATA, 60_000).putInt(PNG_HEADER_DATA + 4, 60_000);
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        refused("photo-pixels", Base64.getEncoder().encodeToString(png));
    }

    @Test
    void stamp_ofAFewPixels_isRefused() throws IOException {
        refused("photo-pixels", Base64.getEncoder().encodeToString(picture("png", 8, 8)));
    }

    private static void refused(String code, String base64) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Photo.ofBase64("data.KZ_ZP", base64))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.field()).isEqualTo("data.KZ_ZP");
                });
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }
}
