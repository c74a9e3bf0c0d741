package org.yinzheng.signing.xml;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.Reference;
import org.w3c.dom.Element;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// What a signature says that it covers, read before anything is dereferenced: the whole document as it is used, and
/// the signature's own properties. Nothing else, and by no other way.
///
/// @param check `reference-policy`
/// @param document the index of the reference to the document
/// @param properties the index of the reference to the signed properties
record References(Check check, Optional<Integer> document, Optional<Integer> properties) {
    private static final String STEP = "reference-policy";
    private static final String CLAUSE = "XMLDSig 1.1 §4.4.3, ETSI EN 319 132-1 §6.3";
    static final Set<String> CANONICAL = Set.of(Names.EXCLUSIVE, Names.INCLUSIVE, Names.INCLUSIVE_11);

    static References read(Element signature) {
        var signedInfo = Dom.children(signature).getFirst();
        var root = signature.getOwnerDocument().getDocumentElement();
        var parts = Dom.children(signedInfo);
        if (parts.size() < 3
                || !Dom.is(parts.get(0), Names.DS, "CanonicalizationMethod")
                || !Dom.is(parts.get(1), Names.DS, "SignatureMethod")
                || !CANONICAL.contains(parts.get(0).getAttribute("Algorithm"))) {
            return refused("the signed information is not canonicalised by a method that drops comments only");
        }
        var references = parts.subList(2, parts.size());
        Optional<Integer> document = Optional.empty();
        Optional<Integer> properties = Optional.empty();
        for (int i = 0; i < references.size(); i++) {
            var reference = references.get(i);
            if (!Dom.is(reference, Names.DS, "Reference") || !reference.hasAttribute("URI")) {
                return refused("a reference without a URI, or something that is no reference");
            }
            var method = Dom.only(reference, Names.DS, "DigestMethod").map(one -> one.getAttribute("Algorithm"));
            if (method.isEmpty() || XmlAlgorithms.digestName(method.get()).isEmpty()) {
                return gap("a digest that is too weak or not known", Gap.ALGORITHM_UNKNOWN);
            }
            var uri = reference.getAttribute("URI");
            if (!uri.isEmpty() && !uri.startsWith("#")) {
                return refused("a reference to something outside the document");
            }
            var signedProperties = signedProperties(signature);
            if (signedProperties.isPresent()
                    && uri.equals("#" + signedProperties.get().getAttribute("Id"))
                    && uri.length() > 1) {
                if (properties.isPresent()
                        || !reference.getAttribute("Type").equals(Names.SIGNED_PROPERTIES)
                        || !isPlain(transforms(reference))) {
                    return refused("the signed properties are referred to in an unknown way");
                }
                properties = Optional.of(i);
            } else if (uri.isEmpty() || (uri.length() > 1 && uri.substring(1).equals(root.getAttribute("Id")))) {
                if (document.isPresent() || !leavesOutSignaturesOnly(reference)) {
                    return refused("the document is referred to in a way that leaves out content");
                }
                document = Optional.of(i);
            } else {
                return refused("a reference to a part that is neither the document nor the signed properties");
            }
        }
        if (document.isEmpty()) {
            return refused("no reference covers the document");
        }
        if (properties.isEmpty()) {
            var why = signedProperties(signature).isPresent()
                    ? refused("the signed properties are not signed")
                    : gap("neither time nor certificate are signed", Gap.NOT_ALL_CONTENT_COVERED);
            return new References(why.check(), document, Optional.empty());
        }
        var found = "the whole document but the signatures beside each other, and the signed properties";
        return new References(Check.passed(STEP, found, CLAUSE), document, properties);
    }

    /// The bytes that a reference is over, when they are those that were digested.
    static Optional<byte[]> signedBytes(Reference reference) throws XMLSecurityException {
        var bytes = reference.getReferencedBytes();
        var digest = Dom.only(reference.getElement(), Names.DS, "DigestMethod")
                .flatMap(method -> XmlAlgorithms.digestName(method.getAttribute("Algorithm")))
                .map(name -> Cryptography.digest(name).digest(bytes));
        // compared here: Santuario's own comparison writes what a document says into the log
        return digest.isPresent() && MessageDigest.isEqual(digest.get(), reference.getDigestValue())
                ? Optional.of(bytes)
                : Optional.empty();
    }

    static Optional<Element> signedProperties(Element signature) {
        return Dom.only(signature, Names.DS, "Object")
                .flatMap(object -> Dom.only(object, Names.XADES, "QualifyingProperties"))
                .flatMap(qualifying -> Dom.only(qualifying, Names.XADES, "SignedProperties"));
    }

    private static boolean leavesOutSignaturesOnly(Element reference) {
        var transforms = transforms(reference);
        if (transforms.isEmpty()) {
            return false;
        }
        var first = transforms.getFirst();
        var leavesOut = first.getAttribute("Algorithm").equals(Names.ENVELOPED)
                ? Dom.children(first).isEmpty()
                : isOurFilter(first);
        return leavesOut && isPlain(transforms.subList(1, transforms.size()));
    }

    private static boolean isOurFilter(Element transform) {
        var xpath = Dom.children(transform);
        return transform.getAttribute("Algorithm").equals(Names.FILTER)
                && xpath.size() == 1
                && Dom.is(xpath.getFirst(), Names.FILTER, "XPath")
                && xpath.getFirst().getAttribute("Filter").equals("subtract")
                && xpath.getFirst().getTextContent().strip().equals(Names.ALL_SIGNATURES)
                && Names.DS.equals(xpath.getFirst().lookupNamespaceURI("ds"));
    }

    /// At most one canonicalisation, with nothing in it.
    private static boolean isPlain(List<Element> transforms) {
        return transforms.isEmpty()
                || (transforms.size() == 1
                        && CANONICAL.contains(transforms.getFirst().getAttribute("Algorithm"))
                        && Dom.children(transforms.getFirst()).isEmpty());
    }

    private static List<Element> transforms(Element reference) {
        var lists = Dom.children(reference, Names.DS, "Transforms");
        // a second list, or anything in it that is no transform, fits nothing that is expected
        return lists.size() > 1
                ? List.of(reference, reference, reference)
                : lists.stream().flatMap(list -> Dom.children(list).stream()).toList();
    }

    private static References refused(String why) {
        return new References(Check.failed(STEP, why, CLAUSE, Flaw.FORMAT_FAILURE), Optional.empty(), Optional.empty());
    }

    private static References gap(String why, Gap gap) {
        return new References(Check.failed(STEP, why, CLAUSE, gap), Optional.empty(), Optional.empty());
    }
}
