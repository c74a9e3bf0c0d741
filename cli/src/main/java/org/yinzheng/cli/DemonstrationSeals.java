package org.yinzheng.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.yinzheng.api.signin.DemoUser;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.seals.GuardRails;
import org.yinzheng.registry.seals.Move;
import org.yinzheng.registry.seals.Round;
import org.yinzheng.registry.seals.SealApplication;
import org.yinzheng.registry.seals.SealHolder;
import org.yinzheng.registry.seals.SealOffice;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealState;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.registry.seals.SignerKey;
import org.yinzheng.registry.seals.Step;
import org.yinzheng.registry.seals.StepResult;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealKind;

/// Brings the seals of `yinzheng.yaml` into use at the first start, 仅供演示: step by step as the demonstration's four
/// people would, each recorded under their own name. A start that is killed half way is continued by the next one.
final class DemonstrationSeals {
    private static final double DIAMETER_MM = 42;
    private static final int YEARS = 3;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String REASON = "演示启用 brought into use for the demonstration";

    private final Seals seals;
    private final SealOffice office;
    private final KeyCustodian custodian;
    private final DemonstrationAuthority authority;
    private final SealArtist artist;
    private final Clock clock;

    DemonstrationSeals(
            Seals seals,
            SealOffice office,
            KeyCustodian custodian,
            DemonstrationAuthority authority,
            SealArtist artist,
            Clock clock) {
        this.seals = seals;
        this.office = office;
        this.custodian = custodian;
        this.authority = authority;
        this.artist = artist;
        this.clock = clock;
    }

    /// Does nothing for a seal that has been in use, whatever has become of it since.
    void bringIntoUse(Settings.OfficeSettings settings) {
        var id = settings.sealId();
        var seal = seals.find(id)
                .orElseGet(() -> done(
                        office.apply(application(settings), actor(DemoUsers.SEAL_CUSTODIAN, Role.SEAL_CUSTODIAN))));
        while (seal.state() == SealState.PENDING) {
            seal = next(seal, seal.making().orElseThrow());
        }
    }

    private SealRecord next(SealRecord seal, Round round) {
        return switch (round.stage()) {
            case OPEN -> step(seal, Step.APPROVE, DemoUsers.SECURITY_ADMIN, Role.SECURITY_ADMIN);
            case APPROVED ->
                round.signers().stream().allMatch(SignerKey::isCertified)
                        ? step(seal, Step.MAKE, DemoUsers.SEAL_MAKER, Role.SEAL_MAKER)
                        : done(office.certify(
                                seal.id(), certificates(seal), actor(DemoUsers.SEAL_CUSTODIAN, Role.SEAL_CUSTODIAN)));
            case MADE -> step(seal, Step.ACCEPT, DemoUsers.SECOND_CUSTODIAN, Role.SEAL_CUSTODIAN);
            case DONE, REFUSED, CANCELLED -> throw new IllegalStateException("no matter that is under way: " + round);
        };
    }

    /// What the demonstration's authority answers to the certificate requests of the seal that is being made.
    List<DocumentBytes> certificates(SealRecord seal) {
        return seal.making().map(Round::signers).orElseGet(List::of).stream()
                .map(key -> certificate(seal, key.label()))
                .toList();
    }

    private DocumentBytes certificate(SealRecord seal, String label) {
        var key = custodian
                .find(label)
                .orElseThrow(() -> new Failure.NotDone("the token does not hold the key " + label, null));
        var text = new StringBuilder();
        authority.certify(key, seal.name()).chain().forEach(one -> text.append(Certificates.pem(one)));
        return DocumentBytes.owning(text.toString().getBytes(US_ASCII));
    }

    private SealApplication application(Settings.OfficeSettings settings) {
        var code = new CreditCode(settings.creditCode());
        return new SealApplication(
                Optional.of(settings.sealId()),
                SealKind.STATUTORY_NAME,
                settings.name(),
                new SealHolder(SealHolder.Kind.AUTHORITY, new Holder(code, settings.name())),
                "",
                new Authority(code, settings.name()),
                artist.round(settings.name(), "", DIAMETER_MM),
                LocalDate.now(clock.withZone(ZONE)).plusYears(YEARS),
                GuardRails.of(code));
    }

    private SealRecord step(SealRecord seal, Step step, DemoUser who, Role role) {
        return done(office.step(seal.id(), Move.of(step, actor(who, role), REASON)));
    }

    private static Actor actor(DemoUser who, Role role) {
        return new Actor(who.id(), role.wireName());
    }

    private static SealRecord done(StepResult result) {
        return switch (result) {
            case StepResult.Done done -> done.seal();
            case StepResult.WrongState wrong -> throw notDone(wrong);
            case StepResult.SamePerson same -> throw notDone(same);
            case StepResult.Changed changed -> throw notDone(changed);
            case StepResult.IdTaken taken -> throw notDone(taken);
            case StepResult.NotFound missing -> throw notDone(missing);
        };
    }

    private static Failure.NotDone notDone(StepResult result) {
        return new Failure.NotDone("a seal of the demonstration could not be brought into use: " + result, null);
    }
}
