package org.yinzheng.signing.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.w3c.dom.Element;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// An XML document. Throws nothing. What is intact says, apart from its signatures, what a seed says.
public final class XmlFuzz {
    private static final XmlVerifier VERIFIER = new XmlVerifier(Seeds.trust());
    private static final List<Element> SIGNED =
            Seeds.signed("xml").stream().map(XmlFuzz::said).toList();

    private XmlFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (Verdicts.isIntact(VERIFIER.verify(DocumentBytes.of(input), Seeds.AT))) {
            assertThat(isSigned(input)).isTrue();
        }
    }

    public static boolean isSigned(byte[] input) {
        var said = said(input);
        return SIGNED.stream().anyMatch(said::isEqualNode);
    }

    private static Element said(byte[] xml) {
        var root = XmlInput.read(xml).document().getDocumentElement();
        Dom.children(root, Names.DS, "Signature").forEach(root::removeChild);
        root.normalize();
        return root;
    }
}
