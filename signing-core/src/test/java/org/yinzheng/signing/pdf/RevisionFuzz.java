package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.apache.pdfbox.Loader;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// What stands behind a signed revision. Throws nothing. When the document counts as intact, then a reader that repairs
/// what it can shows the page's content as it was signed.
public final class RevisionFuzz {
    private static final PdfVerifier VERIFIER = new PdfVerifier(Seeds.trust());
    private static final byte[] BASE = Seeds.read("pdf/rsa.pdf");
    private static final byte[] SHOWN = shown(BASE);

    private RevisionFuzz() {}

    public static void fuzzerTestOneInput(byte[] tail) {
        var pdf = Arrays.copyOf(BASE, BASE.length + tail.length);
        System.arraycopy(tail, 0, pdf, BASE.length, tail.length);
        if (Verdicts.isIntact(VERIFIER.verify(DocumentBytes.of(pdf), Seeds.AT))) {
            assertThat(shown(pdf)).isEqualTo(SHOWN);
        }
    }

    private static byte[] shown(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf);
                var content = document.getPage(0).getContents()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("an intact document that a reader cannot open", e);
        }
    }
}
