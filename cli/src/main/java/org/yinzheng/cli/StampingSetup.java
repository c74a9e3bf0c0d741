package org.yinzheng.cli;

import java.time.Duration;
import java.util.Optional;
import org.yinzheng.api.StampingParts;
import org.yinzheng.api.client.RemoteTimestampSource;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.issuance.LicenceRehearsal;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.postgres.PostgresBatches;
import org.yinzheng.registry.stamping.Rehearsal;
import org.yinzheng.registry.stamping.StampPress;
import org.yinzheng.registry.stamping.Stamping;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.time.TimestampSource;

/// What stamps documents in an installation, and the clock that their timestamps come from.
final class StampingSetup {
    private static final Duration TIMESTAMP_PATIENCE = Duration.ofSeconds(20);

    private final TimestampAuthority timestamps;
    private final StampingParts parts;

    StampingSetup(
            Foundation base,
            DemonstrationAuthority authority,
            InstallationTrust trust,
            SealSetup seals,
            Licences licences,
            Catalogue catalogue,
            Press licencePress) {
        var clock = base.clock();
        timestamps = new TimestampAuthority(
                authority.timestamper(Suite.RSA_SHA256),
                authority.timestamper(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                clock);
        var press = new StampPress(
                seals.signers(), Optional.of(source(base)), Evidence.from(trust), trust::selfCheck, clock);
        var batches = new PostgresBatches(base.database(), base.vault(), clock);
        var rehearsal = new LicenceRehearsal(licences, catalogue, licencePress, seals.signers(), clock);
        parts = new StampingParts(
                new Stamping(seals.seals(), seals.quota(), batches, base.documents(), press, clock),
                batches,
                new Rehearsal(seals.seals(), seals.uses(), base.documents(), press, rehearsal::rehearse, clock),
                seals.seals(),
                base.documents(),
                base.root().resolve("spool"));
    }

    /// Our own authority.
    TimestampAuthority timestamps() {
        return timestamps;
    }

    StampingParts parts() {
        return parts;
    }

    /// Another's where the settings name one.
    private TimestampSource source(Foundation base) {
        return base.settings()
                .timestamps()
                .<TimestampSource>map(other -> base.opened()
                        .add(new RemoteTimestampSource(other.url(), TIMESTAMP_PATIENCE), RemoteTimestampSource::close))
                .orElse(timestamps);
    }
}
