package org.yinzheng.testdata.paper;

import java.awt.Color;

/// What made the copy, and what it does to the picture.
public enum Device {
    FLATBED_JPEG("jpg", new Color(0xE6E7E3), 0.05, 0.02, 5),
    /// Held over a desk by hand.
    CAMERA_JPEG("jpg", new Color(0x7A5C41), 0.24, 0.16, 8),
    FLATBED_TIFF("tif", new Color(0x3B3C3E), 0.06, 0.02, 4),
    /// Sixteen greys.
    GREY_PNG("png", new Color(0xF3F3F3), 0.05, 0.02, 3),
    /// Black and white, as fax machines and old archives have them.
    FAX_TIFF("tif", new Color(0xFFFFFF), 0.05, 0.0, 14);

    final String extension;
    /// What is seen beside the paper.
    final Color around;
    /// How much brighter one side is than the other, as a fraction.
    final double light;
    /// How much darker the corners are, as a fraction.
    final double vignette;
    /// Of each pixel, in steps of 256.
    final int noise;

    Device(String extension, Color around, double light, double vignette, int noise) {
        this.extension = extension;
        this.around = around;
        this.light = light;
        this.vignette = vignette;
        this.noise = noise;
    }

    /// Of the files it writes: `jpg`, `png` or `tif`.
    public String extension() {
        return extension;
    }
}
