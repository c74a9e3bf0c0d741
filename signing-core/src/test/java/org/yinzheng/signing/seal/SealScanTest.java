package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Typefaces;

class SealScanTest {
    private static final SealPicture TRUTH =
            new SealArtist(Typefaces.find()).draw(new SealDesign.Round("海州市市场监督管理局", "审批专用章", 42));
    private static final BufferedImage SCAN = scan();

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void imprintOnUnevenPaper_losesPaperAndPrint_andKeepsTheInk(String format) throws IOException {
        var picture = SealScan.clean(encoded(SCAN, format), 42, 42);
        Files.createDirectories(Path.of("target/seals"));
        Files.write(
                Path.of("target/seals/scan-" + format + ".png"), picture.png().toByteArray());
        ImageIO.write(SCAN, "png", Path.of("target/seals/scan-before.png").toFile());

        var cleaned = ImageIO.read(picture.png().stream());
        var truth = ImageIO.read(TRUTH.png().stream());
        assertThat((double) cleaned.getWidth() / cleaned.getHeight()).isBetween(0.98, 1.02);
        int both = 0;
        int either = 0;
        for (int y = 0; y < 400; y++) {
            for (int x = 0; x < 400; x++) {
                boolean is = inked(cleaned, x, y);
                boolean should = inked(truth, x, y);
                both += is && should ? 1 : 0;
                either += is || should ? 1 : 0;
            }
        }
        assertThat((double) both / either).as("agreement of the inked pixels").isGreaterThan(0.75);
        assertThat(picture.outline()).isEmpty();
        assertThat(picture.png().size()).isLessThan(40 * 1024);
        assertThat(chunks(picture.png().toByteArray())).containsExactly("IHDR", "pHYs", "PLTE", "tRNS", "IDAT", "IEND");
    }

