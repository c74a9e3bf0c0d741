package org.yinzheng.signing.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.stamping.Warning;

/// XML from anybody: counted by a streaming reader first, made into a tree only within caps. A document type is
/// refused, so that there are no entities to expand and nothing outside to fetch.
///
/// @param warnings what points outside: XInclude and processing instructions (a style sheet among them)
record XmlInput(Document document, List<Warning> warnings) {
    static final int LARGEST = 16 << 20;
    private static final int DEEPEST = 96; // the JDK itself stops at 100
    private static final int MOST_ELEMENTS = 200_000;
    private static final int MOST_ATTRIBUTES = 400_000;
    private static final int MOST_WARNINGS = 20;

    /// @throws InvalidInput `xml-size`, `xml-doctype`, `xml-complex`, `xml-form`
    static XmlInput read(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new InvalidInput("xml-size", "", "XML of at most " + (LARGEST >> 20) + " MB");
        }
        try {
            var warnings = count(bytes);
            return new XmlInput(tree(bytes), warnings);
        } catch (XMLStreamException | SAXException e) {
            var broken = new InvalidInput("xml-form", "", "not well-formed XML");
            broken.initCause(e);
            throw broken;
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser reads memory", e);
        }
    }

    private static List<Warning> count(byte[] bytes) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var warnings = new ArrayList<Warning>();
        var reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
        try {
            int depth = 0;
            int elements = 0;
            int attributes = 0;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        elements++;
                        attributes += reader.getAttributeCount() + reader.getNamespaceCount();
                        if (depth > DEEPEST || elements > MOST_ELEMENTS || attributes > MOST_ATTRIBUTES) {
                            throw new InvalidInput(
                                    "xml-complex",
                                    "",
                                    "at most " + DEEPEST + " levels, " + MOST_ELEMENTS + " elements and "
                                            + MOST_ATTRIBUTES + " attributes");
                        }
                        if (Names.XINCLUDE.equals(reader.getNamespaceURI())) {
                            warn(warnings, reader, "XInclude");
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                        warn(warnings, reader, "processing instruction " + reader.getPITarget());
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new InvalidInput("xml-doctype", "", "XML without a document type and its entities");
                    default -> {}
                }
            }
            return warnings;
        } finally {
            reader.close();
        }
    }

    private static void warn(List<Warning> warnings, XMLStreamReader reader, String what) {
        if (warnings.size() < MOST_WARNINGS) {
            var text = "line " + reader.getLocation().getLineNumber() + ": " + what;
            warnings.add(new Warning(Warning.Kind.EXTERNAL_REFERENCE, text.substring(0, Math.min(text.length(), 200))));
        }
    }

    private static Document tree(byte[] bytes) throws ParserConfigurationException, IOException, SAXException {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new Thrower());
        return builder.parse(new ByteArrayInputStream(bytes));
    }

    /// Instead of the default one, which prints.
    private static final class Thrower implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) {}

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
