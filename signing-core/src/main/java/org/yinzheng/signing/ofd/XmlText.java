package org.yinzheng.signing.ofd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.yinzheng.signing.InvalidInput;

/// Writes OFD's XML: elements of its namespace with the prefix `ofd`, attributes without one.
final class XmlText {
    static final String NAMESPACE = "http://www.ofdspec.org/2016";

    private final StringBuilder xml = new StringBuilder(4096).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    private XmlText() {}

    /// @param attributes names and values in turn
    static XmlText root(String name, String... attributes) {
        var text = new XmlText();
        text.begin(name);
        text.attribute("xmlns:ofd", NAMESPACE);
        return text.attributes(attributes).endTag();
    }

    XmlText open(String name, String... attributes) {
        return begin(name).attributes(attributes).endTag();
    }

    XmlText close() {
        xml.append("</ofd:").append(open.pop()).append('>');
        return this;
    }

    XmlText empty(String name, String... attributes) {
        begin(name).attributes(attributes);
        open.pop();
        xml.append("/>");
        return this;
    }

    XmlText leaf(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    byte[] bytes() {
        while (!open.isEmpty()) {
            close();
        }
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private XmlText begin(String name) {
        open.push(name);
        xml.append("<ofd:").append(name);
        return this;
    }

    private XmlText attributes(String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attribute(namesAndValues[i], namesAndValues[i + 1]);
        }
        return this;
    }

    private void attribute(String name, String value) {
        xml.append(' ').append(name).append("=\"");
        text(value);
        xml.append('"');
    }

    private XmlText endTag() {
        xml.append('>');
        return this;
    }

    private XmlText text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\t', '\n', '\r' -> xml.append("&#").append((int) c).append(';');
                default -> {
                    requireLegal(text, i);
                    xml.append(c);
                }
            }
        }
        return this;
    }

    private static void requireLegal(String text, int i) {
        char c = text.charAt(i);
        boolean paired = Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : !Character.isLowSurrogate(c) || (i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
        if (c < 0x20 || c >= 0xFFFE || !paired) {
            throw new InvalidInput("control-character", "", "a text has a character that XML cannot hold");
        }
    }

    /// A length in millimetres, to the micrometre.
    static String number(double value) {
        long micrometres = Math.round(value * 1000);
        var sign = micrometres < 0 ? "-" : "";
        long magnitude = Math.abs(micrometres);
        if (magnitude % 1000 == 0) {
            return sign + magnitude / 1000;
        }
        var fraction = Long.toString(1000 + magnitude % 1000).substring(1);
        int end = 3;
        while (fraction.charAt(end - 1) == '0') {
            end--;
        }
        return sign + magnitude / 1000 + "." + fraction.substring(0, end);
    }

    static String numbers(double... values) {
        var joined = new StringBuilder();
        for (var value : values) {
            joined.append(joined.isEmpty() ? "" : " ").append(number(value));
        }
        return joined.toString();
    }
}
