package org.yinzheng.registry.seals;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.naming.ldap.Rdn;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.CertificateRequest;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealCheck;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.signing.verdict.Check;

/// The steps of a seal's life that need more than a row: keys on the token, certificates, the maker's signature. What
/// is done outside the database is done first and can be done again: a crash before the commit leaves the seal where it
/// was.
public final class SealOffice {
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");
    private static final int LONGEST_YEARS = 10;

    private final Seals seals;
    private final KeyCustodian custodian;
    private final Supplier<Trust> trust;
    private final Supplier<Signer> maker;
    private final String division;
    private final Clock clock;

    /// @param trust the authorities whose certificates seals are made for
    /// @param maker 制章者: the key that signs seals
    /// @param division six digits, for the identifiers that are allotted here
    public SealOffice(
            Seals seals,
            KeyCustodian custodian,
            Supplier<Trust> trust,
            Supplier<Signer> maker,
            String division,
            Clock clock) {
        if (!DIVISION.matcher(division).matches()) {
            throw new InvalidInput("division", "", "a division has six digits");
        }
        this.seals = seals;
        this.custodian = custodian;
        this.trust = trust;
        this.maker = maker;
        this.division = division;
        this.clock = clock;
    }

    public StepResult apply(SealApplication application, Actor actor) {
        checked(application.validUntil());
        return seals.apply(application, division, actor);
    }

    /// @param validUntil the last day of the new seal
    public StepResult renew(String sealId, LocalDate validUntil, Move move) {
        return seals.step(sealId, move.carrying(new Move.Carried.Until(checked(validUntil))));
    }

    /// Any step but [Step#APPLY], [Step#RENEW] and [Step#CHANGE_RAILS].
    ///
    /// @throws InvalidInput `certificate-missing`, or as [#certify], when a seal is to be made and cannot be
    public StepResult step(String sealId, Move move) {
        return switch (move.step()) {
            case APPROVE -> approve(sealId, move);
            case MAKE -> make(sealId, move);
            case REFUSE, ACCEPT, SUSPEND, RESUME, REPORT_LOST, REQUEST_DESTRUCTION, DESTROY -> seals.step(sealId, move);
            case APPLY, RENEW, CHANGE_RAILS -> throw new IllegalArgumentException(move.step() + " carries something");
        };
    }

    public StepResult changeRails(String sealId, GuardRails rails, Move move) {
        return seals.step(sealId, move.carrying(new Move.Carried.Rails(rails)));
    }

    /// Keys first, under names that a repetition finds again; then the approval that names them.
    private StepResult approve(String sealId, Move move) {
        var seal = seals.find(sealId);
        var open = seal.flatMap(SealRecord::making).filter(round -> round.stage() == Round.Stage.OPEN);
        if (open.isEmpty()) {
            return seals.step(sealId, move); // which says what is wrong
        }
        var keys = new ArrayList<SignerKey>();
        for (var kind : List.of(KeyKind.RSA_2048, KeyKind.SM2)) {
            var name = kind == KeyKind.SM2 ? "sm2" : "rsa";
            var label = "seal-" + sealId + "-" + open.get().number() + "-" + name;
            var key = custodian.findOrMake(label, kind);
            keys.add(new SignerKey(key.suite(), label, request(key, seal.get()), List.of()));
        }
        return seals.step(sealId, move.carrying(new Move.Carried.Keys(keys)));
    }

    /// Takes certificates for the keys of the seal that is being made.
    ///
    /// @param derOrPem one entry for each key, the certificate with its chain or without
    /// @throws InvalidInput `certificate-form`, `certificate-key-mismatch`, `certificate-expired`,
    /// `certificate-revoked`, `certificate-revocation-unknown`, `certificate-untrusted`, `certificate-usage`
    public StepResult certify(String sealId, List<DocumentBytes> derOrPem, Actor actor) {
        var found = seals.find(sealId);
        if (found.isEmpty()) {
            return new StepResult.NotFound();
        }
        var seal = found.get();
        var round = seal.making();
        if (round.isEmpty() || round.get().stage() != Round.Stage.APPROVED) {
            return new StepResult.WrongState(seal.state(), round.map(Round::stage));
        }
        var certified = new ArrayList<SignerKey>();
        for (var bytes : derOrPem) {
            certified.add(certified(round.get(), bytes));
        }
        return seals.certify(sealId, round.get().number(), certified, actor);
    }

