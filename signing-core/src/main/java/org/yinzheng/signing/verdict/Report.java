package org.yinzheng.signing.verdict;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What verifying one document established, after ETSI EN 319 102-1.
public sealed interface Report {
    /// `PDF`, `OFD`, `XML`, `JWS`, `CMS` or `UNKNOWN`.
    String format();

    Indication indication();

    Integrity integrity();

    /// Why the indication is not TOTAL-PASSED; empty when it is.
    List<Reason> reasons();

    /// Signatures were found and judged.
    ///
    /// @param documentChecks checks on the document as a whole: changes after the last signature, uncovered files
    /// @param content what the *signed* bytes of a licence say, when they are intact
    record Judged(
            String format,
            Integrity integrity,
            List<SignatureReport> signatures,
            List<Check> documentChecks,
            Optional<SignedContent> content)
            implements Report {
        public Judged {
            signatures = List.copyOf(signatures);
            documentChecks = List.copyOf(documentChecks);
            content = content.filter(said -> !said.licenceId().isBlank());
        }

        /// The licence identifier (GB/T 36904), as the signed bytes have it.
        public Optional<String> licenceId() {
            return content.map(SignedContent::licenceId);
        }

        @Override
        public List<Reason> reasons() {
            return Stream.concat(
                            signatures.stream().flatMap(signature -> signature.reasons().stream()),
                            documentChecks.stream().flatMap(check -> check.reason().stream()))
                    .distinct()
                    .toList();
        }

        @Override
        public Indication indication() {
            return indicationOf(reasons());
        }
    }

    /// A well-formed document without any signature.
    record Unsigned(String format) implements Report {
        @Override
        public Indication indication() {
            return Indication.NO_SIGNATURE;
        }

        @Override
        public List<Reason> reasons() {
            return List.of(Gap.NO_SIGNATURE);
        }

        @Override
        public Integrity integrity() {
            return Integrity.UNKNOWN;
        }
    }

    /// Bytes that are no document of a known format, or a broken one.
    ///
    /// @param why for a person; says what was expected where
    record Malformed(String format, String why) implements Report {
        @Override
        public Indication indication() {
            return Indication.MALFORMED;
        }

        @Override
        public List<Reason> reasons() {
            return List.of(Gap.UNREADABLE);
        }

        @Override
        public Integrity integrity() {
            return Integrity.UNKNOWN;
        }
    }

    /// Judging was given up for a reason that says nothing about the document.
    static Report undecided(String format, String step, String found, Gap gap) {
        return new Judged(
                format, Integrity.UNKNOWN, List.of(), List.of(Check.failed(step, found, "", gap)), Optional.empty());
    }

    static Indication indicationOf(List<Reason> reasons) {
        if (reasons.stream().anyMatch(Flaw.class::isInstance)) {
            return Indication.TOTAL_FAILED;
        }
        return reasons.isEmpty() ? Indication.TOTAL_PASSED : Indication.INDETERMINATE;
    }
}
