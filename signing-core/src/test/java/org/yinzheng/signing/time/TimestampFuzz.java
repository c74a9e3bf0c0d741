package org.yinzheng.signing.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.fuzz.Seeds;

/// A timestamp token. Throws [InvalidInput] only. A time that is proven is a seed's.
public final class TimestampFuzz {
    private static final SignedBytes STAMPED = SignedBytes.of(DocumentBytes.of(Seeds.ORIGINAL));
    private static final Trust TRUST = Seeds.trust();

    private TimestampFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        TimestampToken token;
        try {
            token = TimestampToken.parse(DocumentBytes.of(input));
        } catch (InvalidInput e) {
            return;
        }
        if (token.judge(STAMPED, List.of(), TRUST, Optional.empty(), Seeds.AT)
                instanceof TimestampResult.Proven proven) {
            assertThat(proven.time()).isEqualTo(Seeds.AT.minusSeconds(60));
        }
    }
}
