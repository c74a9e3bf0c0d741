package org.yinzheng.signing.pdf;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.seal.SealPicture;

/// A seal that shows which way up it is: an outlined square, its upper left quarter filled.
final class Arrow {
    static final SealPicture SEAL = seal();

    private Arrow() {}

    static boolean isRed(int rgb) {
        var colour = new Color(rgb);
        return colour.getRed() > 180 && colour.getGreen() < 100 && colour.getBlue() < 100;
    }

    /// Whether the filled quarter is the upper left one of all that is red.
    static boolean pointsUp(BufferedImage image) {
        long count = 0;
        double x = 0;
        double y = 0;
        int left = image.getWidth();
        int right = 0;
        int top = image.getHeight();
        int bottom = 0;
        for (int j = 0; j < image.getHeight(); j++) {
            for (int i = 0; i < image.getWidth(); i++) {
                if (isRed(image.getRGB(i, j))) {
                    count++;
                    x += i;
                    y += j;
                    left = Math.min(left, i);
                    right = Math.max(right, i);
                    top = Math.min(top, j);
                    bottom = Math.max(bottom, j);
                }
            }
        }
        return x / count < (left + right) / 2.0 - 2 && y / count < (top + bottom) / 2.0 - 2;
    }

    private static SealPicture seal() {
        var image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 100, 100);
        graphics.fillRect(0, 196, 200, 4);
        graphics.fillRect(196, 0, 4, 200);
        graphics.dispose();
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new SealPicture(DocumentBytes.owning(png.toByteArray()), 42, 42);
    }
}
