package org.yinzheng.registry.seals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.PostgresSeals;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.testdata.DemoPeople;

/// The people of a seal's life, and an office on a real token and database.
public final class SealHouse {
    public static final Actor CUSTODIAN = new Actor("custodian-1", "seal-custodian");
    public static final Actor SECOND_CUSTODIAN = new Actor("custodian-2", "seal-custodian");
    public static final Actor SECURITY = new Actor("security-1", "security-admin");
    public static final Actor SECOND_SECURITY = new Actor("security-2", "security-admin");
    public static final Actor MAKER = new Actor("maker-1", "seal-maker");
    public static final Authority BODY = new Authority(
            new CreditCode(DemoPeople.MARKET_SUPERVISION.creditCode()), DemoPeople.MARKET_SUPERVISION.name());

    private static final AtomicInteger SERIAL = new AtomicInteger();
    private static final SealPicture PICTURE = new SealArtist(Typefaces.find()).round(BODY.name(), "", 42);

    public final TestInstallation here;
    public final Seals seals;
    public final SealOffice office;

    public SealHouse(TestInstallation here) {
        this(here, here.clock);
    }

    public SealHouse(TestInstallation here, Clock clock) {
        this(here, clock, new PostgresSeals(here.database, here.vault, clock));
    }

    public SealHouse(TestInstallation here, Clock clock, Seals seals) {
        this.here = here;
        this.seals = seals;
        this.office = new SealOffice(
                seals, here.custodian, here.demonstration::trust, here.demonstration::sealMaker, "339900", clock);
    }

    public SealApplication application() {
        return application(GuardRails.of(BODY.code()));
    }

    public SealApplication application(GuardRails rails) {
        return new SealApplication(
                Optional.of("339901%08d".formatted(SERIAL.incrementAndGet())),
                SealKind.STATUTORY_NAME,
                BODY.name(),
                new SealHolder(SealHolder.Kind.AUTHORITY, new Holder(BODY.code(), BODY.name())),
                "",
                BODY,
                PICTURE,
                LocalDate.now(GuardRails.ZONE).plusYears(3),
                rails);
    }

    public SealApplication personal(DemoPeople.Citizen citizen) {
        return new SealApplication(
                Optional.empty(),
                SealKind.PERSONAL_NAME,
                citizen.name(),
                new SealHolder(SealHolder.Kind.PERSON, new Holder(new CitizenId(citizen.id()), citizen.name())),
                "",
                BODY,
                PICTURE,
                LocalDate.now(GuardRails.ZONE).plusYears(1),
                GuardRails.of(BODY.code()));
    }

    public SealRecord applied() {
        return done(office.apply(application(), CUSTODIAN));
    }

    public SealRecord approved() {
        return done(step(applied(), Step.APPROVE, SECURITY));
    }

    public SealRecord certified() {
        return certified(approved());
    }

    /// Certificates by the demonstration's authority, from the keys that the seal has on the token.
    public SealRecord certified(SealRecord seal) {
        return done(office.certify(seal.id(), certificates(seal), CUSTODIAN));
    }

    public List<DocumentBytes> certificates(SealRecord seal) {
        return seal.making().orElseThrow().signers().stream()
                .map(key -> pem(here.demonstration.certify(
                        here.custodian.find(key.label()).orElseThrow(), seal.name())))
                .toList();
    }

    public SealRecord made() {
        return done(step(certified(), Step.MAKE, MAKER));
    }

    public SealRecord inUse() {
        return done(step(made(), Step.ACCEPT, SECOND_CUSTODIAN));
    }

    public SealRecord inUse(GuardRails rails) {
        var applied = done(office.apply(application(rails), CUSTODIAN));
        var certified = certified(done(step(applied, Step.APPROVE, SECURITY)));
        var made = done(step(certified, Step.MAKE, MAKER));
        return done(step(made, Step.ACCEPT, SECOND_CUSTODIAN));
    }

    public StepResult step(SealRecord seal, Step step, Actor actor) {
        return office.step(seal.id(), Move.of(step, actor, "因工作需要"));
    }

    public static SealRecord done(StepResult result) {
        assertThat(result).isInstanceOf(StepResult.Done.class);
        return ((StepResult.Done) result).seal();
    }

    static DocumentBytes pem(Signer signer) {
        var text = new StringBuilder();
        signer.chain().forEach(one -> text.append(Certificates.pem(one)));
        return DocumentBytes.owning(text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
