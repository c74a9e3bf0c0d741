package org.yinzheng.signing.xml;

import java.util.stream.Collectors;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.yinzheng.signing.verdict.Bilingual;

/// What of a document an intact signature covers.
///
/// @param isWhole whether nothing that the document shows is left out
record Scope(boolean isWhole, Bilingual text) {
    static final Scope NOTHING = new Scope(false, new Bilingual("未能确定", "nothing that could be established"));
    private static final Scope WHOLE =
            new Scope(true, new Bilingual("除签名外的整个文件", "whole document but the signatures in it"));
    private static final Scope ENVELOPED =
            new Scope(true, new Bilingual("签名所载的全部内容", "everything that the signature carries"));
    private static final Scope APART = new Scope(true, new Bilingual("所附的原件", "the file that goes with it"));

    static Scope of(Element root, SignatureElement signature, References references) {
        if (references.coversOriginal()) {
            return APART;
        }
        if (carriesMore(signature, references)) {
            return part(references);
        }
        if (signature.element().isSameNode(root)) {
            return ENVELOPED;
        }
        return references.whole().isPresent() && (references.coversProcessingInstructions() || !hasInstructions(root))
                ? WHOLE
                : part(references);
    }

    /// Whether the signature carries something that it does not cover.
    static boolean carriesMore(SignatureElement signature, References references) {
        return !signature.objects().stream().allMatch(object -> isCovered(object, references));
    }

    /// Unsigned properties prove themselves, or nothing.
    private static boolean isCovered(Element object, References references) {
        return references.covered().contains(object)
                || (!SignatureElement.hasText(object)
                        && !Dom.children(object).isEmpty()
                        && Dom.children(object).stream()
                                .allMatch(child -> Names.isXades(child, "QualifyingProperties")
                                        || references.covered().contains(child)));
    }

    private static boolean hasInstructions(Element root) {
        for (var node = root.getOwnerDocument().getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE) {
                return true;
            }
        }
        return false;
    }

    private static Scope part(References references) {
        var names = references.covered().stream()
                .filter(element -> !Names.isXades(element, "SignedProperties"))
                .map(Element::getNodeName)
                .distinct()
                .limit(5)
                .collect(Collectors.joining(", "));
        return new Scope(false, new Bilingual("文件的一部分：" + names, "a part: " + names));
    }
}
