package org.yinzheng.signing.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// A timestamp authority and those who believe it, made once for all tests of this package.
final class Parties {
    static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    static final DemonstrationAuthority CERTIFIER = certifier();
    static final Trust TRUST = CERTIFIER.trust();
    static final TimestampAuthority AUTHORITY = authority(AT);

    private Parties() {}

    static TimestampAuthority authority(Instant now) {
        return new TimestampAuthority(
                signer(Suite.RSA_SHA256),
                signer(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    static Signer signer(Suite suite) {
        return CERTIFIER.timestamper(suite);
    }

    private static DemonstrationAuthority certifier() {
        try {
            var folder = Files.createTempDirectory("demonstration");
            folder.toFile().deleteOnExit();
            return DemonstrationAuthority.open(
                    new MemoryCustodian(), folder, Clock.fixed(AT.minusSeconds(60), ZoneOffset.UTC));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
