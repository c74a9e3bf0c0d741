package org.yinzheng.signing.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/// Elements by the attributes by which somebody may find them. Without a schema nobody knows which they are, so that
/// everything that any reader takes for one counts as one: what a signature refers to must not stand twice.
final class Ids {
    /// In lower case; the last ones are of SAML 1.
    private static final Set<String> NAMES = Set.of("id", "assertionid", "responseid", "requestid");

    private final Element root;
    private final Map<String, List<Element>> elements = new HashMap<>();

    private Ids(Element root) {
        this.root = root;
    }

    /// Lets `getElementById` find them, too.
    static Ids mark(Element root) {
        var ids = new Ids(root);
        for (var attribute : attributes(root)) {
            var name = attribute.getLocalName() == null ? attribute.getName() : attribute.getLocalName();
            if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
                var element = attribute.getOwnerElement();
                element.setIdAttributeNode(attribute, true);
                ids.elements
                        .computeIfAbsent(attribute.getValue(), value -> new ArrayList<>())
                        .add(element);
            }
        }
        return ids;
    }

    List<Element> called(String id) {
        return elements.getOrDefault(id, List.of());
    }

    /// Whether any attribute at all has that value, and so perhaps names an element in a way that we do not know.
    boolean mayBeCalled(String id) {
        return attributes(root).stream()
                .anyMatch(attribute -> attribute.getValue().equals(id)
                        && !Names.DS.equals(attribute.getOwnerElement().getNamespaceURI()));
    }

    private static List<Attr> attributes(Element root) {
        var all = new ArrayList<>(Dom.descendants(root, "*", "*"));
        all.addFirst(root);
        var found = new ArrayList<Attr>();
        for (var element : all) {
            var attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                found.add((Attr) attributes.item(i));
            }
        }
        return found;
    }
}
