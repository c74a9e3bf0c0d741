package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// Whether a certificate of a path was revoked: by what the operator holds, what the document brings, and what may be
/// fetched.
///
/// An authority that names no source of revocation data and of which nobody holds any publishes none. That passes with
/// a remark when the operator's trust says so ([Trust#acceptsSilence]). One that does publish must be heard.
///
/// @param used what the answer rests on
record Revocation(Optional<Check> check, RevocationData used) {
    private static final String STEP = "signer-revocation";
    private static final String CLAUSE = "RFC 5280 §6.3, RFC 6960";

    /// noRevAvail (RFC 9608), and validity-assured short-term certificates (ETSI EN 319 412-1 §5.2).
    private static final Set<String> NEVER_REVOKED = Set.of("2.5.29.56", "0.4.0.194121.2.1");

    static Revocation check(CertificatePath path, Trust trust, Moment moment) {
        var used = RevocationData.NONE;
        var sources = new ArrayList<String>();
        int silent = 0;
        for (int i = 0; i + 1 < path.certificates().size(); i++) {
            var certificate = path.certificates().get(i);
            var issuer = path.certificates().get(i + 1);
            boolean counts = i < path.anchor().orElse(0);
            var said = said(certificate, issuer, trust);
            var notAfter = path.links().get(i).notAfter();
            if (counts && !isSettled(said, trust, moment, notAfter) && RevocationAddresses.namesSource(certificate)) {
                var fetched = trust.source().find(certificate, issuer, moment.decisive());
                said = said(certificate, issuer, trust.with(fetched));
            }
            var against = against(certificate, i > 0, said, moment);
            if (against.isPresent()) {
                return new Revocation(against, used.plus(proofs(said)));
            }
            var telling = said.stream()
                    .filter(one -> tells(one, trust, moment, notAfter))
                    .max(Comparator.comparing(Statement::thisUpdate));
            if (telling.isPresent()) {
                used = used.plus(telling.get().proof());
                sources.add(telling.get().source());
            } else if (counts && said.isEmpty() && isSilent(certificate, path, trust)) {
                silent++;
            } else if (counts) {
                return new Revocation(Optional.of(untold(issuer, said, trust, moment, notAfter)), used);
            }
        }
        return new Revocation(passed(path, silent, sources), used);
    }

    private static Check untold(
            X509Certificate issuer, List<Statement> said, Trust trust, Moment moment, Instant notAfter) {
        return said.stream()
                .filter(one -> one.tells(moment.decisive(), notAfter))
                .findFirst()
                .map(unsafe -> Check.failed(
                        STEP,
                        trust.policy().check(unsafe.uses(), moment.decisive()).found(),
                        CLAUSE,
                        Gap.REVOCATION_DATA_WEAK))
                .orElseGet(() -> Check.failed(
                        STEP,
                        "nothing of " + Certificates.subject(issuer) + " tells at " + moment.decisive()
                                + " whether a certificate is revoked",
                        CLAUSE,
                        Gap.TRY_LATER));
    }

    private static Optional<Check> passed(CertificatePath path, int silent, List<String> sources) {
        if (!path.anchored()) {
            return Optional.empty(); // whose word would it be?
        }
        if (path.anchor().get() == 0) {
            return Optional.of(Check.passed(STEP, "the signer itself is a trust anchor", CLAUSE));
        }
        var found = silent == 0 ? "not revoked" : "not revoked; " + silent + " issuers publish no revocation data";
        return Optional.of(
                Check.passed(STEP, sources.isEmpty() ? found : found + ": " + String.join(", ", sources), CLAUSE));
    }

    private static boolean isSilent(X509Certificate certificate, CertificatePath path, Trust trust) {
        return NEVER_REVOKED.stream().anyMatch(oid -> certificate.getExtensionValue(oid) != null)
                || (!RevocationAddresses.namesSource(certificate)
                        && trust.acceptsSilence(
                                path.certificates().get(path.anchor().orElseThrow())));
    }

    static List<Statement> said(X509Certificate certificate, X509Certificate issuer, Trust trust) {
        return Stream.concat(
                        trust.lists().stream().flatMap(list -> list.about(certificate, issuer).stream()),
                        trust.ocsps().stream().flatMap(ocsp -> ocsp.about(certificate, issuer, trust.lists()).stream()))
                .toList();
    }

    private static boolean isSettled(List<Statement> said, Trust trust, Moment moment, Instant notAfter) {
        return said.stream()
                .anyMatch(one -> tells(one, trust, moment, notAfter)
                        || one.revokedBy(moment.decisive()).isPresent());
    }

    /// Nobody is cleared by a list that anybody may have made; to be accused by one is enough.
    private static boolean tells(Statement one, Trust trust, Moment moment, Instant notAfter) {
        return one.tells(moment.decisive(), notAfter) && isSafe(one, trust, moment.decisive());
    }

    /// Whether the policy still allows how it is signed.
    static boolean isSafe(Statement one, Trust trust, Instant at) {
        return trust.policy().allows(one.uses(), at);
    }

    /// A revocation counts on a stale list too, for it is not taken back; a suspension when the newest word has it.
    private static Optional<Check> against(
            X509Certificate certificate, boolean isAuthority, List<Statement> said, Moment moment) {
        var revoked = said.stream()
                .flatMap(one -> one.revokedBy(moment.decisive()).stream())
                .filter(one -> !one.suspended())
                .map(Statement.Revoked::at)
                .min(Comparator.naturalOrder());
        if (revoked.isPresent()) {
            boolean before = !revoked.get().isAfter(moment.claimed());
            return Optional.of(Check.failed(
                    STEP,
                    Certificates.subject(certificate) + " was revoked at " + revoked.get(),
                    CLAUSE,
                    isAuthority ? Gap.REVOKED_CA_NO_POE : before ? Flaw.REVOKED : Gap.REVOKED_NO_POE));
        }
        return said.stream()
                .max(Comparator.comparing(Statement::thisUpdate))
                .flatMap(newest -> newest.revokedBy(moment.decisive()))
                .map(suspended -> Check.failed(
                        STEP,
                        Certificates.subject(certificate) + " is suspended since " + suspended.at(),
                        CLAUSE,
                        Gap.TRY_LATER));
    }

    private static RevocationData proofs(List<Statement> said) {
        return said.stream().map(Statement::proof).reduce(RevocationData.NONE, RevocationData::plus);
    }
}
