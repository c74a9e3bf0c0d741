package org.yinzheng.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.yinzheng.cli.Installation;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.IssuingOffice.Desk;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;

/// Licences issued a second by the whole ceremony (laid out, drawn, stamped three times, verified, stored,
/// registered), beside the
/// cryptography that one such licence cannot do without: the same signatures made on the token and checked, the
/// same bytes hashed
/// once to sign and once to check.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(2)
@Fork(1)
@Warmup(iterations = 6, time = 10)
@Measurement(iterations = 5, time = 5)
public class IssueRate {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final AtomicLong serial = new AtomicLong();
    private final Part part = new Part();

    /// What set-up makes; JMH fills states after construction.
    private static final class Part {
        private Optional<Installation> installation = Optional.empty();
        private Optional<Desk> desk = Optional.empty();
        private byte[] pdf = {};
        private byte[] ofd = {};
    }

    @Setup
    public void open() throws IOException {
        var folder = Files.createTempDirectory(Path.of("target"), "issue-rate");
        var installation = Installation.open(folder, Clock.systemUTC(), text -> {});
        part.installation = Optional.of(installation);
        var licence = BenchLicence.issue(installation);
        part.desk =
                Optional.of(installation.office().desk(licence.authority(), licence.typeCode(), BenchLicence.OFFICER));
        part.pdf = installation
                .licences()
                .rendition(licence.id(), Format.PDF)
                .orElseThrow()
                .toByteArray();
        part.ofd = installation
                .licences()
                .rendition(licence.id(), Format.OFD)
                .orElseThrow()
                .toByteArray();
        System.out.printf("PDF %d bytes, OFD %d bytes%n", part.pdf.length, part.ofd.length);
    }

    @TearDown
    public void close() {
        part.installation.ifPresent(Installation::close);
    }

    @Benchmark
    public IssueResult issue() {
        return part.installation.orElseThrow().issuance().issue(request(), BenchLicence.OFFICER);
    }

    @Benchmark
    public void bareCryptography(Blackhole result) throws GeneralSecurityException {
        var desk = part.desk.orElseThrow();
        for (int pass = 0; pass < 2; pass++) {
            result.consume(MessageDigest.getInstance("SHA-256").digest(part.pdf));
            result.consume(Cryptography.sm3(part.pdf));
            result.consume(Cryptography.sm3(part.ofd));
        }
        signAndCheck(desk.rsa(), result);
        signAndCheck(desk.sm2(), result);
        signAndCheck(desk.sm2(), result);
    }

    private static void signAndCheck(Signer signer, Blackhole result) throws GeneralSecurityException {
        var message = new byte[256];
        var value = signer.key().sign(message);
        var check = Signature.getInstance(signer.key().suite().jcaName(), BOUNCY_CASTLE);
        check.initVerify(signer.key().publicKey());
        check.update(message);
        result.consume(check.verify(value));
    }

    private IssueRequest request() {
        return BenchLicence.request("bench-%08d".formatted(serial.incrementAndGet()));
    }
}
