package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSStream;

/// XMP metadata of two revisions. Programs that append a signature note there when and with what they did it;
/// nothing else may differ.
final class Metadata {
    private static final int LARGEST = 4 << 20;
    private static final String NAMES = "xmp:ModifyDate|xmp:MetadataDate|pdf:Producer|xmpMM:InstanceID|xmp:CreatorTool";
    private static final Pattern NOTES =
            Pattern.compile("<(" + NAMES + ")>[^<]*</\\1>|\\s(" + NAMES + ")\\s*=\\s*(\"[^\"<]*\"|'[^'<]*')");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Metadata() {}

    static boolean same(COSStream before, COSStream now) {
        try {
            return text(before).equals(text(now));
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(COSStream stream) throws IOException {
        try (var input = stream.createInputStream()) {
            var text = new String(input.readNBytes(LARGEST), StandardCharsets.UTF_8);
            return SPACE.matcher(NOTES.matcher(text).replaceAll("")).replaceAll("");
        }
    }
}
