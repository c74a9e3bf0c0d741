package org.yinzheng.signing.verdict;

import java.util.Optional;

/// One thing that was examined and what was found there.
///
/// @param step what was examined, a stable name in kebab-case such as `reference-digests`
/// @param found what was found, for a person to read; no holder data. What a document makes too long is cut off
/// @param clause the clause followed, such as `GB/T 38540 §7.3` or `PAdES ETSI EN 319 142-1 §5.3`, or empty
/// @param reason absent when the check passed
public record Check(String step, String found, String clause, Optional<Reason> reason) {
    private static final int LONGEST = 1000;

    public Check {
        if (found.length() > LONGEST) {
            // never half of a character
            int end = Character.isHighSurrogate(found.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            found = found.substring(0, end) + "…";
        }
    }

    public static Check passed(String step, String found, String clause) {
        return new Check(step, found, clause, Optional.empty());
    }

    public static Check failed(String step, String found, String clause, Reason reason) {
        return new Check(step, found, clause, Optional.of(reason));
    }

    public boolean passed() {
        return reason.isEmpty();
    }
}
