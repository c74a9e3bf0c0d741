package org.yinzheng.signing.xml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/// Attributes by which somebody may find an element. Without a schema nobody knows which they are, so that everything
/// that any reader takes for one counts as one: a value that stands twice is refused whatever it is used for.
final class Ids {
    private Ids() {}

    static List<String> all(Element root) {
        var values = new ArrayList<String>();
        collect(root).forEach(attribute -> values.add(attribute.getValue()));
        return values;
    }

    static Optional<String> duplicate(Element root) {
        var seen = new HashSet<String>();
        return all(root).stream().filter(value -> !seen.add(value)).findFirst();
    }

    /// Lets `getElementById` find them.
    static void mark(Element root) {
        collect(root).forEach(attribute -> attribute.getOwnerElement().setIdAttributeNode(attribute, true));
    }

    private static List<Attr> collect(Element root) {
        var elements = new ArrayList<>(Dom.descendants(root, "*", "*"));
        elements.addFirst(root);
        var found = new ArrayList<Attr>();
        for (var element : elements) {
            var attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                var attribute = (Attr) attributes.item(i);
                if (attribute.getLocalName() != null
                        && attribute.getLocalName().toLowerCase(Locale.ROOT).equals("id")) {
                    found.add(attribute);
                }
            }
        }
        return found;
    }
}
