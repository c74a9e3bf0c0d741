package org.yinzheng.signing.xml;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

/// Judges an XML document: every signature in it, wherever it stands. Fetches nothing, and believes nothing that the
/// document says of itself. No input makes it throw.
public final class XmlVerifier {
    private static final String FORMAT = "XML";
    private static final int MOST_SIGNATURES = 20;

    private final Trust trust;

    public XmlVerifier(Trust trust) {
        this.trust = trust;
    }

    /// @param at the time for which certificates and revocation lists are judged
    public Report verify(DocumentBytes document, Instant at) {
        return verify(document, Optional.empty(), at);
    }

    /// Judges a signature that is apart from the file that it is over.
    ///
    /// @param name the file's name, without its folder
    public Report verify(DocumentBytes signature, DocumentBytes original, String name, Instant at) {
        return verify(signature, Optional.of(new Original(original, name)), at);
    }

    private Report verify(DocumentBytes document, Optional<Original> original, Instant at) {
        Santuario.ready();
        if (document.size() > XmlInput.LARGEST) {
            return Report.undecided(FORMAT, "limits", "larger than " + (XmlInput.LARGEST >> 20) + " MB", Gap.TOO_LARGE);
        }
        Element root;
        try {
            root = XmlInput.read(document.toByteArray()).document().getDocumentElement();
        } catch (InvalidInput e) {
            var why = String.valueOf(e.getMessage());
            return e.code().equals("xml-complex")
                    ? Report.undecided(FORMAT, "limits", why, Gap.TOO_COMPLEX)
                    : new Report.Malformed(FORMAT, why);
        }
        var signatures = new ArrayList<>(Dom.descendants(root, Names.DS, "Signature"));
        if (Dom.is(root, Names.DS, "Signature")) {
            signatures.addFirst(root);
        }
        signatures.removeIf(XmlVerifier::isUnsignedProperty);
        if (signatures.isEmpty()) {
            return new Report.Unsigned(FORMAT);
        }
        return signatures.size() > MOST_SIGNATURES
                ? Report.undecided(FORMAT, "limits", "more than " + MOST_SIGNATURES + " signatures", Gap.TOO_COMPLEX)
                : judged(root, signatures, original, at);
    }

    /// A counter-signature is a matter of the signature that holds it.
    private static boolean isUnsignedProperty(Element signature) {
        for (Node node = signature.getParentNode(); node != null; node = node.getParentNode()) {
            if (Names.isXades(node, "UnsignedProperties")) {
                return true;
            }
        }
        return false;
    }

    private Report judged(Element root, List<Element> signatures, Optional<Original> original, Instant at) {
        var ids = Ids.mark(root);
        var judge = new XmlSignatureJudge(trust, at, root, ids, original, new Budget());
        var judgements = signatures.stream().map(judge::judge).toList();
        var reports =
                judgements.stream().map(XmlSignatureJudge.Judgement::report).toList();
        var integrity = integrity(reports);
        var checks = new ArrayList<Check>();
        if (integrity == Integrity.INTACT) {
            var isWhole = judgements.stream().anyMatch(one -> one.scope().isWhole());
            // what is signed is as it was; of what stands around it nobody knows
            integrity = isWhole ? Integrity.INTACT : Integrity.UNKNOWN;
            checks.add(
                    isWhole
                            ? Check.passed("coverage", "the whole document", "XMLDSig 1.1 §8.1")
                            : Check.failed(
                                    "coverage",
                                    "no signature covers all that the document shows",
                                    "XMLDSig 1.1 §8.1",
                                    Gap.NOT_ALL_CONTENT_COVERED));
        }
        var content = integrity == Integrity.MODIFIED
                ? Optional.<SignedContent>empty()
                : judgements.stream().flatMap(one -> one.content().stream()).findFirst();
        return new Report.Judged(FORMAT, integrity, reports, checks, content);
    }

    private static Integrity integrity(List<SignatureReport> signatures) {
        if (signatures.stream().anyMatch(one -> one.integrity() == Integrity.MODIFIED)) {
            return Integrity.MODIFIED;
        }
        return signatures.stream().allMatch(one -> one.integrity() == Integrity.INTACT)
                ? Integrity.INTACT
                : Integrity.UNKNOWN;
    }
}
