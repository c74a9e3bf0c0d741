package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Hostile packets. What programs lawfully do to a packet is in `StampedRenditionTest`.
class MetadataTest {
    private static final String START = "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description>";
    private static final String END = "</r:Description></r:RDF>";

    @Test
    void packetsThatDifferBeyondTheLimit_areNotTheSame() {
        var space = " ".repeat(4 << 20);
        assertThat(Metadata.same(stream(START + space + "<x>1</x>" + END), stream(START + space + "<x>2</x>" + END)))
                .isFalse();
    }

    @Test
    void packetNestedDeep_isNotTheSameAndDoesNotOverflow() {
        var deep = "<x>".repeat(100_000) + "</x>".repeat(100_000);
        assertThat(Metadata.same(stream(START + deep + END), stream(START + deep + " " + END)))
                .isFalse();
    }

    @Test
    void packetWithADocumentType_isNotTheSame() {
        var type = "<!DOCTYPE x [<!ENTITY e 'y'>]>";
        assertThat(Metadata.same(stream(type + START + END), stream(type + START + " " + END)))
                .isFalse();
    }

    private static byte[] stream(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