    @Test
    void transparentPalettedInterlacedAndDeepPictures_areRead() throws IOException {
        var drawn = ImageIO.read(TRUTH.png().stream());
        assertThat(SealScan.clean(encoded(drawn, "png"), 42, 42).png().size()).isPositive();
        assertThat(SealScan.clean(TRUTH.png(), 42, 42).png().size()).isPositive(); // a palette
        assertThat(SealScan.clean(interlaced(SCAN), 42, 42).png().size()).isPositive();
        var deep = new BufferedImage(
                new java.awt.image.ComponentColorModel(
                        java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB),
                        false,
                        false,
                        java.awt.Transparency.OPAQUE,
                        java.awt.image.DataBuffer.TYPE_USHORT),
                java.awt.image.Raster.createInterleavedRaster(
                        java.awt.image.DataBuffer.TYPE_USHORT, SCAN.getWidth(), SCAN.getHeight(), 3, null),
                false,
                null);
        deep.createGraphics().drawImage(SCAN, 0, 0, null);
        assertThat(SealScan.clean(encoded(deep, "png"), 42, 42).png().size()).isPositive();
    }

    @Test
    void otherProportionsThanTheImprint_areRefused() {
        refused(encoded(SCAN, "png"), 42, 30, "seal-size");
        refused(encoded(SCAN, "png"), 142, 142, "seal-size");
    }

    @Test
    void pictureWithoutRed_isRefused() {
        var grey = new BufferedImage(300, 300, BufferedImage.TYPE_BYTE_GRAY);
        grey.createGraphics().drawImage(SCAN, 0, 0, 300, 300, null);
        refused(encoded(grey, "png"), 42, 42, "seal-scan");
        refused(encoded(new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB), "png"), 42, 42, "seal-scan");
    }

    @Test
    void pictureBomb_isRefusedBeforeUnpacking() {
        for (int size : new int[] {60_000, 4_001, Integer.MAX_VALUE, -1, 0, 10}) {
            refused(resized(encoded(SCAN, "png").toByteArray(), size), 42, 42, "seal-scan");
        }
        var jpeg = encoded(SCAN, "jpeg").toByteArray();
        int frame = indexOfFrame(jpeg);
        for (int i = 5; i < 9; i++) {
            jpeg[frame + i] = (byte) 0xff;
        }
        refused(DocumentBytes.of(jpeg), 42, 42, "seal-scan");
        refused(DocumentBytes.of(new byte[ScanFile.MOST_BYTES + 1]), 42, 42, "seal-scan");
    }

    @Test
    void animatedPicture_isRefused() {
        refused(withChunk(encoded(SCAN, "png").toByteArray(), "acTL", new byte[8]), 42, 42, "seal-scan");
    }

    @Test
    void foreignChunks_reachNobody() {
        var bomb = withChunk(
                encoded(SCAN, "png").toByteArray(), "zTXt", "x\0\0garbage".getBytes(StandardCharsets.ISO_8859_1));
        var cleaned = SealScan.clean(bomb, 42, 42).png();
        assertThat(chunks(cleaned.toByteArray())).doesNotContain("zTXt");
    }

    @Test
    void brokenFiles_areRefused() {
        for (var format : List.of("png", "jpeg")) {
            var whole = encoded(SCAN, format).toByteArray();
            for (int length : new int[] {0, 3, 20, 60, 200}) {
                refused(DocumentBytes.of(Arrays.copyOf(whole, length)), 42, 42, "seal-scan");
            }
        }
        refused(
                DocumentBytes.of("GIF89a and so on, long enough".getBytes(StandardCharsets.US_ASCII)),
                42,
                42,
                "seal-scan");
        refused(
                DocumentBytes.of("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.US_ASCII)),
                42,
                42,
                "seal-scan");
    }

    /// An imprint of 42 mm at 300 dpi on paper in the shade, with a printed line through it.
    private static BufferedImage scan() {
        try {
            int size = 700;
            var scan = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
            var canvas = scan.createGraphics();
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            canvas.setColor(new Color(0xf4, 0xf2, 0xec));
            canvas.fillRect(0, 0, size, size);
            var random = new SplittableRandom(7);
            canvas.drawImage(ImageIO.read(TRUTH.png().stream()), 100, 110, 496, 496, null);
            canvas.setColor(new Color(0x22, 0x22, 0x22));
            canvas.setStroke(new BasicStroke(6));
            canvas.drawLine(20, 300, 680, 310);
            canvas.dispose();
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    double light = 1 - 0.35 * x / size - 0.1 * y / size + random.nextDouble(-0.03, 0.03);
                    int rgb = scan.getRGB(x, y);
                    // faded ink: half of the paper shines through
                    int r = (int) Math.clamp((rgb >> 16 & 0xff) * light, 0, 255);
                    int g = (int) Math.clamp((60 + (rgb >> 8 & 0xff) * 0.75) * light, 0, 255);
                    int b = (int) Math.clamp((55 + (rgb & 0xff) * 0.75) * light, 0, 255);
                    boolean print = (rgb & 0xff) < 60 && (rgb >> 16 & 0xff) < 60;
                    scan.setRGB(x, y, print ? 0x2a2a2a : r << 16 | g << 8 | b);
                }
            }
            return scan;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean inked(BufferedImage image, int x, int y) {
        return image.getRGB(x * image.getWidth() / 400, y * image.getHeight() / 400) >>> 24 > 128;
    }

    private static DocumentBytes encoded(BufferedImage image, String format) {
        try {
            var out = new ByteArrayOutputStream();
            assertThat(ImageIO.write(image, format, out)).isTrue();
            return DocumentBytes.of(out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static DocumentBytes interlaced(BufferedImage image) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("png").next();
        var how = writer.getDefaultWriteParam();
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        var out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        }
        writer.dispose();
        var png = out.toByteArray();
        assertThat(png[28]).as("interlace method").isEqualTo((byte) 1);
        return DocumentBytes.of(png);
    }

    private static DocumentBytes resized(byte[] png, int size) {
        var bytes = png.clone();
        var changed = ByteBuffer.wrap(bytes);
        changed.putInt(16, size).putInt(20, size);
        var check = new CRC32();
        check.update(bytes, 12, 17);
        changed.putInt(29, (int) check.getValue());
        return DocumentBytes.of(bytes);
    }

    /// After the header.
    private static DocumentBytes withChunk(byte[] png, String type, byte[] data) {
        var body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        var check = new CRC32();
        check.update(body);
        return DocumentBytes.of(ByteBuffer.allocate(png.length + 8 + body.length)
                .put(png, 0, 33)
                .putInt(data.length)
                .put(body)
                .putInt((int) check.getValue())
                .put(png, 33, png.length - 33)
                .array());
    }

    private static List<String> chunks(byte[] png) {
        var types = new ArrayList<String>();
        var buffer = ByteBuffer.wrap(png);
        for (int at = 8; at < png.length; at += buffer.getInt(at) + 12) {
            types.add(new String(png, at + 4, 4, StandardCharsets.US_ASCII));
        }
        return types;
    }

    private static int indexOfFrame(byte[] jpeg) {
        for (int i = 0; i < jpeg.length; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
                return i;
            }
        }
        throw new AssertionError("a baseline JPEG");
    }

    private static void refused(DocumentBytes upload, double width, double height, String code) {
        assertThatThrownBy(() -> SealScan.clean(upload, width, height))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
