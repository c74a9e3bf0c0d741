package org.yinzheng.signing.verification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
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
    private static final int HEADER_WITHIN = 1024;
    // as bytes: a byte order mark of UTF-8 or UTF-16, white space, and what an XML document or its prolog begins with
    private static final Pattern XML =
            Pattern.compile("(\u00EF\u00BB\u00BF|\u00FE\u00FF|\u00FF\u00FE)?[\0 \t\r\n]*<\0?[A-Za-z_:?!\u0080-\u00FF]");

    private final Trust trust;
    private final PdfVerifier pdf;
    private final OfdVerifier ofd;
    private final XmlVerifier xml;
    private final JwsVerifier jws;

    public DocumentVerifier(Trust trust) {
        this.trust = trust;
        pdf = new PdfVerifier(trust);
        ofd = new OfdVerifier(trust);
        xml = new XmlVerifier(trust);
        jws = new JwsVerifier(trust);
    }

    /// @param at the time for which certificates and revocation lists are judged
    public Report verify(DocumentBytes document, Instant at) {
        return withIssuer(judge(document, at));
    }

    private Report judge(DocumentBytes document, Instant at) {
        var beginning = beginning(document);
        var isZip = beginning.startsWith("PK\003\004");
        var isPdf = beginning.contains("%PDF-");
        var isXml = XML.matcher(beginning).lookingAt();
        if ((isZip || isXml) && isPdf) {
            return new Report.Malformed(
                    "UNKNOWN", "a PDF and another format at once: readers would show different things");
        }
        if (isZip) {
            return ofd.verify(document, at);
        }
        if (isXml) {
            return xml.verify(document, at);
        }
        if (isPdf) {
            return pdf.verify(document, at);
        }
        return JwsVerifier.recognises(beginning)
                ? jws.verify(document, at)
                : new Report.Malformed("UNKNOWN", "neither PDF nor OFD nor XML nor JWS");
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

    private static String beginning(DocumentBytes document) {
        try (InputStream stream = document.stream()) {
            return new String(stream.readNBytes(HEADER_WITHIN), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("reading memory does not fail", e);
        }
    }
}
