package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfLiteral;
import com.itextpdf.kernel.pdf.PdfName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/// The place that a signature dictionary keeps free for its value, and the /ByteRange of all that lies around it.
final class SignatureGap {
    private static final int RANGE_LENGTH = 60;

    private final PdfLiteral range = new PdfLiteral(RANGE_LENGTH);
    private final PdfLiteral contents;
    private final int longest;

    /// The value is longer than the gap.
    static final class TooSmall extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int needed;

        TooSmall(int needed) {
            super("a signature of " + needed + " bytes", null, false, false);
            this.needed = needed;
        }
    }

    SignatureGap(PdfDictionary dictionary, int longest) {
        this.longest = longest;
        contents = new PdfLiteral(2 * longest + 2);
        dictionary.put(PdfName.ByteRange, range);
        dictionary.put(PdfName.Contents, contents);
    }

    /// @param value makes the signature's value of the digest
    void fill(Draft draft, MessageDigest digest, Function<byte[], byte[]> value) throws IOException {
        long from = contents.getPosition();
        long to = from + contents.getBytesCount();
        long end = draft.length();
        var text = "[0 " + from + " " + to + " " + (end - to) + "]";
        draft.overwrite(range.getPosition(), padded(text, RANGE_LENGTH, (byte) ' '));
        draft.digest(digest, 0, from);
        draft.digest(digest, to, end);
        var signature = value.apply(digest.digest());
        if (signature.length > longest) {
            throw new TooSmall(signature.length);
        }
        var hex = "<" + HexFormat.of().formatHex(signature);
        var filled = padded(hex, contents.getBytesCount(), (byte) '0');
        filled[filled.length - 1] = '>';
        draft.overwrite(from, filled);
    }

    private static byte[] padded(String text, int length, byte by) {
        var bytes = new byte[length];
        Arrays.fill(bytes, by);
        var given = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(given, 0, bytes, 0, given.length);
        return bytes;
    }
}
