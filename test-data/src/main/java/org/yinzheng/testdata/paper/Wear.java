package org.yinzheng.testdata.paper;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.DataBufferInt;
import java.awt.image.Kernel;
import java.util.SplittableRandom;

/// What age and the device do to a picture: yellowed paper, uneven light, a soft lens, grain.
final class Wear {
    private static final Kernel SOFT =
            new Kernel(3, 3, new float[] {0.05f, 0.1f, 0.05f, 0.1f, 0.4f, 0.1f, 0.05f, 0.1f, 0.05f});

    private Wear() {}

    static void apply(BufferedImage image, Device device, SplittableRandom random) {
        soften(image);
        int width = image.getWidth();
        int height = image.getHeight();
        double toTheRight = random.nextDouble(-device.light, device.light);
        double down = random.nextDouble(-device.light, device.light);
        double yellow = random.nextDouble(0.01, 0.1);
        Grain cloud = new Grain(random, width, height, 140);
        Grain fibre = new Grain(random, width, height, 3.1);

        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double fromLeft = (double) x / width - 0.5;
                double fromTop = (double) y / height - 0.5;
                double light = 1
                        + toTheRight * fromLeft
                        + down * fromTop
                        - device.vignette * 2 * (fromLeft * fromLeft + fromTop * fromTop)
                        - 0.05 * cloud.at(x, y)
                        - 0.03 * fibre.at(x, y);
                long dice = random.nextLong();
                int grain = grain(dice, device.noise);
                int pixel = pixels[y * width + x];
                int red = shade(pixel >> 16, light, grain + grain(dice >>> 32, device.noise) / 3);
                int green = shade(pixel >> 8, light * (1 - yellow * 0.25), grain);
                int blue = shade(pixel, light * (1 - yellow), grain + grain(dice >>> 48, device.noise) / 3);
                pixels[y * width + x] = red << 16 | green << 8 | blue;
            }
        }
    }

    /// About normal: the sum of two even throws.
    private static int grain(long dice, int strength) {
        int sum = (int) (dice & 0xFF) + (int) (dice >>> 8 & 0xFF) - 255;
        return sum * strength / 128;
    }

    private static int shade(int channel, double light, int grain) {
        return Math.clamp(Math.round((channel & 0xFF) * light) + grain, 0, 255);
    }

    private static void soften(BufferedImage image) {
        BufferedImage sharp = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        image.copyData(sharp.getRaster());
        new ConvolveOp(SOFT, ConvolveOp.EDGE_NO_OP, null).filter(sharp, image);
    }
}
