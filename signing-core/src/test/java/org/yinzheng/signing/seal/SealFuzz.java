package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// A seal (SESeal of every version). Throws [InvalidInput] only. A seal with a right signature is over a seed's bytes.
public final class SealFuzz {
    private static final List<DocumentBytes> SIGNED = Seeds.signed("seal").stream()
            .map(seed -> Seal.parse(DocumentBytes.of(seed)).proof().signed())
            .toList();

    private static final Trust TRUST = Seeds.trust();

    private SealFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Seal seal;
        try {
            seal = Seal.parse(DocumentBytes.of(input));
        } catch (InvalidInput e) {
            return;
        }
        Verdicts.isRight(SealCheck.check(seal, TRUST, Seeds.AT, Seeds.AT));
        if (SealCheck.makerSignature(seal).passed()) {
            assertThat(SIGNED).contains(seal.proof().signed());
        }
    }
}
