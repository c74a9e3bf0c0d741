package org.yinzheng.signing.ofd;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.yinzheng.signing.InvalidInput;

/// An element of a small XML file, read without DTD and entities and within caps. Elements go by their local
/// name whatever their namespace: OFD readers differ in that, and what one of them would see, we must see.
final class XmlTree {
    /// Below the JDK's own limit, which is told as bad form.
    static final int DEEPEST = 90;
    private static final int MOST_ELEMENTS = 200_000;
    /// So many bytes tell whether a file may be XML.
    static final int PROLOG = 64;

    private static final XMLInputFactory FACTORY = factory();

    final String name;
    final Map<String, String> attributes = new HashMap<>();
    final List<XmlTree> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private XmlTree(String name) {
        this.name = name;
    }

    /// @throws InvalidInput `xml`, `ofd-limits`
    static XmlTree parse(byte[] bytes) {
        try {
            var reader = reader(bytes);
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            var broken = broken("is not well-formed");
            broken.initCause(e);
            throw broken;
        }
    }

    /// Expands no entity and fetches nothing.
    static XMLStreamReader reader(byte[] bytes) throws XMLStreamException {
        return FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes));
    }

    /// Whether a file may be XML at all; most files of a package are fonts and pictures.
    static boolean looksLikeXml(byte[] content) {
        for (int i = 0; i < Math.min(content.length, PROLOG); i++) {
            if (content[i] == '<') {
                return true;
            }
            boolean before = content[i] <= ' '; // white space, a byte order mark, UTF-16's zeros
            if (!before) {
                return false;
            }
        }
        return false;
    }

    /// With the white space around it, which in a TextCode stands for characters.
    String rawText() {
        return text.toString();
    }

    String text() {
        return text.toString().strip();
    }

    Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    Stream<XmlTree> all(String childName) {
        return children.stream().filter(child -> child.name.equals(childName));
    }

    /// Empty when there is none.
    ///
    /// @throws InvalidInput `xml` when there are several: readers would choose differently
    Optional<XmlTree> one(String childName) {
        var found = all(childName).toList();
        if (found.size() > 1) {
            throw broken("has several elements " + childName + " where one is allowed");
        }
        return found.stream().findFirst();
    }

    XmlTree required(String childName) {
        return one(childName).orElseThrow(() -> broken("lacks the element " + childName));
    }

    static InvalidInput broken(String what) {
        return new InvalidInput("xml", "", "an XML file of the package " + what);
    }

    private static XmlTree read(XMLStreamReader reader) throws XMLStreamException {
        var path = new ArrayList<XmlTree>();
        XmlTree root = null;
        int count = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (path.size() >= DEEPEST || ++count > MOST_ELEMENTS) {
                        throw OfdPackage.beyond("an XML file is nested too deep or too large");
                    }
                    var element = element(reader);
                    if (path.isEmpty()) {
                        root = element;
                    } else {
                        path.getLast().children.add(element);
                    }
                    path.add(element);
                }
                case XMLStreamConstants.END_ELEMENT -> path.removeLast();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    path.getLast().text.append(reader.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw broken("has a DTD or an entity");
                default -> {}
            }
        }
        if (root == null) {
            throw broken("has no element");
        }
        return root;
    }

    private static XmlTree element(XMLStreamReader reader) {
        var element = new XmlTree(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i)) != null) {
                throw broken("has two attributes of one name");
            }
        }
        return element;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside the file is read");
        });
        return factory;
    }
}
