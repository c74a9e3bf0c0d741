package org.yinzheng.testdata.corpus;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;

/// One document, and what a verifier has to say of it.
///
/// @param name unique and telling, such as `p02-isa-page-appended-without-table`
/// @param format `PDF`, `OFD`, `XML`, `JWS`, `CMS`
/// @param attackClass `P3`, `O2`, `X1`, `J1`, `SM2` …, or [#VALID]
/// @param made how it was made, in one sentence
/// @param at the validation time
/// @param document made when it is asked for
/// @param original what a detached signature is over
public record Specimen(
        String name,
        String format,
        String attackClass,
        String made,
        Expected expected,
        Instant at,
        Supplier<DocumentBytes> document,
        Optional<Original> original) {
    public static final String VALID = "valid";

    /// @param name the file's name, as the signature may give it
    public record Original(String name, Supplier<DocumentBytes> document) {}

    /// Judged at the usual time.
    public Specimen(
            String name,
            String format,
            String attackClass,
            String made,
            Expected expected,
            Supplier<DocumentBytes> document) {
        this(name, format, attackClass, made, expected, CorpusAuthority.JUDGED, document, Optional.empty());
    }

    public Specimen judgedAt(Instant when) {
        return new Specimen(name, format, attackClass, made, expected, when, document, original);
    }

    /// A signature that is apart from what it signs.
    public Specimen over(String file, Supplier<DocumentBytes> signed) {
        return new Specimen(
                name, format, attackClass, made, expected, at, document, Optional.of(new Original(file, signed)));
    }

    public boolean isValid() {
        return attackClass.equals(VALID);
    }
}
