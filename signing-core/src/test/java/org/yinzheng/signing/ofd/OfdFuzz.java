package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// A whole OFD package. Throws nothing. What is intact has every file of a seed, as it was.
public final class OfdFuzz {
    private static final OfdVerifier VERIFIER = new OfdVerifier(Seeds.trust());
    private static final List<OfdPackage> SIGNED = Seeds.signed("ofd").stream()
            .map(seed -> ZipReader.read(DocumentBytes.of(seed)))
            .toList();

    private OfdFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (Verdicts.isIntact(VERIFIER.verify(DocumentBytes.of(input), Seeds.AT))) {
            assertThat(isSigned(input)).isTrue();
        }
    }

    public static boolean isSigned(byte[] input) {
        return SIGNED.stream().anyMatch(seed -> isSigned(ZipReader.read(DocumentBytes.of(input)), seed));
    }

    /// The stamp's own value may be spelt in another way; everything else is under it.
    static boolean isSigned(OfdPackage input, OfdPackage seed) {
        return seed.parts().stream()
                .map(part -> part.name)
                .filter(name -> !name.endsWith("SignedValue.dat"))
                .allMatch(name -> Arrays.equals(
                        input.content(name).orElse(null), seed.content(name).orElse(null)));
    }
}
