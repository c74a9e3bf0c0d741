package org.yinzheng.signing.verification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.ofd.OfdVerifier;
import org.yinzheng.signing.pdf.PdfVerifier;
import org.yinzheng.signing.verdict.Report;

/// Judges a document of any format that we know. The format is told by the content, never by a name.
public final class DocumentVerifier {
    private static final int HEADER_WITHIN = 1024;

    private final PdfVerifier pdf;
    private final OfdVerifier ofd;

    public DocumentVerifier(Trust trust) {
        pdf = new PdfVerifier(trust);
        ofd = new OfdVerifier(trust);
    }

    /// @param at the time for which certificates and revocation lists are judged
    public Report verify(DocumentBytes document, Instant at) {
        var beginning = beginning(document);
        var isZip = beginning.startsWith("PK\003\004");
        var isPdf = beginning.contains("%PDF-");
        if (isZip && isPdf) {
            return new Report.Malformed("UNKNOWN", "both a ZIP package and a PDF: readers would show different things");
        }
        if (isZip) {
            return ofd.verify(document, at);
        }
        return isPdf ? pdf.verify(document, at) : new Report.Malformed("UNKNOWN", "neither a PDF nor an OFD");
    }

    private static String beginning(DocumentBytes document) {
        try (InputStream stream = document.stream()) {
            return new String(stream.readNBytes(HEADER_WITHIN), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("reading memory does not fail", e);
        }
    }
}
