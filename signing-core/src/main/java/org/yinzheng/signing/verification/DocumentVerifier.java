package org.yinzheng.signing.verification;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.jose.JwsVerifier;
import org.yinzheng.signing.ofd.OfdVerifier;
import org.yinzheng.signing.pdf.PdfVerifier;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.xml.XmlVerifier;

/// Judges a document of any format that we know. The format is told by the content, never by a name.
public final class DocumentVerifier {
    private final Trust trust;
    private final PdfVerifier pdf;
    private final OfdVerifier ofd;
    private final XmlVerifier xml;
    private final JwsVerifier jws;
    private final CmsVerifier cms;

    public DocumentVerifier(Trust trust) {
        this(trust, new PdfVerifier(trust));
    }

    /// For documents that were made here a moment ago: the same verdict, without remarks on what nobody sees in them.
    public static DocumentVerifier ofOwn(Trust trust) {
        return new DocumentVerifier(trust, new PdfVerifier(trust, false));
    }

    private DocumentVerifier(Trust trust, PdfVerifier pdf) {
        this.trust = trust;
        this.pdf = pdf;
        ofd = new OfdVerifier(trust);
        xml = new XmlVerifier(trust);
        jws = new JwsVerifier(trust);
        cms = new CmsVerifier(trust);
    }

    /// @param at the time for which certificates and revocation lists are judged
    public Report verify(DocumentBytes document, Instant at) {
        return withIssuer(judge(document, at));
    }

    private Report judge(DocumentBytes document, Instant at) {
        return switch (Kind.of(document)) {
            case PDF -> pdf.verify(document, at);
            case OFD -> ofd.verify(document, at);
            case XML -> xml.verify(document, at);
            case JWS -> jws.verify(document, at);
            case CMS -> cms.verify(document, Optional.empty(), at);
            case SEVERAL ->
                new Report.Malformed(
                        "UNKNOWN", "a PDF and another format at once: readers would show different things");
            case UNKNOWN -> new Report.Malformed("UNKNOWN", "neither PDF nor OFD nor XML nor JWS nor CMS");
        };
    }

    /// The licence's own authority has to be among the signers, as far as a trust list can tell.
    private Report withIssuer(Report report) {
        if (!(report instanceof Report.Judged judged) || judged.content().isEmpty()) {
            return report;
        }
        var signers = judged.signatures().stream()
                .filter(signature -> signature.integrity() == Integrity.INTACT)
                .map(SignatureReport::signer)
                .toList();
        var check = trust.checkIssuer(judged.content().get().licenceId(), signers);
        if (check.isEmpty()) {
            return report;
        }
        var checks =
                Stream.concat(judged.documentChecks().stream(), check.stream()).toList();
        return new Report.Judged(judged.format(), judged.integrity(), judged.signatures(), checks, judged.content());
    }
}
