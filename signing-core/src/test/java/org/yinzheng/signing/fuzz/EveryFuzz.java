package org.yinzheng.signing.fuzz;

import java.util.Arrays;

/// All harnesses in one, for a short run: the first byte chooses.
public final class EveryFuzz {
    private EveryFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            var all = Harness.values();
            all[(input[0] & 0xff) % all.length].run(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