    private SignerKey certified(Round round, DocumentBytes derOrPem) {
        InvalidInput mismatch = new InvalidInput("certificate-key-mismatch", "certificates", "the seal has no keys");
        for (var signer : round.signers()) {
            try {
                var key = key(signer.label());
                var chain = CertificateIntake.accept(key.publicKey(), derOrPem, trust.get(), clock.instant());
                return new SignerKey(signer.suite(), signer.label(), signer.request(), chain);
            } catch (InvalidInput wrong) {
                if (!wrong.code().equals("certificate-key-mismatch")) {
                    throw wrong;
                }
                mismatch = wrong;
            }
        }
        throw mismatch;
    }

    /// Signs the SESeal. A signed seal that no row names is nobody's seal: it is forgotten, and made again.
    private StepResult make(String sealId, Move move) {
        var seal = seals.find(sealId);
        var approved = seal.flatMap(SealRecord::making).filter(round -> round.stage() == Round.Stage.APPROVED);
        if (approved.isEmpty()) {
            return seals.step(sealId, move);
        }
        var now = clock.instant();
        for (var signer : approved.get().signers()) {
            if (!signer.isCertified()) {
                throw new InvalidInput(
                        "certificate-missing", "certificates", "the seal's key " + signer.label() + " has none yet");
            }
            CertificateIntake.check(signer.chain().getFirst(), signer.chain(), trust.get(), now);
        }
        var from = now.truncatedTo(ChronoUnit.SECONDS);
        var made = made(seal.get(), approved.get(), from);
        verify(made, now);
        return seals.step(sealId, move.carrying(new Move.Carried.Made(made, from)));
    }

    private Seal made(SealRecord seal, Round round, Instant from) {
        var stampers = round.signer(Suite.SM2_SM3).orElseThrow().chain().subList(0, 1);
        var lastDay = round.validUntil().orElseThrow();
        var until =
                lastDay.plusDays(1).atStartOfDay(GuardRails.ZONE).toInstant().minusSeconds(1);
        return new SealMaker(maker.get())
                .make(new SealOrder(
                        seal.id(),
                        seal.name(),
                        seal.kind(),
                        seal.picture(),
                        PermittedSigners.listed(stampers),
                        from,
                        from,
                        until));
    }

    private void verify(Seal seal, Instant now) {
        var failed = SealCheck.check(seal, trust.get(), now, now).stream()
                .filter(check -> !check.passed())
                .map(Check::step)
                .toList();
        if (!failed.isEmpty()) {
            throw new Failure.NotDone("the seal that was made does not verify: " + failed, null);
        }
    }

    private static DocumentBytes request(SigningKey key, SealRecord seal) {
        var name = Rdn.escapeValue(seal.name());
        var subject = seal.holder().kind() == SealHolder.Kind.PERSON
                ? "CN=" + name + ",C=CN"
                : "CN=" + name + ",O=" + name + ",C=CN";
        return DocumentBytes.owning(CertificateRequest.pkcs10Der(key, subject));
    }

    private SigningKey key(String label) {
        return custodian
                .find(label)
                .orElseThrow(() -> new Failure.NotDone(
                        "the token does not hold the key " + label + ": bring the token back", null));
    }

    private LocalDate checked(LocalDate validUntil) {
        var today = LocalDate.ofInstant(clock.instant(), GuardRails.ZONE);
        if (validUntil.isBefore(today) || validUntil.isAfter(today.plusYears(LONGEST_YEARS))) {
            throw new InvalidInput("seal-validity", "validUntil", "from today to ten years ahead");
        }
        return validUntil;
    }

    /// The certificate request of a key of the seal that is being made.
    public Optional<DocumentBytes> request(String sealId, Suite suite) {
        return seals.find(sealId)
                .flatMap(SealRecord::making)
                .flatMap(round -> round.signer(suite))
                .map(SignerKey::request);
    }
}
