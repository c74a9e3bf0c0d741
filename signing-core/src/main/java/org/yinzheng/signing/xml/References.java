package org.yinzheng.signing.xml;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.Manifest;
import org.apache.xml.security.signature.Reference;
import org.w3c.dom.Element;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// What one signature refers to, and whether it is what was digested. Only elements of this document are looked up, and
/// the one file that was handed over beside it; nothing is fetched. Manifests are validated like the signature itself.
final class References {
    private static final String CLAUSE = "XMLDSig 1.1 §4.4.3";
    private static final int MOST = 1000;
    private static final int DEEPEST = 2;
    private static final Pattern POINTER = Pattern.compile("#xpointer\\(id\\(['\"]([^'\"()]+)['\"]\\)\\)");

    private final Element root;
    private final Ids ids;
    private final Optional<Original> original;
    private final Budget budget;

    private final List<Check> checks = new ArrayList<>();
    private final Set<Element> covered = new LinkedHashSet<>();
    private Optional<byte[]> whole = Optional.empty();
    private boolean processingInstructionsCovered;
    private boolean originalCovered;
    private int count;
    private int agreed;

    References(Element root, Ids ids, Optional<Original> original, Budget budget) {
        this.root = root;
        this.ids = ids;
        this.original = original;
        this.budget = budget;
    }

    /// Looks up and digests everything. Call it once.
    void judge(SignatureElement signature) {
        if (signature.references().isEmpty()) {
            fail("reference-policy", "nothing is referred to", Flaw.REFERENCE_MISSING);
            return;
        }
        judge(signature.signedInfo(), signature.references(), 1);
        if (agrees()) {
            checks.add(Check.passed("reference-digests", agreed + " of " + count, CLAUSE));
        }
    }

    List<Check> checks() {
        return checks;
    }

    /// Everything that it refers to is as it was.
    boolean agrees() {
        return count > 0 && agreed == count;
    }

    /// The elements whose content is as it was.
    Set<Element> covered() {
        return covered;
    }

    /// The whole document without signatures, as it was digested; empty when no reference is to all of it.
    Optional<byte[]> whole() {
        return whole;
    }

    /// Whether what stands outside the root is covered, too.
    boolean coversProcessingInstructions() {
        return processingInstructionsCovered;
    }

    /// Whether the file that was handed over is what was signed.
    boolean coversOriginal() {
        return originalCovered;
    }

    private void judge(Element list, List<Element> references, int depth) {
        if (references.size() > MOST) {
            fail("limits", "more than " + MOST + " references", Gap.TOO_COMPLEX);
            return;
        }
        Manifest manifest;
        try {
            manifest = new Manifest(list, "", false);
        } catch (XMLSecurityException e) {
            fail("reference-policy", "references that cannot be read", Flaw.FORMAT_FAILURE);
            return;
        }
        for (int i = 0; i < references.size(); i++) {
            if (++count > MOST || budget.isSpent()) {
                fail("limits", "more references than can be looked at", Gap.TOO_COMPLEX);
                return;
            }
            try {
                one(references.get(i), manifest.item(i), depth);
            } catch (XMLSecurityException e) {
                fail("reference-digests", "a reference that cannot be processed", Gap.PROCESSING_FORBIDDEN);
            }
        }
    }

    private void one(Element element, Reference reference, int depth) throws XMLSecurityException {
        var digest = Dom.only(element, Names.DS, "DigestMethod")
                .flatMap(method -> XmlAlgorithms.digestName(method.getAttribute("Algorithm")));
        if (digest.isEmpty()) {
            fail("reference-policy", "a digest that is not known", Gap.ALGORITHM_UNKNOWN);
            return;
        }
        if (!element.hasAttribute("URI")) {
            fail("original", "the signature does not say what it is over", Gap.ORIGINAL_MISSING);
            return;
        }
        var uri = element.getAttribute("URI");
        if (!uri.isEmpty() && !uri.startsWith("#")) {
            external(element, reference, uri, digest.get());
            return;
        }
        var target = target(uri);
        if (target.isEmpty()) {
            return;
        }
        var unknown = TransformRules.unknown(element);
        if (unknown.isPresent()) {
            fail("reference-policy", "not carried out: " + unknown.get(), Gap.PROCESSING_FORBIDDEN);
            return;
        }
        var bytes = referenced(reference);
        budget.spend(bytes.length);
        if (!isDigest(reference, digest.get(), bytes)) {
            var what = uri.isEmpty() ? "the document" : "what is called " + uri;
            fail("reference-digests", what + " changed after signing", Flaw.HASH_FAILURE);
            return;
        }
        agreed++;
        covered.add(target.get());
        if (target.get().isSameNode(root) && !TransformRules.decodesBase64(element)) {
            whole = Optional.of(bytes);
            processingInstructionsCovered |= uri.isEmpty() || uri.equals("#xpointer(/)");
        }
        if (Dom.is(target.get(), Names.DS, "Manifest")) {
            manifest(target.get(), depth);
        }
    }

