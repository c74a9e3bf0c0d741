package org.yinzheng.api;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.testdata.DemoPeople;

/// The two invented authorities. [RunningService#ISSUER] issues for both; [RunningService#POLICE_ISSUER] for one.
final class DemoOffice implements IssuingOffice {

    private final DemonstrationAuthority certificates;
    private final Typefaces typefaces;
    private final Clock clock;
    private final Map<Authority, Desk> desks = new ConcurrentHashMap<>();

    DemoOffice(DemonstrationAuthority certificates, Typefaces typefaces, Clock clock) {
        this.certificates = certificates;
        this.typefaces = typefaces;
        this.clock = clock;
    }

    @Override
    public Authority authorityFor(String typeCode, Actor actor) {
        var residence = typeCode.endsWith("002");
        var allowed = actor.subject().equals(RunningService.ISSUER)
                || (actor.subject().equals(RunningService.POLICE_ISSUER) && residence);
        return Optional.of(residence ? DemoPeople.PUBLIC_SECURITY : DemoPeople.MARKET_SUPERVISION)
                .filter(ignored -> allowed)
                .map(body -> new Authority(new CreditCode(body.creditCode()), body.name()))
                .orElseThrow(() -> new InvalidInput("no-authority", "type", "you issue for no authority of this type"));
    }

    @Override
    public Desk desk(Authority authority, String typeCode, Actor actor) {
        return desks.computeIfAbsent(authority, this::open);
    }

    private Desk open(Authority authority) {
        var rsa = certificates.signer(authority.name(), Suite.RSA_SHA256);
        var sm2 = certificates.signer(authority.name(), Suite.SM2_SM3);
        var picture = new SealArtist(typefaces).round(authority.name(), "电子证照专用章", 42);
        var now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        var seal = new SealMaker(certificates.sealMaker())
                .make(new SealOrder(
                        "DEMO" + authority.code().value(),
                        authority.name(),
                        SealKind.STATUTORY_NAME,
                        picture,
                        PermittedSigners.listed(List.of(sm2.certificate())),
                        now,
                        now.minus(Duration.ofMinutes(1)),
                        now.plus(Duration.ofDays(300))));
        return new Desk(authority, rsa, sm2, seal, 1, picture);
    }
}
