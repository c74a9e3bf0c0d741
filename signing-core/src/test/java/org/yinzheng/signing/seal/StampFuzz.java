package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// A stamp (SES_Signature). Throws [InvalidInput] only. A stamp that binds the original is over a seed's bytes.
public final class StampFuzz {
    private static final Trust TRUST = Seeds.trust();
    private static final List<DocumentBytes> SIGNED = Seeds.signed("stamp").stream()
            .map(seed -> Stamp.parse(DocumentBytes.of(seed)).proof().signed())
            .toList();

    private StampFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Stamp stamp;
        try {
            stamp = Stamp.parse(DocumentBytes.of(input));
        } catch (InvalidInput e) {
            return;
        }
        Verdicts.isRight(StampCheck.checkTrust(stamp, TRUST, Seeds.AT));
        if (Verdicts.isRight(StampCheck.checkBinding(stamp, Seeds.ORIGINAL, stamp.propertyInfo()))) {
            assertThat(SIGNED).contains(stamp.proof().signed());
        }
    }
}
