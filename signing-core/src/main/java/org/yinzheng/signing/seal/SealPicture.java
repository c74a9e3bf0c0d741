package org.yinzheng.signing.seal;

import org.yinzheng.signing.DocumentBytes;

/// The picture that a seal leaves on paper: a PNG with a transparent ground, and the size it is printed at.
public record SealPicture(DocumentBytes png, double widthMm, double heightMm) {
    public SealPicture {
        if (!(widthMm > 0 && heightMm > 0)) {
            throw new IllegalArgumentException("a seal has a size");
        }
    }
}
