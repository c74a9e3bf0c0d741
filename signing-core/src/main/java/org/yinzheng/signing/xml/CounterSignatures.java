package org.yinzheng.signing.xml;

import java.util.Arrays;
import java.util.Optional;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Element;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// A signature over the value of the one that holds it (ETSI EN 319 132-1 §5.2.7). Anybody may put one there: whether
/// it
/// is over this value and holds is told; whoever made it is not judged.
final class CounterSignatures {
    private static final String STEP = "counter-signature";
    private static final String CLAUSE = "ETSI EN 319 132-1 §5.2.7";

    private CounterSignatures() {}

    static Check check(Element property, SignatureElement signature) {
        var inside = Dom.only(property, Names.DS, "Signature");
        if (inside.isEmpty() || Dom.children(property).size() != 1) {
            return fault("no signature, or something beside it", Flaw.COUNTER_SIGNATURE_MISPLACED);
        }
        SignatureElement counter;
        try {
            counter = SignatureElement.read(inside.get());
        } catch (SignatureElement.Misshapen e) {
            return fault(e.why(), Flaw.COUNTER_SIGNATURE_MISPLACED);
        }
        var id = signature.value().getAttribute("Id");
        var reference = counter.references().stream()
                .filter(one -> !id.isEmpty() && one.getAttribute("URI").equals("#" + id))
                .findFirst();
        if (reference.isEmpty()) {
            return fault("it refers to something else than this signature's value", Flaw.COUNTER_SIGNATURE_MISPLACED);
        }
        var over = isOver(reference.get(), signature.value());
        if (over.isEmpty()) {
            return fault("by a digest or a transform that is not known", Gap.NOT_ALL_CONTENT_COVERED);
        }
        if (!over.get()) {
            return fault("it is over another value", Flaw.COUNTER_SIGNATURE_MISPLACED);
        }
        var scheme = XmlAlgorithms.scheme(counter.method());
        var certificates = counter.keyInfo().map(SigningCertificate::certificates).stream()
                .flatMap(all -> all.stream())
                .toList();
        if (scheme.isEmpty() || certificates.isEmpty()) {
            return fault("over this value; by whom cannot be told", Gap.NOT_ALL_CONTENT_COVERED);
        }
        var holds = new XmlSignatureJudge.Memo(counter, scheme);
        return certificates.stream().anyMatch(one -> holds.with(one.getPublicKey()))
                ? Check.passed(STEP, "over this value; its signer is not judged", CLAUSE)
                : fault("it does not verify with its certificate", Flaw.COUNTER_SIGNATURE_MISPLACED);
    }

    private static Optional<Boolean> isOver(Element reference, Element value) {
        var transforms = TransformRules.of(reference);
        var method =
                transforms.isEmpty() ? Names.INCLUSIVE : transforms.getFirst().getAttribute("Algorithm");
        var digest = Dom.only(reference, Names.DS, "DigestMethod")
                .flatMap(one -> XmlAlgorithms.digestName(one.getAttribute("Algorithm")));
        var stated = Dom.only(reference, Names.DS, "DigestValue").flatMap(Dom::decode);
        if (transforms.size() > 1
                || !TransformRules.CANONICAL.contains(method)
                || digest.isEmpty()
                || stated.isEmpty()) {
            return Optional.empty();
        }
        try {
            var prefixes = transforms.stream()
                    .flatMap(one -> TransformRules.prefixes(one).stream())
                    .findFirst();
            var bytes = Dom.canonical(value, method, prefixes);
            return Optional.of(Arrays.equals(Cryptography.digest(digest.get()).digest(bytes), stated.get()));
        } catch (XMLSecurityException e) {
            return Optional.empty();
        }
    }

    private static Check fault(String found, Reason reason) {
        return Check.failed(STEP, found, CLAUSE, reason);
    }
}
