package org.yinzheng.signing.verification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.jose.JwsVerifier;

/// What a file is, told by its content and never by its name.
enum Kind {
    PDF,
    OFD,
    XML,
    JWS,
    CMS,
    /// A PDF and another at once: readers would show different things.
    SEVERAL,
    UNKNOWN;

    private static final int HEADER_WITHIN = 1024;
    // as bytes: a byte order mark of UTF-8 or UTF-16, white space, and what an XML document or its prolog begins with
    private static final Pattern XML_BEGINNING =
            Pattern.compile("(\u00EF\u00BB\u00BF|\u00FE\u00FF|\u00FF\u00FE)?[\0 \t\r\n]*<\0?[A-Za-z_:?!\u0080-\u00FF]");

    static Kind of(DocumentBytes document) {
        var beginning = beginning(document);
        var isZip = beginning.startsWith("PK\003\004");
        var isXml = XML_BEGINNING.matcher(beginning).lookingAt();
        if (beginning.contains("%PDF-")) {
            return isZip || isXml ? SEVERAL : PDF;
        }
        if (isZip) {
            return OFD;
        }
        if (isXml) {
            return XML;
        }
        if (JwsVerifier.recognises(beginning)) {
            return JWS;
        }
        return CmsVerifier.isCms(document) ? CMS : UNKNOWN;
    }

    private static String beginning(DocumentBytes document) {
        try (InputStream stream = document.stream()) {
            return new String(stream.readNBytes(HEADER_WITHIN), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("reading memory does not fail", e);
        }
    }
}
