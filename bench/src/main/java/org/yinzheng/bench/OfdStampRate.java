package org.yinzheng.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.yinzheng.shaded.bouncycastle.jce.ECNamedCurveTable;
import org.yinzheng.shaded.bouncycastle.jce.provider.BouncyCastleProvider;
import org.yinzheng.shaded.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.yinzheng.shaded.ofdrw.gm.ses.v4.SESeal;
import org.yinzheng.shaded.ofdrw.reader.OFDReader;
import org.yinzheng.shaded.ofdrw.sign.NumberFormatAtomicSignID;
import org.yinzheng.shaded.ofdrw.sign.OFDSigner;
import org.yinzheng.shaded.ofdrw.sign.SignMode;
import org.yinzheng.shaded.ofdrw.sign.signContainer.SESV4Container;
import org.yinzheng.shaded.ofdrw.sign.stamppos.NormalStampPos;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.ofd.OfdStamp;
import org.yinzheng.signing.ofd.OfdStamped;
import org.yinzheng.signing.ofd.OfdStamper;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealDesign;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.testdata.SampleApproval;

/// OFDs stamped a second, ours beside OFDRW's: the same document, seal, key in memory, place and coverage (the whole
/// package, closed). And seals drawn a second. What ours does and OFDRW's does not: it checks the seal's own signature,
/// its period and its list of signers, looks for attached files and actions, and for text under the seal.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 4)
public class OfdStampRate {
    private static final BouncyCastleProvider OLD_BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final SealDesign DESIGN = new SealDesign.Round("云泽市行政审批服务局", "审批业务专用章", 42);
    private static final Place PLACE = new Place.OnPage(1, 140, 200);

    private final Part part = new Part();

    /// What set-up makes; JMH fills states after construction.
    private static final class Part {
        private Optional<SealArtist> artist = Optional.empty();
        private Optional<Signer> signer = Optional.empty();
        private Optional<Seal> seal = Optional.empty();
        private Optional<DocumentBytes> ofd = Optional.empty();
        private Optional<PrivateKey> key = Optional.empty();
        private Optional<Certificate> certificate = Optional.empty();
        private final OfdStamper stamper = new OfdStamper();
    }

    @Setup
    public void open() throws IOException, GeneralSecurityException {
        var clock = Clock.systemUTC();
        var keys = new MemoryKeys();
        var folder = Files.createTempDirectory(Path.of("target"), "ofd-stamp-rate");
        var authority = DemonstrationAuthority.open(keys, folder, clock);
        var typefaces = Typefaces.find();
        var artist = new SealArtist(typefaces);
        var signer = authority.signer("云泽市行政审批服务局", Suite.SM2_SM3);
        var now = clock.instant();
        var seal = new SealMaker(authority.sealMaker())
                .make(new SealOrder(
                        "35020000000001",
                        "云泽市行政审批服务局",
                        SealKind.SPECIAL_PURPOSE,
                        artist.draw(DESIGN),
                        PermittedSigners.listed(List.of(signer.certificate())),
                        now,
                        now.minus(Duration.ofHours(1)),
                        now.plus(Duration.ofDays(300))));
        var curve = ECNamedCurveTable.getParameterSpec("sm2p256v1");
        part.artist = Optional.of(artist);
        part.signer = Optional.of(signer);
        part.seal = Optional.of(seal);
        part.ofd = Optional.of(new SampleApproval(typefaces, "云泽市城东片区停车场改建工程").ofd());
        part.key = Optional.of(KeyFactory.getInstance("EC", OLD_BOUNCY_CASTLE)
                .generatePrivate(new ECPrivateKeySpec(keys.scalar(signer.key().label()), curve)));
        part.certificate = Optional.of(CertificateFactory.getInstance("X.509", OLD_BOUNCY_CASTLE)
                .generateCertificate(new ByteArrayInputStream(Certificates.der(signer.certificate()))));
        System.out.printf(
                "OFD %d bytes, stamped by us %d, by OFDRW %d%n",
                part.ofd.get().size(), ours().document().size(), ofdrw().length);
    }

    @Benchmark
    public OfdStamped ours() {
        var stamp = OfdStamp.closing(
                part.seal.orElseThrow(),
                part.signer.orElseThrow(),
                Clock.systemUTC().instant(),
                PLACE);
        return part.stamper.stamp(part.ofd.orElseThrow(), stamp);
    }

    @Benchmark
    public byte[] ofdrw() throws IOException, GeneralSecurityException {
        var out = new ByteArrayOutputStream();
        try (var reader = new OFDReader(part.ofd.orElseThrow().stream());
                var signer = new OFDSigner(reader, out, new NumberFormatAtomicSignID())) {
            signer.setSignMode(SignMode.WholeProtected);
            signer.setSignContainer(new SESV4Container(
                    part.key.orElseThrow(),
                    SESeal.getInstance(part.seal.orElseThrow().der().toByteArray()),
                    part.certificate.orElseThrow()));
            signer.addApPos(new NormalStampPos(1, 119, 179, 42, 42));
            signer.exeSign();
        }
        return out.toByteArray();
    }

    @Benchmark
    public SealPicture drawSeal() {
        return part.artist.orElseThrow().draw(DESIGN);
    }
}
