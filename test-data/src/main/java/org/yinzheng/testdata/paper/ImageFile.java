package org.yinzheng.testdata.paper;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.yinzheng.signing.DocumentBytes;

/// Writes a picture in the format of its device.
final class ImageFile {
    private ImageFile() {}

    static DocumentBytes write(BufferedImage image, Device device, SplittableRandom random) {
        float quality = (float) random.nextDouble(0.45, 0.65);
        return switch (device) {
            case FLATBED_JPEG, CAMERA_JPEG -> encode(image, "jpeg", "JPEG", quality);
            case FLATBED_TIFF -> encode(image, "tiff", "JPEG", quality);
            case GREY_PNG -> encode(inShades(image, 16), "png", "Deflate", 0.9f);
            case FAX_TIFF -> encode(inShades(image, 2), "tiff", "CCITT T.6", 1);
        };
    }

    private static BufferedImage inShades(BufferedImage image, int count) {
        byte[] shades = new byte[count];
        for (int i = 0; i < count; i++) {
            shades[i] = (byte) (255 * i / (count - 1));
        }
        int bits = count == 2 ? 1 : 4;
        IndexColorModel greys = new IndexColorModel(bits, count, shades, shades, shades);
        BufferedImage reduced =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_BINARY, greys);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int grey = ((rgb >> 16 & 0xFF) * 299 + (rgb >> 8 & 0xFF) * 587 + (rgb & 0xFF) * 114) / 1000;
                // paper must come out white: the darkest two thirds of the range hold all that is printed
                int level = count == 2 ? (grey > 158 ? 1 : 0) : Math.min(15, grey * 17 / 256);
                reduced.getRaster().setSample(x, y, 0, level);
            }
        }
        return reduced;
    }

    private static DocumentBytes encode(BufferedImage image, String format, String compression, float quality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(300_000);
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType(compression);
            param.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return DocumentBytes.owning(bytes.toByteArray());
    }
}
