package org.yinzheng.signing.verdict;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What was established about one signature.
///
/// @param name the field's or the signature's name in the document
/// @param kind `PAdES`, `PDF-CMS`, `OFD-SES-V4` …
/// @param signer the subject of the signer's certificate, as the certificate gives it; empty when none could
/// be read
/// @param algorithm such as `SHA256withRSA` or `SM3withSM2`
/// @param claimedTime the signer's own claim; nothing proves it without a timestamp
/// @param provenTime when it is proven to have existed, by a timestamp or a log that is believed
/// @param coverage what the signature covers, for a person
/// @param checks in the order of the building blocks, and within one as they were made
public record SignatureReport(
        String name,
        String kind,
        String signer,
        String algorithm,
        Optional<Instant> claimedTime,
        Optional<Instant> provenTime,
        Integrity integrity,
        Bilingual coverage,
        Optional<SealSummary> seal,
        List<Check> checks) {
    /// The seal shown by a stamp.
    public record SealSummary(
            String id, String name, int typeCode, String maker, Instant validFrom, Instant validUntil) {}

    public SignatureReport {
        checks = checks.stream()
                .sorted(Comparator.comparing(check -> Steps.block(check.step())))
                .toList();
    }

    public List<Reason> reasons() {
        return checks.stream()
                .flatMap(check -> check.reason().stream())
                .distinct()
                .toList();
    }

    /// The same with other checks.
    public SignatureReport with(List<Check> others) {
        return new SignatureReport(
                name, kind, signer, algorithm, claimedTime, provenTime, integrity, coverage, seal, others);
    }

    public Indication indication() {
        return Report.indicationOf(reasons());
    }
}
