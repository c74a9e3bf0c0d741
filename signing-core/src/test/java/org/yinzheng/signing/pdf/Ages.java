package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.verdict.Report;

/// A clock that can be moved over the years: signer, authorities and timestamps all live by it.
final class Ages {
    static final Instant START = Samples.AT;

    private Instant now = START;
    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final DemonstrationAuthority authority;

    Ages() {
        this(Samples.CUSTODIAN); // making RSA keys takes long
    }

    /// With other keys under the same names.
    static Ages amongStrangers() {
        return new Ages(new MemoryCustodian());
    }

    private Ages(MemoryCustodian custodian) {
        try {
            var folder = Files.createTempDirectory("ages");
            folder.toFile().deleteOnExit();
            authority = DemonstrationAuthority.open(custodian, folder, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant now() {
        return now;
    }

    Ages pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    DemonstrationAuthority authority() {
        return authority;
    }

    Signer signer(Suite suite) {
        return authority.signer("东原市市场监督管理局", suite);
    }

    TimestampAuthority timestamps() {
        return new TimestampAuthority(
                authority.timestamper(Suite.RSA_SHA256),
                authority.timestamper(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                clock);
    }

    PdfStamp stamp(String field, Suite suite, Level level) {
        return PdfStamp.baseline(field, signer(suite), now, "").reaching(level, Level.Shortfall.REQUIRE);
    }

    /// Stamps now, with the timestamps and evidence of now.
    DocumentBytes stamped(DocumentBytes pdf, PdfStamp stamp) {
        return new PdfStamper(Optional.of(timestamps()), Evidence.from(authority::trust))
                .stamp(pdf, stamp)
                .document();
    }

    DocumentBytes stamped(Suite suite, Level level) {
        return stamped(Samples.page(false), stamp("authority", suite, level));
    }

    /// By whom we believe now, with the lists of now.
    Report verify(DocumentBytes pdf) {
        return new PdfVerifier(authority.trust()).verify(pdf, now);
    }

    /// The same, as of a document that was made here.
    Report verifyOwn(DocumentBytes pdf) {
        return new PdfVerifier(authority.trust(), false).verify(pdf, now);
    }

    /// The anchors alone: what nobody publishes any more has to be in the document.
    Trust anchors() {
        return new Trust(authority.trust().anchors(), authority.trust().sealMakers(), List.of());
    }

    static List<String> checks(Report report) {
        var lines = new ArrayList<String>();
        if (report instanceof Report.Judged judged) {
            judged.signatures()
                    .forEach(one -> one.checks().forEach(check -> lines.add(one.kind() + " " + check + "\n")));
            judged.documentChecks().forEach(check -> lines.add(check + "\n"));
        }
        return lines;
    }
}
