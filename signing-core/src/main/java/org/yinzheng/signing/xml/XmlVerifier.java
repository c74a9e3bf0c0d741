package org.yinzheng.signing.xml;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

/// Judges an XML document: every signature that is a child of its root. Fetches nothing, and believes nothing that the
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
        Santuario.ready();
        if (document.size() > XmlInput.LARGEST) {
            return new Report.Malformed(FORMAT, "larger than " + (XmlInput.LARGEST >> 20) + " MB");
        }
        Element root;
        try {
            root = XmlInput.read(document.toByteArray()).document().getDocumentElement();
        } catch (InvalidInput e) {
            return new Report.Malformed(FORMAT, String.valueOf(e.getMessage()));
        }
        var everywhere = Dom.descendants(root, Names.DS, "Signature");
        if (everywhere.isEmpty() && !Names.DS.equals(root.getNamespaceURI())) {
            return new Report.Unsigned(FORMAT);
        }
        var signatures = Dom.children(root, Names.DS, "Signature");
        if (signatures.size() > MOST_SIGNATURES) {
            return unjudged(
                    Check.failed("limits", "more than " + MOST_SIGNATURES + " signatures", "", Gap.TOO_COMPLEX));
        }
        if (signatures.isEmpty()) {
            return unjudged(Check.failed(
                    "signatures",
                    "a signature inside the document, and none over what the root shows",
                    "XMLDSig 1.1 §4",
                    Gap.NOT_ALL_CONTENT_COVERED));
        }
        return judged(root, signatures, at);
    }

    private Report judged(Element root, List<Element> signatures, Instant at) {
        var checks = new ArrayList<Check>();
        var duplicate = Ids.duplicate(root);
        if (duplicate.isPresent()) {
            checks.add(Check.failed(
                    "identifiers", "one identifier stands twice", "XMLDSig 1.1 §4.4.3.2", Flaw.DUPLICATE_IDENTIFIER));
        } else {
            checks.add(Check.passed("identifiers", "each stands once", "XMLDSig 1.1 §4.4.3.2"));
        }
        Ids.mark(root);
        var judge = new XmlSignatureJudge(trust, at);
        var judgements = signatures.stream().map(judge::judge).toList();
        var reports =
                judgements.stream().map(XmlSignatureJudge.Judgement::report).toList();
        var integrity = integrity(reports, duplicate.isPresent());
        var content = integrity == Integrity.MODIFIED
                ? Optional.<SignedContent>empty()
                : judgements.stream().flatMap(one -> one.content().stream()).findFirst();
        return new Report.Judged(FORMAT, integrity, reports, checks, content);
    }

    private static Report unjudged(Check check) {
        return new Report.Judged(FORMAT, Integrity.UNKNOWN, List.of(), List.of(check), Optional.empty());
    }

    private static Integrity integrity(List<SignatureReport> signatures, boolean ambiguous) {
        if (ambiguous || signatures.stream().anyMatch(one -> one.integrity() == Integrity.MODIFIED)) {
            return Integrity.MODIFIED;
        }
        return signatures.stream().allMatch(one -> one.integrity() == Integrity.INTACT)
                ? Integrity.INTACT
                : Integrity.UNKNOWN;
    }
}
