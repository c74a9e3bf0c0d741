package org.yinzheng.testdata.paper;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.SealArtist;

/// Presses an authority's round seal onto a sheet: a little turned, the ink uneven, the print shining through.
final class InkStamp {
    private static final double DIAMETER = 45;

    private final SealArtist artist;
    private final Map<String, BufferedImage> faces = new ConcurrentHashMap<>();

    InkStamp(Typefaces typefaces) {
        this.artist = new SealArtist(typefaces);
    }

    void press(BufferedImage page, Sheet sheet, AffineTransform lay, SplittableRandom random) {
        BufferedImage face = faces.computeIfAbsent(sheet.authority(), this::carve);
        BufferedImage ink = new BufferedImage(page.getWidth(), page.getHeight(), BufferedImage.TYPE_INT_ARGB);
        AffineTransform place = new AffineTransform(lay);
        double x = sheet.form() == Sheet.Form.CERTIFICATE ? 224 : 96;
        double y = sheet.form() == Sheet.Form.CERTIFICATE ? 172 : 157;
        place.translate(x + random.nextDouble(-6, 6), y + random.nextDouble(-3, 3));
        place.rotate(Math.toRadians(random.nextDouble(-14, 14)));
        place.scale(DIAMETER / face.getWidth(), DIAMETER / face.getHeight());
        place.translate(-face.getWidth() / 2.0, -face.getHeight() / 2.0);
        Graphics2D graphics = Copier.smooth(ink);
        graphics.drawImage(face, place, null);
        graphics.dispose();
        soak(page, ink, random);
    }

    private static void soak(BufferedImage page, BufferedImage ink, SplittableRandom random) {
        Grain pressure = new Grain(random, page.getWidth(), page.getHeight(), 90);
        Grain speckle = new Grain(random, page.getWidth(), page.getHeight(), 2.2);
        int[] paper = ((DataBufferInt) page.getRaster().getDataBuffer()).getData();
        int[] wet = ((DataBufferInt) ink.getRaster().getDataBuffer()).getData();
        int width = page.getWidth();
        for (int i = 0; i < wet.length; i++) {
            int alpha = wet[i] >>> 24;
            if (alpha != 0) {
                double taken = 0.55 + 0.4 * pressure.at(i % width, i / width) - 0.35 * speckle.at(i % width, i / width);
                double cover = alpha / 255.0 * Math.clamp(taken, 0.15, 0.9);
                int red = (paper[i] >> 16) & 0xFF;
                int green = (paper[i] >> 8) & 0xFF;
                int blue = paper[i] & 0xFF;
                // ink is a filter: it takes away green and blue, and lets black print stay black
                red = (int) (red * (1 - 0.18 * cover));
                green = (int) (green * (1 - 0.93 * cover));
                blue = (int) (blue * (1 - 0.88 * cover));
                paper[i] = red << 16 | green << 8 | blue;
            }
        }
    }

    /// The seal's picture, halved until it is about twice as fine as the page, so that it scales down smoothly.
    private BufferedImage carve(String authority) {
        try (var png = artist.round(authority, "", DIAMETER).png().stream()) {
            BufferedImage face = ImageIO.read(png);
            while (face.getWidth() > 700) {
                BufferedImage half =
                        new BufferedImage(face.getWidth() / 2, face.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
                Graphics2D graphics = Copier.smooth(half);
                graphics.drawImage(face, 0, 0, half.getWidth(), half.getHeight(), null);
                graphics.dispose();
                face = half;
            }
            return face;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
