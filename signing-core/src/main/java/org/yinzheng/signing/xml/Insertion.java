package org.yinzheng.signing.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;

/// Puts an element before the end of a document's root and leaves every other byte as it is, so that a signature that
/// is there already stays what it was. Works on bytes: in every encoding that XML is written in here the marks are
/// those of ASCII (UTF-16 and UTF-32 are refused). The result is parsed and checked by its user.
final class Insertion {
    private Insertion() {}

    /// @param element ASCII
    /// @throws InvalidInput `xml-encoding`
    static byte[] beforeRootEnd(byte[] document, byte[] element, String rootName) {
        var text = new String(document, ISO_8859_1);
        if (text.indexOf('\0') >= 0) {
            throw new InvalidInput("xml-encoding", "", "XML in UTF-8, or in another encoding that ASCII is a part of");
        }
        int end = endOfRoot(text);
        var output = new ByteArrayOutputStream(document.length + element.length + rootName.length() + 3);
        if (text.startsWith("/>", end - 2)) {
            output.write(document, 0, end - 2);
            output.write('>');
            output.writeBytes(element);
            output.writeBytes(("</" + rootName + ">").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } else {
            int tag = text.lastIndexOf("</", end);
            output.write(document, 0, tag);
            output.writeBytes(element);
            output.write(document, tag, end - tag);
        }
        output.write(document, end, document.length - end);
        return output.toByteArray();
    }

    /// Behind the root there are comments, processing instructions and white space only.
    private static int endOfRoot(String text) {
        int end = text.length();
        while (true) {
            end = text.substring(0, end).stripTrailing().length();
            int before = end;
            var tail = text.startsWith("-->", end - 3)
                    ? Optional.of("<!--")
                    : text.startsWith("?>", end - 2) ? Optional.of("<?") : Optional.<String>empty();
            if (tail.isEmpty()) {
                return end;
            }
            end = text.lastIndexOf(tail.get(), before - 3);
        }
    }
}
