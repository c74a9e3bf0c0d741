package org.yinzheng.signing.pdf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.SignatureReport.SealSummary;

/// What the value of a signature says, apart from where it stands in the document.
///
/// @param kind as in [org.yinzheng.signing.verdict.SignatureReport]
/// @param valueSteps the checks that say whether the mathematics is right, all of them
/// @param signer,algorithm empty when none could be read
/// @param signingTime claimed in the value itself
/// @param proven when it is proven to have existed
record SignatureFinding(
        String kind,
        Set<String> valueSteps,
        List<Check> checks,
        String signer,
        String algorithm,
        Optional<Instant> signingTime,
        Optional<Instant> proven,
        Optional<SealSummary> seal) {
    static final String TIMESTAMP = "PDF-TIMESTAMP";

    private static final String PADES = "ETSI.CAdES.detached";

    /// Nothing can be said of it.
    static SignatureFinding none(String subFilter, Check... checks) {
        return new SignatureFinding(
                subFilter.equals(PADES) ? "PAdES" : "PDF-CMS",
                Set.of("signature-value"),
                List.of(checks),
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    SignatureFinding and(Check further) {
        var all = new ArrayList<>(checks);
        all.add(further);
        return new SignatureFinding(kind, valueSteps, all, signer, algorithm, signingTime, proven, seal);
    }
}
