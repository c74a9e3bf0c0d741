package org.yinzheng.signing.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.cms.ParsedCms;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;
import org.yinzheng.signing.jose.CredentialFuzz;
import org.yinzheng.signing.ofd.OfdFuzz;
import org.yinzheng.signing.pdf.PdfFuzz;
import org.yinzheng.signing.xml.XmlFuzz;

/// A file of whatever format, told by its content. Throws nothing. What is intact is what a seed of that format says.
public final class DocumentFuzz {
    private static final DocumentVerifier VERIFIER = new DocumentVerifier(Seeds.trust());
    private static final Set<DocumentBytes> ENCLOSED =
            Seeds.signed("document").stream().map(DocumentFuzz::enclosed).collect(Collectors.toSet());

    private DocumentFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var report = VERIFIER.verify(DocumentBytes.of(input), Seeds.AT);
        if (Verdicts.isIntact(report)) {
            assertThat(
                            switch (report.format()) {
                                case "PDF" -> PdfFuzz.isSigned(input);
                                case "OFD" -> OfdFuzz.isSigned(input);
                                case "XML" -> XmlFuzz.isSigned(input);
                                case "JWS", "QR" -> CredentialFuzz.isSigned(input);
                                case "CMS" -> ENCLOSED.contains(enclosed(input));
                                default -> false;
                            })
                    .as(report.format())
                    .isTrue();
        }
    }

    private static DocumentBytes enclosed(byte[] cms) {
        try {
            var der = CmsVerifier.der(DocumentBytes.of(cms)).orElseThrow();
            return ParsedCms.parse(der, ParsedCms.Content.ANY).content();
        } catch (ParsedCms.Malformed e) {
            throw new AssertionError("an intact document that cannot be read", e);
        }
    }
}
