package org.yinzheng.signing.xml;

import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Text;

/// A `ds:Signature` by its parts, as XMLDSig has them and in no other order. Nothing in it is believed yet.
///
/// @param objects whatever the signature carries: qualifying properties, manifests, enveloped data
record SignatureElement(
        Element element,
        Element canonicalization,
        Element method,
        List<Element> references,
        Element value,
        Optional<Element> keyInfo,
        List<Element> objects) {
    private static final List<String> ORDER = List.of("SignedInfo", "SignatureValue", "KeyInfo", "Object");

    /// The element is no signature of XMLDSig; the message says why.
    static final class Misshapen extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        Misshapen(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    static SignatureElement read(Element signature) throws Misshapen {
        var parts = Dom.children(signature);
        int at = 0;
        for (var part : parts) {
            int place = ORDER.indexOf(part.getLocalName());
            require(
                    Names.DS.equals(part.getNamespaceURI()) && place >= at,
                    "a signature has SignedInfo, SignatureValue, KeyInfo and Objects, in this order");
            at = part.getLocalName().equals("Object") ? place : place + 1;
        }
        var info = Dom.only(signature, Names.DS, "SignedInfo");
        var value = Dom.only(signature, Names.DS, "SignatureValue");
        if (info.isEmpty() || value.isEmpty()) {
            throw new Misshapen("a signature has SignedInfo and SignatureValue");
        }
        require(Dom.children(value.get()).isEmpty(), "a signature value holds no elements");
        require(!hasText(signature) && !hasText(info.get()), "text between the parts of a signature");
        var inside = Dom.children(info.get());
        require(
                inside.size() >= 2
                        && Dom.is(inside.get(0), Names.DS, "CanonicalizationMethod")
                        && Dom.is(inside.get(1), Names.DS, "SignatureMethod"),
                "the signed information has its methods first");
        var references = inside.subList(2, inside.size());
        for (var reference : references) {
            requireReference(reference);
        }
        return new SignatureElement(
                signature,
                inside.get(0),
                inside.get(1),
                List.copyOf(references),
                value.get(),
                Dom.only(signature, Names.DS, "KeyInfo"),
                Dom.children(signature, Names.DS, "Object"));
    }

    static void requireReference(Element reference) throws Misshapen {
        var names = Dom.children(reference).stream()
                .filter(part -> Names.DS.equals(part.getNamespaceURI()))
                .map(Element::getLocalName)
                .toList();
        require(
                Dom.is(reference, Names.DS, "Reference")
                        && Dom.children(reference).size() == names.size()
                        && (names.equals(List.of("DigestMethod", "DigestValue"))
                                || names.equals(List.of("Transforms", "DigestMethod", "DigestValue"))),
                "a reference has Transforms, DigestMethod and DigestValue");
    }

    Element signedInfo() {
        return (Element) canonicalization.getParentNode();
    }

    String id() {
        return element.getAttribute("Id");
    }

    /// @throws Misshapen when there are several
    Optional<Element> qualifyingProperties() throws Misshapen {
        var found = objects.stream()
                .flatMap(object -> Dom.children(object).stream())
                .filter(child -> Names.isXades(child, "QualifyingProperties"))
                .toList();
        require(found.size() <= 1, "qualifying properties given twice");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var qualifying = found.getFirst();
        var target = qualifying.getAttribute("Target");
        require(
                !id().isEmpty() && (target.equals("#" + id()) || target.equals(id())),
                "the qualifying properties are another signature's");
        var names = Dom.children(qualifying).stream().map(Element::getLocalName).toList();
        require(
                List.of("SignedProperties", "UnsignedProperties").containsAll(names)
                        && names.stream().distinct().count() == names.size()
                        && !hasText(qualifying),
                "the qualifying properties are not of one signed and at most one unsigned part");
        return found.stream().findFirst();
    }

    static boolean hasText(Element element) {
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Text text && !text.getData().isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static void require(boolean condition, String otherwise) throws Misshapen {
        if (!condition) {
            throw new Misshapen(otherwise);
        }
    }
}
