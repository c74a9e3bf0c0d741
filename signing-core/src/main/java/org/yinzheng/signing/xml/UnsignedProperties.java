package org.yinzheng.signing.xml;

import java.util.Optional;
import org.w3c.dom.Element;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;

/// What a signature carries without covering it. Anybody may add to it, so that only what proves itself counts; what
/// is not judged here (a counter-signature, evidence for long-term levels) is named, and nothing is concluded from it.
final class UnsignedProperties {
    private UnsignedProperties() {}

    static Optional<Check> check(Element signature) {
        return References.signedProperties(signature)
                .map(signed -> (Element) signed.getParentNode())
                .flatMap(qualifying -> Dom.only(qualifying, Names.XADES, "UnsignedProperties"))
                .flatMap(UnsignedProperties::unjudged)
                .map(name -> Check.failed(
                        "unsigned-properties",
                        "not judged: " + name,
                        "ETSI EN 319 132-1 §5.2.7",
                        Gap.NOT_ALL_CONTENT_COVERED));
    }

    private static Optional<String> unjudged(Element unsigned) {
        for (var group : Dom.children(unsigned)) {
            if (!Dom.is(group, Names.XADES, "UnsignedSignatureProperties")) {
                return Optional.of(group.getLocalName());
            }
            for (var property : Dom.children(group)) {
                if (!Dom.is(property, Names.XADES, "SignatureTimeStamp")) {
                    return Optional.of(property.getLocalName());
                }
            }
        }
        return Optional.empty();
    }
}
