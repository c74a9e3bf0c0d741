package org.yinzheng.signing.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.verdict.SignedContent;

/// A licence's metadata (GB/T 36903) as XML: one element for each datum, named by the standard's short name, in the
/// names' order. Equal metadata give equal bytes. The namespace is our own: no national one is known.
public final class LicenceXml {
    public static final String NAMESPACE = "urn:yinzheng:licence:1";

    private static final String ROOT = "Licence";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

    private LicenceXml() {}

    /// @param licenceId the 证照标识; the metadata may repeat it
    /// @throws InvalidInput `metadata-name`, `metadata-text`, or `licence-id` when the metadata name
    /// another licence
    public static DocumentBytes of(String licenceId, SortedMap<String, String> metadata) {
        var all = new TreeMap<>(metadata);
        var other = all.put(SignedContent.IDENTIFIER, licenceId);
        if (other != null && !other.equals(licenceId)) {
            throw new InvalidInput("licence-id", SignedContent.IDENTIFIER, "the metadata name another licence");
        }
        var text = new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + ROOT + " xmlns=\"" + NAMESPACE + "\">\n");
        all.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidInput("metadata-name", "", "a short name is of letters, digits, _, . and -");
            }
            text.append("  <").append(name).append('>').append(escaped(name, value));
            text.append("</").append(name).append(">\n");
        });
        return DocumentBytes.owning(text.append("</" + ROOT + ">\n").toString().getBytes(UTF_8));
    }

    /// What such a document says, when it says everything once.
    static Optional<SignedContent> content(Element root) {
        if (!Dom.is(root, NAMESPACE, ROOT)) {
            return Optional.empty();
        }
        var metadata = new TreeMap<String, String>();
        for (var datum : Dom.children(root)) {
            if (NAMESPACE.equals(datum.getNamespaceURI())
                    && metadata.put(datum.getLocalName(), datum.getTextContent()) != null) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(metadata.get(SignedContent.IDENTIFIER)).map(id -> new SignedContent(id, metadata));
    }

    private static String escaped(String name, String value) {
        var text = new StringBuilder(value.length() + 16);
        value.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '\r' -> text.append("&#13;"); // a parser makes a plain one a line feed
                default -> {
                    if (!isXml(point)) {
                        throw new InvalidInput("metadata-text", name, "a character that XML cannot hold");
                    }
                    text.appendCodePoint(point);
                }
            }
        });
        return text.toString();
    }

    /// XML 1.0 §2.2
    private static boolean isXml(int point) {
        return point == 9
                || point == 10
                || (point >= 0x20 && point < 0xD800)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
