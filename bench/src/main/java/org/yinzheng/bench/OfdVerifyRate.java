package org.yinzheng.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.yinzheng.shaded.ofdrw.reader.OFDReader;
import org.yinzheng.shaded.ofdrw.sign.verify.OFDValidator;
import org.yinzheng.shaded.ofdrw.sign.verify.container.SESV4ValidateContainer;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.ofd.OfdStamp;
import org.yinzheng.signing.ofd.OfdStamper;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealDesign;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;

/// OFDs judged a second, ours beside OFDRW's validator on the same file. Ours makes every check: the seal's own
/// signature, its maker, paths and revocation, periods, lists of signers, coverage, the package. OFDRW's compares the
/// files' digests, the seal's copy and the signature value.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 4, time = 3)
public class OfdVerifyRate {
    private static final int WITHOUT_SCANS = 12_000;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

    /// Kilobytes before stamping; scans on pages of their own make up what a page of text leaves.
    @Param({"20", "1000", "25000"})
    int kilobytes;

    @Param({"1", "3", "8"})
    int stamps;

    /// Kilobytes of one scan at most: a page of A4 in grey at 200 dpi has about so many.
    @Param("250")
    int scan;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long judged;
    private long cpu;
    private final Clock clock = Clock.systemUTC();
    private Optional<DocumentBytes> document = Optional.empty();
    private Optional<DocumentVerifier> verifier = Optional.empty();

    @Setup
    public void stamp() throws IOException {
        var folder = Files.createTempDirectory(Path.of("target"), "ofd-verify-rate");
        var authority = DemonstrationAuthority.open(new MemoryKeys(), folder, clock);
        var signer = authority.signer("云泽市行政审批服务局", Suite.SM2_SM3);
        var seal = seal(authority.sealMaker(), signer);
        var stamped = document(1000 * kilobytes - WITHOUT_SCANS, 1000 * scan);
        for (int i = 0; i < stamps; i++) {
            var stamp = new OfdStamp(
                    seal,
                    signer,
                    clock.instant(),
                    List.of(new Place.OnPage(1, 60, 60)),
                    false,
                    org.yinzheng.signing.stamping.Level.B,
                    org.yinzheng.signing.stamping.Level.Shortfall.REQUIRE,
                    Set.of());
            stamped = new OfdStamper().stamp(stamped, stamp).document();
        }
        document = Optional.of(stamped);
        verifier = Optional.of(new DocumentVerifier(authority.trust()));
        if (ours().indication() != Indication.TOTAL_PASSED) {
            throw new IllegalStateException("not passed: " + ours().reasons());
        }
        System.out.printf("stamped %d times: %d bytes%n", stamps, stamped.size());
    }

    @Setup(Level.Iteration)
    public void begin() {
        judged = 0;
        cpu = SYSTEM.getProcessCpuTime();
    }

    @TearDown(Level.Iteration)
    public void tellProcessorTime() {
        System.out.printf("%.2f ms of CPU each ", (SYSTEM.getProcessCpuTime() - cpu) / 1e6 / judged);
    }

    @Benchmark
    public Report ours() {
        judged++;
        return verifier.orElseThrow().verify(document.orElseThrow(), clock.instant());
    }

    @Benchmark
    public long ofdrw() throws IOException, GeneralSecurityException {
        judged++;
        try (var reader = new OFDReader(document.orElseThrow().stream());
                var validator = new OFDValidator(reader)) {
            validator.setValidator(new SESV4ValidateContainer()).exeValidate();
            return stamps;
        }
    }

    private Seal seal(Signer maker, Signer signer) {
        var now = clock.instant();
        return new SealMaker(maker)
                .make(new SealOrder(
                        "35020000000001",
                        "云泽市行政审批服务局",
                        SealKind.SPECIAL_PURPOSE,
                        new SealArtist(Typefaces.find()).draw(new SealDesign.Round("云泽市行政审批服务局", "审批业务专用章", 42)),
                        PermittedSigners.listed(List.of(signer.certificate())),
                        now,
                        now.minus(Duration.ofHours(1)),
                        now.plus(Duration.ofDays(300))));
    }

    /// A page of text, and scans that no deflation makes smaller.
    private static DocumentBytes document(int scanned, int largest) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var random = new Random(1);
            var media = new StringBuilder();
            int id = 10;
            for (int left = scanned; left > 0; left -= largest, id++) {
                var scan = new byte[Math.min(left, largest)];
                random.nextBytes(scan);
                System.arraycopy(JPEG, 0, scan, 0, Math.min(JPEG.length, scan.length));
                put(zip, "Doc_0/Res/scan_" + id + ".jpg", scan);
                media.append("<ofd:MultiMedia ID=\"%d\" Type=\"Image\" Format=\"JPEG\"><ofd:MediaFile>scan_%d.jpg"
                                .formatted(id, id))
                        .append("</ofd:MediaFile></ofd:MultiMedia>");
            }
            put(
                    zip,
                    "OFD.xml",
                    "<ofd:OFD NAMESPACE Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1"
                            + "</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
            put(
                    zip,
                    "Doc_0/Document.xml",
                    "<ofd:Document NAMESPACE><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>"
                            + "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
                            + "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>"
                            + "<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages></ofd:Document>");
            put(
                    zip,
                    "Doc_0/DocumentRes.xml",
                    "<ofd:Res NAMESPACE BaseLoc=\"Res\"><ofd:MultiMedias>" + media + "</ofd:MultiMedias></ofd:Res>");
            put(zip, "Doc_0/Pages/Page_0/Content.xml", page());
        }
        return DocumentBytes.owning(bytes.toByteArray());
    }

    private static String page() {
        var page = new StringBuilder("<ofd:Page NAMESPACE><ofd:Content><ofd:Layer ID=\"2\">");
        for (int line = 0; line < 40; line++) {
            page.append("<ofd:TextObject ID=\"%d\" Boundary=\"20 %d 170 6\" Font=\"3\" Size=\"5\">"
                            .formatted(5000 + line, 20 + 6 * line))
                    .append("<ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"g 30 5\">第")
                    .append(line)
                    .append("条 行政审批事项办理结果依法公开，申请人可凭本批复办理后续手续。</ofd:TextCode></ofd:TextObject>");
        }
        return page + "</ofd:Layer></ofd:Content></ofd:Page>";
    }

    private static void put(ZipOutputStream zip, String name, String xml) throws IOException {
        var namespace = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
        put(zip, name, xml.replaceFirst("NAMESPACE", namespace).getBytes(StandardCharsets.UTF_8));
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
