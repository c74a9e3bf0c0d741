package org.yinzheng.signing.cms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// A detached CMS, also as GB/T 35275 writes it. Throws [ParsedCms.Malformed] only. What is right over the original is
/// right over nothing else.
public final class CmsFuzz {
    private static final byte[] ANOTHER = "another".getBytes(UTF_8);

    private CmsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        ParsedCms cms;
        try {
            cms = ParsedCms.parse(input, ParsedCms.Content.DETACHED);
        } catch (ParsedCms.Malformed e) {
            return;
        }
        if (isRight(cms, Seeds.ORIGINAL)) {
            assertThat(isRight(cms, ANOTHER)).isFalse();
        }
    }

    private static boolean isRight(ParsedCms cms, byte[] original) {
        var signed = CmsCheck.SignedBytes.of(DocumentBytes.of(original));
        return Verdicts.isRight(
                CmsCheck.check(cms, signed, CmsCheck.Profile.PLAIN, List.of()).checks());
    }
}
