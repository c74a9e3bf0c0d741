package org.yinzheng.registry.issuance;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.LicenceFacts;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Suite;

/// Draws and stamps a registered licence again with another seal, checks it, and throws it away.
public final class LicenceRehearsal {
    private final Licences licences;
    private final Catalogue catalogue;
    private final Press press;
    private final SealSigners signers;
    private final Clock clock;

    public LicenceRehearsal(Licences licences, Catalogue catalogue, Press press, SealSigners signers, Clock clock) {
        this.licences = licences;
        this.catalogue = catalogue;
        this.press = press;
        this.signers = signers;
        this.clock = clock;
    }

    /// @throws InvalidInput when it cannot be made, such as `licence-unknown`
    public void rehearse(LicenceId id, SealRecord with) {
        var licence = licences.find(id)
                .orElseThrow(() -> new InvalidInput("licence-unknown", "", "the registry does not hold the licence"));
        var made = with.current().orElseThrow();
        var desk = new IssuingOffice.Desk(
                licence.authority(),
                signers.signer(made, Suite.RSA_SHA256),
                signers.signer(made, Suite.SM2_SM3),
                made.seal(),
                made.round(),
                with.picture());
        var issuedOn = licence.issuedAt().atZone(Issuance.ZONE).toLocalDate();
        var facts = new LicenceFacts(
                licence.id(),
                licence.number(),
                licence.holder(),
                licence.others(),
                licence.authority(),
                licence.validFrom(),
                licence.validUntil(),
                issuedOn,
                licence.data());
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var draft = press.draw(
                catalogue.type(licence.typeCode(), licence.typeVersion(), issuedOn), facts, licence.issuedAt());
        press.verify(Format.PDF, press.stampPdf(draft, desk, at), id);
        press.verify(Format.OFD, press.stampOfd(draft, desk, at), id);
    }
}
