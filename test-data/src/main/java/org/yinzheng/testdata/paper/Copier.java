package org.yinzheng.testdata.paper;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.Typefaces;

/// Makes the file that a scanner or a camera would: the sheet printed, stamped, laid down askew, lit unevenly,
/// made grainy and compressed. The same sheet and seed give the same bytes.
public final class Copier {
    static final int WIDTH = 1240;
    static final int HEIGHT = 877;

    private final Printer printer;
    private final InkStamp stamp;

    public Copier(Typefaces typefaces) {
        this.printer = new Printer(new Pen(typefaces));
        this.stamp = new InkStamp(typefaces);
    }

    public DocumentBytes copy(Sheet sheet, Device device, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AffineTransform lay = lay(random);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = smooth(image);
        graphics.setColor(device.around);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.transform(lay);
        shadow(graphics);
        printer.print(sheet, graphics);
        if (random.nextInt(3) == 0) {
            fold(graphics, Printer.HEIGHT * random.nextDouble(0.42, 0.58), random.nextDouble(-0.02, 0.02));
        }
        graphics.dispose();

        stamp.press(image, sheet, lay, random);
        Wear.apply(image, device, random);
        return ImageFile.write(image, device, random);
    }

    /// Up to 3° askew and not quite in the middle; millimetres to pixels.
    private static AffineTransform lay(SplittableRandom random) {
        AffineTransform lay = new AffineTransform();
        lay.translate(WIDTH / 2.0 + random.nextDouble(-12, 12), HEIGHT / 2.0 + random.nextDouble(-9, 9));
        lay.rotate(Math.toRadians(random.nextDouble(-3, 3)));
        double scale = WIDTH / Printer.WIDTH * random.nextDouble(0.93, 0.955);
        lay.scale(scale, scale);
        lay.translate(-Printer.WIDTH / 2, -Printer.HEIGHT / 2);
        return lay;
    }

    private static void shadow(Graphics2D graphics) {
        graphics.setColor(new Color(0, 0, 0, 34));
        for (double depth = 0.4; depth < 2.6; depth += 0.7) {
            graphics.fill(new Rectangle2D.Double(depth - 0.4, depth, Printer.WIDTH, Printer.HEIGHT));
        }
    }

    /// Across the sheet; a fold has a dark side and a worn, lighter one.
    private static void fold(Graphics2D graphics, double at, double slope) {
        AffineTransform upright = graphics.getTransform();
        graphics.shear(0, slope);
        for (double distance = 0.3; distance < 1.8; distance += 0.3) {
            graphics.setColor(new Color(0, 0, 0, 10));
            graphics.fill(new Rectangle2D.Double(0, at - distance, Printer.WIDTH, distance));
            graphics.setColor(new Color(255, 255, 255, 22));
            graphics.fill(new Rectangle2D.Double(0, at, Printer.WIDTH, distance));
        }
        graphics.setTransform(upright);
    }

    static Graphics2D smooth(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        return graphics;
    }
}
