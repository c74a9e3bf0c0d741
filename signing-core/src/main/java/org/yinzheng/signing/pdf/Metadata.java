package org.yinzheng.signing.pdf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;
import org.yinzheng.signing.verdict.SignedContent;

/// XMP metadata of two revisions. Programs that append a signature note there when and with what they did it, and
/// write all of it anew: in another order, or a property as an attribute instead of an element. What the properties
/// say may not differ.
final class Metadata {
    private static final int LARGEST = 4 << 20;
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String LICENCE_ID = "YinzhengLicenceId";
    private static final String LICENCE = "{urn:yinzheng:licence:1}";
    private static final String XMP = "{http://ns.adobe.com/xap/1.0/}";
    private static final Set<String> NOTES = Set.of(
            XMP + "ModifyDate",
            XMP + "MetadataDate",
            XMP + "CreatorTool",
            "{http://ns.adobe.com/pdf/1.3/}Producer",
            "{http://ns.adobe.com/xap/1.0/mm/}InstanceID");

    private Metadata() {}

    /// A licence's identifier in the information dictionary, and its metadata in the XMP packet.
    static Optional<SignedContent> content(PdfFile revision) {
        return revision.info(LICENCE_ID).flatMap(id -> {
            var packet = revision.catalog().map(catalog -> catalog.getCOSStream(COSName.METADATA));
            var metadata = new TreeMap<String, String>();
            packet.map(Metadata::readable).orElse(Map.of()).forEach((name, value) -> {
                if (name.startsWith(LICENCE) && !name.endsWith("}" + LICENCE_ID)) {
                    metadata.put(name.substring(LICENCE.length()), value);
                }
            });
            return SignedContent.of(id, metadata);
        });
    }

    private static Map<String, String> readable(COSStream packet) {
        var bytes = packet instanceof BoundedStream stream ? stream.unpacked() : Optional.<byte[]>empty();
        try {
            return bytes.isPresent() && bytes.get().length <= LARGEST ? properties(bytes.get()) : Map.of();
        } catch (IOException | SAXException e) {
            return Map.of();
        }
    }

    static boolean same(byte[] before, byte[] now) {
        if (Arrays.equals(before, now)) {
            return true;
        }
        try { // of two packets larger than this nobody can say what differs
            return before.length <= LARGEST
                    && now.length <= LARGEST
                    && properties(before).equals(properties(now));
        } catch (IOException | SAXException e) {
            return false; // not XMP, and not the same bytes
        }
    }

    /// By qualified name; what is not understood keeps its place and its whole text.
    private static Map<String, String> properties(byte[] xmp) throws IOException, SAXException {
        var properties = new TreeMap<String, String>();
        var root = parse(xmp);
        var rdf = name(root).equals("{adobe:ns:meta/}xmpmeta") ? onlyChild(root) : root;
        if (!name(rdf).equals("{" + RDF + "}RDF")) {
            throw new SAXException("no RDF");
        }
        for (var node = rdf.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element description) {
                if (!name(description).equals("{" + RDF + "}Description")) {
                    throw new SAXException("no description");
                }
                collect(description, properties);
            }
        }
        properties.keySet().removeAll(NOTES);
        return properties;
    }

    private static void collect(Element description, Map<String, String> properties) {
        var attributes = description.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            var attribute = attributes.item(i);
            if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                properties.merge(name(attribute), attribute.getNodeValue(), Metadata::both);
            }
        }
        for (var node = description.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element property) {
                properties.merge(name(property), value(property), Metadata::both);
            }
        }
    }

    /// Plain text when that is all there is, so that it equals the attribute's form.
    private static String value(Element element) {
        var text = new StringBuilder();
        var attributes = element.getAttributes();
        var sorted = new TreeMap<String, String>();
        for (int i = 0; i < attributes.getLength(); i++) {
            sorted.put(name(attributes.item(i)), attributes.item(i).getNodeValue());
        }
        sorted.forEach((name, value) ->
                text.append('@').append(name).append('=').append(value).append('\n'));
        boolean hasElements = false;
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                hasElements = true;
                text.append('<')
                        .append(name(child))
                        .append('>')
                        .append(value(child))
                        .append("</>");
            } else if (!node.getNodeValue().isBlank()) {
                text.append(node.getNodeValue());
            }
        }
        return hasElements || sorted.isEmpty()
                ? text.toString()
                : text.append('>').toString();
    }

    private static String both(String one, String other) {
        return one + "\n&\n" + other;
    }

    private static String name(Node node) {
        return "{" + node.getNamespaceURI() + "}" + node.getLocalName();
    }

    private static Element onlyChild(Element parent) throws SAXException {
        Element only = null;
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                if (only != null) {
                    throw new SAXException("more than one RDF");
                }
                only = child;
            }
        }
        if (only == null) {
            throw new SAXException("no RDF");
        }
        return only;
    }

    private static Element parse(byte[] xmp) throws IOException, SAXException {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setIgnoringComments(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(xmp)).getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new AssertionError("the JDK's own parser has these features", e);
        }
    }
}