    private void manifest(Element manifest, int depth) {
        var references = Dom.children(manifest, Names.DS, "Reference");
        try {
            for (var reference : references) {
                SignatureElement.requireReference(reference);
            }
        } catch (SignatureElement.Misshapen e) {
            fail("reference-policy", e.why(), Flaw.FORMAT_FAILURE);
            return;
        }
        if (depth >= DEEPEST) {
            fail("limits", "manifests within manifests", Gap.TOO_COMPLEX);
        } else if (!references.isEmpty()) {
            judge(manifest, references, depth + 1);
        }
    }

    private Optional<Element> target(String uri) {
        if (uri.isEmpty() || uri.equals("#xpointer(/)")) {
            return Optional.of(root);
        }
        var pointer = POINTER.matcher(uri);
        var id = pointer.matches() ? pointer.group(1) : uri.substring(1);
        if (id.isEmpty() || id.contains("(")) {
            fail("reference-policy", "a pointer that is not followed", Gap.PROCESSING_FORBIDDEN);
            return Optional.empty();
        }
        var found = ids.called(id);
        if (found.size() > 1) {
            fail("identifiers", "what is referred to stands twice", Flaw.DUPLICATE_IDENTIFIER);
            return Optional.empty();
        }
        if (found.isEmpty() && ids.mayBeCalled(id)) {
            fail("original", "which element is meant by " + uri + " cannot be told", Gap.ORIGINAL_MISSING);
        } else if (found.isEmpty()) {
            fail("reference-digests", "what is called " + uri + " is gone", Flaw.HASH_FAILURE);
        }
        return found.stream().findFirst();
    }

    private void external(Element element, Reference reference, String uri, String digest) throws XMLSecurityException {
        if (original.isEmpty() || (!original.get().isCalled(name(uri)) && externals(element) > 1)) {
            fail("original", "signed, and not here: " + name(uri), Gap.ORIGINAL_MISSING);
            return;
        }
        Optional<byte[]> bytes;
        try {
            bytes = original.get().transformed(TransformRules.of(element));
        } catch (InvalidInput e) {
            bytes = Optional.empty();
        }
        if (bytes.isEmpty()) {
            fail("reference-policy", "a transform of the file is not carried out", Gap.PROCESSING_FORBIDDEN);
        } else if (isDigest(reference, digest, bytes.get())) {
            agreed++;
            originalCovered = true;
        } else {
            fail("reference-digests", "the file changed after signing", Flaw.HASH_FAILURE);
        }
    }

    private static long externals(Element reference) {
        return Dom.children((Element) reference.getParentNode(), Names.DS, "Reference").stream()
                .map(one -> one.getAttribute("URI"))
                .filter(uri -> !uri.isEmpty() && !uri.startsWith("#"))
                .count();
    }

    /// The last part of a path, decoded.
    private static String name(String uri) {
        var last = uri.substring(uri.lastIndexOf('/') + 1);
        try {
            return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return last;
        }
    }

    /// Whether a reference is over these bytes. Compared here: Santuario's own comparison writes what a document says
    /// into the log.
    private static boolean isDigest(Reference reference, String digest, byte[] bytes) throws XMLSecurityException {
        try {
            return MessageDigest.isEqual(Cryptography.digest(digest).digest(bytes), reference.getDigestValue());
        } catch (IllegalArgumentException e) {
            return false; // no Base64: the digest of nothing
        }
    }

    /// Santuario lets the JDK's own exception through where text should be Base64.
    private static byte[] referenced(Reference reference) throws XMLSecurityException {
        try {
            return reference.getReferencedBytes();
        } catch (IllegalArgumentException e) {
            throw new XMLSecurityException(e);
        }
    }

    /// The bytes that a reference is over, when they are those that were digested.
    static Optional<byte[]> signedBytes(Reference reference) throws XMLSecurityException {
        var bytes = referenced(reference);
        var digest = Dom.only(reference.getElement(), Names.DS, "DigestMethod")
                .flatMap(method -> XmlAlgorithms.digestName(method.getAttribute("Algorithm")));
        return digest.isPresent() && isDigest(reference, digest.get(), bytes) ? Optional.of(bytes) : Optional.empty();
    }

    private void fail(String step, String found, Reason reason) {
        checks.add(Check.failed(step, found, CLAUSE, reason));
    }
}
