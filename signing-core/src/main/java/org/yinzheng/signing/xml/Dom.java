package org.yinzheng.signing.xml;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The few words of the DOM that signing and judging need.
final class Dom {
    private Dom() {}

    static List<Element> children(Element parent) {
        var elements = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    static List<Element> children(Element parent, String namespace, String name) {
        return children(parent).stream()
                .filter(child -> is(child, namespace, name))
                .toList();
    }

    /// In document order.
    static List<Element> descendants(Element parent, String namespace, String name) {
        var found = parent.getElementsByTagNameNS(namespace, name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /// The child, when there is exactly one.
    static Optional<Element> only(Element parent, String namespace, String name) {
        var found = children(parent, namespace, name);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// The child of XAdES, of whichever version, when there is exactly one.
    static Optional<Element> xades(Element parent, String name) {
        var found = children(parent).stream()
                .filter(child -> Names.isXades(child, name))
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    static boolean is(Node node, String namespace, String name) {
        return namespace.equals(node.getNamespaceURI()) && name.equals(node.getLocalName());
    }

    static Element create(Document document, String namespace, String name) {
        return document.createElementNS(namespace, name);
    }

    static Element append(Element parent, String namespace, String name) {
        var child = create(parent.getOwnerDocument(), namespace, name);
        parent.appendChild(child);
        return child;
    }

    static byte[] canonical(Node element, String method) throws XMLSecurityException {
        return canonical(element, method, Optional.empty());
    }

    /// @param prefixes of exclusive canonicalisation that are treated as inclusive (`InclusiveNamespaces`)
    static byte[] canonical(Node element, String method, Optional<String> prefixes) throws XMLSecurityException {
        var output = new ByteArrayOutputStream();
        var canonicalizer = Canonicalizer.getInstance(method);
        if (prefixes.isPresent()) {
            canonicalizer.canonicalizeSubtree(element, prefixes.get(), output);
        } else {
            canonicalizer.canonicalizeSubtree(element, output);
        }
        return output.toByteArray();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Base64 as XML has it: with white space, and otherwise strict.
    static Optional<byte[]> decode(Element element) {
        try {
            return Optional.of(
                    Base64.getDecoder().decode(element.getTextContent().replaceAll("[ \t\r\n]", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
