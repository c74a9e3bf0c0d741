package org.yinzheng.signing.layout;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;
import org.yinzheng.signing.InvalidInput;

/// A QR code as one vector path, centred in its area and without quiet zone: the template
/// leaves the white around it.
final class QrMark {
    private QrMark() {}

    static Page.Path draw(String content, Page.Area area, Page.Colour colour) {
        var modules = modules(content);
        int count = modules.getWidth();
        // Whole hundredths of a millimetre keep every module of one size and the figures short.
        double module = Math.floor(Math.min(area.width(), area.height()) / count * 100) / 100;
        double left = area.x() + (area.width() - module * count) / 2;
        double top = area.y() + (area.height() - module * count) / 2;
        var data = new PathData(1, 2);
        for (int row = 0; row < count; row++) {
            for (int from = 0; from < count; from++) {
                int to = from;
                while (to < count && modules.get(to, row)) {
                    to++;
                }
                if (to > from) {
                    data.rectangle(left + from * module, top + row * module, (to - from) * module, module);
                    from = to;
                }
            }
        }
        return new Page.Path(data.toString(), colour, null, 0);
    }

    private static BitMatrix modules(String content) {
        try {
            return new QRCodeWriter()
                    .encode(
                            content,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.CHARACTER_SET,
                                    "UTF-8",
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.MARGIN,
                                    0));
        } catch (WriterException | IllegalArgumentException e) {
            var failure = new InvalidInput("text-too-long", "qr", "the content does not fit a QR code");
            failure.initCause(e);
            throw failure;
        }
    }
}
