package org.yinzheng.registry.stamping;

import java.util.Optional;
import java.util.function.Consumer;
import org.yinzheng.registry.issuance.SelfCheck;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.postgres.PostgresBatches;
import org.yinzheng.registry.postgres.PostgresQuota;
import org.yinzheng.registry.postgres.PostgresSealUses;
import org.yinzheng.registry.seals.Quota;
import org.yinzheng.registry.seals.SealHouse;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.verification.DocumentVerifier;

/// Stamping on a real token, database and timestamp authority.
final class StampHouse {
    final SealHouse seals;
    final SealUses uses;
    final Batches batches;
    final SelfCheck verifier;
    final Stamping stamping;

    private final TestInstallation here;
    private final TimestampSource timestamps;

    StampHouse(TestInstallation here) {
        this.here = here;
        seals = new SealHouse(here);
        uses = new PostgresSealUses(here.database);
        batches = new PostgresBatches(here.database, here.vault, here.clock);
        timestamps = new TimestampAuthority(
                here.demonstration.timestamper(Suite.RSA_SHA256),
                here.demonstration.timestamper(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                here.clock);
        verifier = (document, at) -> new DocumentVerifier(here.demonstration.trust()).verify(document, at);
        stamping = stamping(step -> {});
    }

    Stamping stamping(Consumer<StampStep> reached) {
        return stamping(timestamps, reached);
    }

    /// Its timestamp authority does not answer.
    Stamping withoutTimestamps() {
        return stamping(
                (digest, suite) -> {
                    throw new Failure.NotDone("the timestamp authority is away", null);
                },
                step -> {});
    }

    private Stamping stamping(TimestampSource source, Consumer<StampStep> reached) {
        var press = new StampPress(
                new SealSigners(here.custodian, here.demonstration::trust, here.clock),
                Optional.of(source),
                Evidence.from(here.demonstration::trust),
                verifier,
                here.clock);
        var quota = new Quota(new PostgresQuota(here.database), here.clock);
        return new Stamping(seals.seals, quota, batches, here.documents, press, here.clock, reached);
    }
}
