package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// A whole PDF. Throws nothing. What is intact begins with the bytes that one of the seeds' signatures covers.
public final class PdfFuzz {
    private static final PdfVerifier VERIFIER = new PdfVerifier(Seeds.trust());
    private static final List<byte[]> SIGNED = Seeds.signed("pdf");

    private PdfFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (Verdicts.isIntact(VERIFIER.verify(DocumentBytes.of(input), Seeds.AT))) {
            assertThat(isSigned(input)).isTrue();
        }
    }

    public static boolean isSigned(byte[] input) {
        return SIGNED.stream().anyMatch(seed -> isSigned(input, seed));
    }

    private static boolean isSigned(byte[] input, byte[] seed) {
        return ByteRange.scan(seed).stream().anyMatch(range -> {
            int hole = (int) range.firstLength();
            int after = (int) range.secondStart();
            int end = (int) (range.secondStart() + range.secondLength());
            return input.length >= end
                    && Arrays.equals(input, 0, hole, seed, 0, hole)
                    && Arrays.equals(input, after, end, seed, after, end);
        });
    }
}
