package org.yinzheng.signing.seal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Memo;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Listing;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Judges a seal by the procedure of GB/T 38540: the maker's signature, the maker, the period. All checks
/// are made even when one fails: a clerk is told everything at once.
public final class SealCheck {
    private static final String CLAUSE = "GB/T 38540 (seal verification)";

    /// All that the mathematics of a maker's signature depend on.
    private record MakerSignature(int version, String algorithm, Digest certificate, Digest signed, Digest signature) {}

    private static final Memo<MakerSignature, Check> KNOWN =
            new Memo<>(500, asked -> asked.algorithm().length());

    private SealCheck() {}

    /// @param used when the seal was or is to be used: the stamp's time, or now
    /// @param at the validation time
    public static List<Check> check(Seal seal, Trust trust, Instant used, Instant at) {
        return check(seal, trust, used, Optional.empty(), at);
    }

    /// @param proven when the seal, in a stamp, is known to have existed
    static List<Check> check(Seal seal, Trust trust, Instant used, Optional<Instant> proven, Instant at) {
        var checks = new ArrayList<Check>();
        checks.add(makerSignature(seal));
        checks.add(maker(seal, trust));
        var token = TokenCheck.of("seal-timestamp", seal.timestamp(), seal.proof(), trust, at);
        checks.addAll(token.checks());
        var moment = new Moment(seal.createdAt(), token.proven().or(() -> proven), at);
        var certificates = List.of(seal.proof().certificate());
        for (var check : PathCheck.check(seal.proof().certificate(), certificates, trust, moment, uses(seal.proof()))) {
            checks.add(ofMaker(check));
        }
        var known = new Listing.OfSeal(
                seal.id(), seal.typeCode(), () -> seal.signers().certificates());
        checks.addAll(trust.checkSealMaker(seal.proof().certificate(), known, moment));
        checks.add(period(seal, used));
        return List.copyOf(checks);
    }

    /// Once for every seal: an authority stamps all its documents with one.
    static Check makerSignature(Seal seal) {
        var proof = seal.proof();
        var asked = new MakerSignature(
                seal.version(),
                proof.algorithm(),
                Digest.sha256(Certificates.der(proof.certificate())),
                Digest.sha256(proof.signed().toByteArray()),
                Digest.sha256(proof.signature().toByteArray()));
        return KNOWN.find(asked, given -> ProofCheck.ofMaker(seal));
    }

    /// What the signature itself relies on, for the algorithm policy.
    static List<Use> uses(Seal.Proof proof) {
        return SignatureScheme.of(proof.algorithm()).stream()
                .map(scheme -> (Use) new Use.OfScheme("the signature", scheme))
                .toList();
    }

    private static Check maker(Seal seal, Trust trust) {
        var subject = Certificates.subject(seal.proof().certificate());
        return trust.listsSealMaker(seal.proof().certificate())
                ? Check.passed("seal-maker", subject + " is on the list of seal makers", CLAUSE)
                : Check.failed(
                        "seal-maker",
                        subject + " is not on the list of seal makers",
                        CLAUSE,
                        Gap.SEAL_MAKER_NOT_TRUSTED);
    }

    /// The path checks speak of the signer of a document: here it is the maker of the seal.
    private static Check ofMaker(Check check) {
        var reason = check.reason().map(SealCheck::ofMaker);
        var step = check.step().replaceFirst("^signer", "seal-maker").replaceFirst("^algorithm", "seal-algorithm");
        return new Check(step, check.found(), check.clause(), reason);
    }

    private static Reason ofMaker(Reason reason) {
        return reason == Gap.NO_CERTIFICATE_CHAIN_FOUND ? Gap.SEAL_MAKER_NOT_TRUSTED : reason;
    }

    private static Check period(Seal seal, Instant used) {
        var found = "valid from " + seal.validFrom() + " until " + seal.validUntil() + ", used at " + used;
        return seal.isInPeriod(used)
                ? Check.passed("seal-period", found, CLAUSE)
                : Check.failed("seal-period", found, CLAUSE, Flaw.SEAL_OUT_OF_PERIOD);
    }
}
