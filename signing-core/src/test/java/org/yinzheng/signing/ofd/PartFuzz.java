package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// One file in a stamped OFD replaced: the first byte says which, the others are its content. Throws nothing. What is
/// intact is as it was.
public final class PartFuzz {
    private static final OfdVerifier VERIFIER = new OfdVerifier(Seeds.trust());
    private static final OfdPackage STAMPED = ZipReader.read(DocumentBytes.of(Seeds.read("ofd/stamped.ofd")));

    private PartFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var parts = new ArrayList<>(STAMPED.parts());
        parts.sort(Comparator.comparing(part -> part.name));
        int which = (input[0] & 0xff) % parts.size();
        parts.set(which, Part.of(parts.get(which).name, Arrays.copyOfRange(input, 1, input.length)));
        var ofd = ZipWriter.write(parts, Seeds.AT);
        if (Verdicts.isIntact(VERIFIER.verify(ofd, Seeds.AT))) {
            assertThat(OfdFuzz.isSigned(OfdPackage.of(parts), STAMPED)).isTrue();
        }
    }
}
