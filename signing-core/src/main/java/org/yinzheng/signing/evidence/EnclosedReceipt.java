package org.yinzheng.signing.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.jose.JwsVerifier;
import org.yinzheng.signing.jose.LicenceCredential;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Reason;

/// Whether the receipt in a bundle is one, of this document, and not younger than the bundle. What it says of the
/// document is not compared: that was its issuer's judgement with the issuer's trust at that time.
final class EnclosedReceipt {
    private static final String CLAUSE = "RFC 7515 §5.2";
    /// Between the clocks of a service and of a timestamp authority.
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final DocumentBytes jws;

    EnclosedReceipt(DocumentBytes jws) {
        this.jws = jws;
    }

    /// @param document as the manifest has it
    /// @param latest when the bundle existed with the receipt in it
    List<Check> judge(Manifest.Entry document, Trust trust, Instant latest) {
        var said = JwsVerifier.statement(jws).filter(one -> one.type().equals(EvidenceBundle.RECEIPT_TYPE));
        var time = said.flatMap(one -> LicenceCredential.madeAt(one.claims()));
        if (time.isEmpty()) {
            return List.of(
                    Check.failed("receipt-signature", "not what a receipt looks like", CLAUSE, Flaw.RECEIPT_INVALID));
        }
        var claims = said.get().claims();
        return List.of(signature(trust, latest), of(claims, document), at(time.get(), latest));
    }

    private Check signature(Trust trust, Instant at) {
        var report = new JwsVerifier(trust).verify(jws, at);
        if (report.indication() == Indication.TOTAL_PASSED) {
            return Check.passed("receipt-signature", "signed by whom the operator trusts", CLAUSE);
        }
        var why = report.reasons().stream().map(Reason::name).collect(Collectors.joining(", "));
        return Check.failed(
                "receipt-signature",
                why,
                CLAUSE,
                report.indication() == Indication.INDETERMINATE ? Gap.RECEIPT_UNCONFIRMED : Flaw.RECEIPT_INVALID);
    }

    private static Check of(JsonNode claims, Manifest.Entry document) {
        for (var listed : claims.path("documents")) {
            var digests = listed.path("digests");
            var sha256 = text(digests, "sha256");
            var sm3 = text(digests, "sm3");
            if ((sha256.isPresent() || sm3.isPresent())
                    && sha256.filter(one -> !one.equals(document.sha256())).isEmpty()
                    && sm3.filter(one -> !one.equals(document.sm3())).isEmpty()) {
                return Check.passed("receipt-document", "names the digests of this document", "");
            }
        }
        return Check.failed(
                "receipt-document",
                "names the digests of " + claims.path("documents").size() + " documents, not of this one",
                "",
                Flaw.RECEIPT_OF_ANOTHER_DOCUMENT);
    }

    private static Optional<String> text(JsonNode digests, String name) {
        return Optional.ofNullable(digests.path(name).textValue());
    }

    private static Check at(Instant time, Instant latest) {
        return time.isAfter(latest.plus(CLOCKS))
                ? Check.failed(
                        "receipt-time", "made " + time + ", in a bundle of " + latest, "", Flaw.RECEIPT_TIME_IMPOSSIBLE)
                : Check.passed("receipt-time", "made " + time, "");
    }
}
