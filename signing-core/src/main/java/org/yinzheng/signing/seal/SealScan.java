package org.yinzheng.signing.seal;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// Takes a seal's picture from a scan or photograph of its imprint: paper and black print become transparent,
/// red ink keeps its strength, the picture is cut to the imprint. The result is encoded anew, so that nothing
/// of the uploaded file but its red ink goes on.
public final class SealScan {
    private static final double MM_PER_INCH = 25.4;
    private static final int[] RESOLUTIONS = {600, 450, 300};
    /// Less red than this is paper, shadow or the edge of black print; shares of white.
    private static final double PALEST = 0.12;
    private static final double LEAST_INK = 0.002;
    private static final double WORST_RATIO = 1.15;
    /// Blocks across the picture, from whose brightest parts the light on the paper is known.
    private static final int BLOCKS = 24;

    private SealScan() {}

    /// @param upload a PNG or JPEG
    /// @param widthMm of the imprint itself, as `heightMm`
    /// @throws InvalidInput `seal-scan` when it is no such picture, is too large, or shows no red imprint;
    /// `seal-size` when the imprint has other proportions
    public static SealPicture clean(DocumentBytes upload, double widthMm, double heightMm) {
        if (!(widthMm >= 10 && widthMm <= 80 && heightMm >= 10 && heightMm <= 80)) {
            throw new InvalidInput("seal-size", "size", "a seal is 10 to 80 mm wide and high");
        }
        var ink = Ink.of(ScanFile.open(upload));
        var box = ink.box();
        double given = widthMm / heightMm;
        double found = (double) box.width() / box.height();
        if (Math.max(given / found, found / given) > WORST_RATIO) {
            throw new InvalidInput("seal-size", "size", "the imprint has other proportions than this size");
        }
        var imprint = ink.picture(box);
        for (int resolution : RESOLUTIONS) {
            double pixelsPerMm = Math.min(resolution / MM_PER_INCH, imprint.getWidth() / widthMm);
            var scaled =
                    scaled(imprint, (int) Math.round(widthMm * pixelsPerMm), (int) Math.round(heightMm * pixelsPerMm));
            var png = RedPng.of(scaled, SealArtist.RED, pixelsPerMm);
            if (png.size() <= RedPng.MOST_BYTES || resolution == RESOLUTIONS[RESOLUTIONS.length - 1]) {
                return new SealPicture(png, widthMm, heightMm);
            }
        }
        throw new AssertionError("the last resolution is taken in any case");
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        if (image.getWidth() == width && image.getHeight() == height) {
            return image;
        }
        var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var canvas = scaled.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(image, 0, 0, width, height, null);
        canvas.dispose();
        return scaled;
    }

    private record Box(int x, int y, int width, int height) {}

    /// How strong the ink is at every pixel, 0 to 1.
    private static final class Ink {
        private final int width;
        private final int height;
        private final float[] strength;

        private Ink(int width, int height, float[] strength) {
            this.width = width;
            this.height = height;
            this.strength = strength;
        }

        static Ink of(BufferedImage scan) {
            int width = scan.getWidth();
            int height = scan.getHeight();
            var rgb = scan.getRGB(0, 0, width, height, null, 0, width);
            var light = light(rgb, width, height);
            var red = new float[rgb.length];
            for (int i = 0; i < rgb.length; i++) {
                double paper = at(light, i % width / (double) width, Math.floorDiv(i, width) / (double) height);
                int r = rgb[i] >> 16 & 0xff;
                int g = rgb[i] >> 8 & 0xff;
                int b = rgb[i] & 0xff;
                // red ink takes green and blue from the paper's light; black print takes red as well
                red[i] = (float) Math.clamp((r - (g + b) / 2.0) / paper, 0, 1);
            }
            return new Ink(width, height, strengthened(red));
        }

        /// So that the strongest parts of the imprint are opaque whatever the ink and the light.
        private static float[] strengthened(float[] red) {
            var inked = new float[red.length];
            int count = 0;
            for (float value : red) {
                if (value > PALEST) {
                    inked[count++] = value;
                }
            }
            if (count < red.length * LEAST_INK) {
                throw ScanFile.wrong("the picture shows no red imprint");
            }
            Arrays.sort(inked, 0, count);
            double full = inked[(int) (count * 0.6)];
            for (int i = 0; i < red.length; i++) {
                red[i] = (float) Math.clamp((red[i] - PALEST) / Math.max(0.05, full - PALEST), 0, 1);
            }
            return red;
        }

        /// Of the paper, in each block: near the brightest there, and not less than half of the brightest of all.
        private static double[][] light(int[] rgb, int width, int height) {
            var light = new double[BLOCKS][BLOCKS];
            double brightest = 0;
            for (int row = 0; row < BLOCKS; row++) {
                for (int column = 0; column < BLOCKS; column++) {
                    light[row][column] = brightest(
                            rgb,
                            width,
                            column * width / BLOCKS,
                            (column + 1) * width / BLOCKS,
                            row * height / BLOCKS,
                            (row + 1) * height / BLOCKS);
                    brightest = Math.max(brightest, light[row][column]);
                }
            }
            for (var row : light) {
                for (int column = 0; column < BLOCKS; column++) {
                    row[column] = Math.max(row[column], brightest / 2);
                }
            }
            return light;
        }

        /// The red channel sees paper through red ink.
        private static double brightest(int[] rgb, int width, int left, int right, int top, int bottom) {
            var histogram = new int[256];
            int count = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    histogram[rgb[y * width + x] >> 16 & 0xff]++;
                    count++;
                }
            }
            int above = count / 20;
            int level = 255;
            while (level > 1 && (above -= histogram[level]) >= 0) {
                level--;
            }
            return level;
        }

        /// Between the middles of four blocks.
        private static double at(double[][] light, double x, double y) {
            double column = Math.clamp(x * BLOCKS - 0.5, 0, BLOCKS - 1.001);
            double row = Math.clamp(y * BLOCKS - 0.5, 0, BLOCKS - 1.001);
            int c = (int) column;
            int r = (int) row;
            double across = column - c;
            double down = row - r;
            return (light[r][c] * (1 - across) + light[r][c + 1] * across) * (1 - down)
                    + (light[r + 1][c] * (1 - across) + light[r + 1][c + 1] * across) * down;
        }

        /// Around the ink, specks left aside.
        Box box() {
            int left = width;
            int right = -1;
            int top = height;
            int bottom = -1;
            for (int y = 1; y < height - 1; y++) {
                for (int x = 1; x < width - 1; x++) {
                    if (isSolid(x, y)) {
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                        top = Math.min(top, y);
                        bottom = Math.max(bottom, y);
                    }
                }
            }
            if (right - left < 20 || bottom - top < 20) {
                throw ScanFile.wrong("the picture shows no red imprint");
            }
            return new Box(left, top, right - left + 1, bottom - top + 1);
        }

        private boolean isSolid(int x, int y) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    if (strength[(y + dy) * width + x + dx] < 0.5) {
                        return false;
                    }
                }
            }
            return true;
        }

        BufferedImage picture(Box box) {
            var picture = new BufferedImage(box.width(), box.height(), BufferedImage.TYPE_INT_ARGB);
            int colour = SealArtist.RED.getRGB() & 0xffffff;
            for (int y = 0; y < box.height(); y++) {
                for (int x = 0; x < box.width(); x++) {
                    float ink = strength[(box.y() + y) * width + box.x() + x];
                    picture.setRGB(x, y, Math.round(ink * 255) << 24 | colour);
                }
            }
            return picture;
        }
    }
}
