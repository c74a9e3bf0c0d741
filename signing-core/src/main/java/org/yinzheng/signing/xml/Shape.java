package org.yinzheng.signing.xml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Text;

/// What may stand in a signature. Its parts are covered by nothing (or by themselves), so that whatever has no meaning
/// there is content that somebody smuggled in: forged objects, manifests, keys to be fetched.
final class Shape {
    private static final Set<String> KEY_PARTS = Set.of("X509Data", "KeyName", "KeyValue");
    private static final Set<String> X509_PARTS =
            Set.of("X509Certificate", "X509IssuerSerial", "X509SubjectName", "X509SKI", "X509CRL");

    private Shape() {}

    /// @return what is wrong, for a person
    static Optional<String> fault(Element signature) {
        var parts = Dom.children(signature);
        var names = parts.stream().map(Element::getLocalName).toList();
        if (!parts.stream().allMatch(part -> Names.DS.equals(part.getNamespaceURI()))
                || !(names.equals(List.of("SignedInfo", "SignatureValue", "KeyInfo"))
                        || names.equals(List.of("SignedInfo", "SignatureValue", "KeyInfo", "Object")))) {
            return Optional.of("a signature has SignedInfo, SignatureValue, KeyInfo and at most one Object");
        }
        if (!Dom.children(parts.get(1)).isEmpty()) {
            return Optional.of("a signature value holds no elements");
        }
        if (hasText(signature) || hasText(parts.get(0)) || hasText(parts.get(2))) {
            return Optional.of("text between the parts of a signature");
        }
        return keyInfo(parts.get(2)).or(() -> parts.size() == 4 ? object(parts.get(3)) : Optional.empty());
    }

    private static Optional<String> keyInfo(Element keyInfo) {
        for (var part : Dom.children(keyInfo)) {
            if (!Names.DS.equals(part.getNamespaceURI()) || !KEY_PARTS.contains(part.getLocalName())) {
                return Optional.of("KeyInfo holds " + part.getLocalName() + ", which is neither certificate nor key");
            }
            if (part.getLocalName().equals("X509Data") && hasText(part)) {
                return Optional.of("text between certificates");
            }
            for (var inner : Dom.children(part)) {
                if (part.getLocalName().equals("X509Data")
                        && !(Names.DS.equals(inner.getNamespaceURI()) && X509_PARTS.contains(inner.getLocalName()))) {
                    return Optional.of("X509Data holds " + inner.getLocalName());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> object(Element object) {
        var inside = Dom.children(object);
        if (inside.size() != 1 || !Dom.is(inside.getFirst(), Names.XADES, "QualifyingProperties") || hasText(object)) {
            return Optional.of("the signature's Object holds something else than its qualifying properties");
        }
        var qualifying = inside.getFirst();
        var target = qualifying.getAttribute("Target");
        var id = ((Element) object.getParentNode()).getAttribute("Id");
        if (id.isEmpty() || !target.equals("#" + id)) {
            return Optional.of("the qualifying properties are another signature's");
        }
        var names = Dom.children(qualifying).stream().map(Element::getLocalName).toList();
        if (!names.equals(List.of("SignedProperties"))
                && !names.equals(List.of("SignedProperties", "UnsignedProperties"))) {
            return Optional.of("the qualifying properties are not of one signed and at most one unsigned part");
        }
        return hasText(qualifying) ? Optional.of("text between the qualifying properties") : Optional.empty();
    }

    private static boolean hasText(Element element) {
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Text text && !text.getData().isBlank()) {
                return true;
            }
        }
        return false;
    }
}
