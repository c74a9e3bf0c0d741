package org.yinzheng.signing.xml;

import java.util.List;
import java.util.Optional;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Element;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// A file that a signature apart from it may be over.
///
/// @param name the file's name, without its folder
record Original(DocumentBytes bytes, String name) {
    boolean isCalled(String other) {
        return name.equals(other);
    }

    /// As it is, or canonicalised when it is XML; empty for every other transform.
    ///
    /// @throws InvalidInput when it had to be XML and is none
    Optional<byte[]> transformed(List<Element> transforms) throws XMLSecurityException {
        if (transforms.isEmpty()) {
            return Optional.of(bytes.toByteArray());
        }
        var method = transforms.getFirst().getAttribute("Algorithm");
        if (transforms.size() > 1 || !TransformRules.CANONICAL.contains(method)) {
            return Optional.empty();
        }
        var root = XmlInput.read(bytes.toByteArray()).document();
        return Optional.of(Dom.canonical(root, method, TransformRules.prefixes(transforms.getFirst())));
    }
}
