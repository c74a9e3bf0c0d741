package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.junit.jupiter.api.Test;

/// Hostile packets. What programs lawfully do to a packet is in `StampedRenditionTest`.
class MetadataTest {
    private static final String START = "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description>";
    private static final String END = "</r:Description></r:RDF>";

    @Test
    void packetsThatDifferBeyondTheLimit_areNotTheSame() throws IOException {
        var space = " ".repeat(4 << 20);
        assertThat(Metadata.same(stream(START + space + "<x>1</x>" + END), stream(START + space + "<x>2</x>" + END)))
                .isFalse();
    }

    @Test
    void packetNestedDeep_isNotTheSameAndDoesNotOverflow() throws IOException {
        var deep = "<x>".repeat(100_000) + "</x>".repeat(100_000);
        assertThat(Metadata.same(stream(START + deep + END), stream(START + deep + " " + END)))
                .isFalse();
    }

    @Test
    void packetWithADocumentType_isNotTheSame() throws IOException {
        var type = "<!DOCTYPE x [<!ENTITY e 'y'>]>";
        assertThat(Metadata.same(stream(type + START + END), stream(type + START + " " + END)))
                .isFalse();
    }

    private static COSStream stream(String text) throws IOException {
        var stream = new COSStream();
        try (var output = stream.createOutputStream(COSName.FLATE_DECODE)) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return stream;
    }
}
