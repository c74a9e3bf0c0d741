package org.yinzheng.bench;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.pdf.PdfVerifier;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;

/// A PDF with RSA signatures verified: ours with all its checks, beside EU DSS's validation of the same bytes with the
/// same trust anchors and revocation lists. Each answer must be "passed" and count every signature. The processor
/// time of every verification is printed besides: on a machine with other work to do, time that passes says little
/// about the slowest of a hundred.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 3, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true"
        })
public class PdfVerifyRate {
    private static final int PICTURE = 64 << 10;

    @Param({"20", "100", "1000", "25000"})
    public int kilobytes;

    @Param({"1", "3", "8"})
    public int signatures;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Part part = new Part();
    private final List<Long> cpu = new ArrayList<>();

    /// What set-up makes; JMH fills states after construction.
    private static final class Part {
        private DocumentBytes pdf = DocumentBytes.of(new byte[0]);
        private Trust trust = Trust.NONE;
        private Instant at = Instant.EPOCH;
        private Optional<PdfVerifier> verifier = Optional.empty();
    }

    @Setup
    public void sign() throws IOException {
        var folder = Files.createTempDirectory(Path.of("target"), "pdf-verify-rate");
        var authority = DemonstrationAuthority.open(new MemoryKeys(), folder, Clock.systemUTC());
        var signer = authority.signer("云泽市行政审批服务局", Suite.RSA_SHA256);
        part.at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var pdf = document(kilobytes << 10);
        for (int i = 1; i <= signatures; i++) {
            pdf = new PdfStamper()
                    .stamp(pdf, PdfStamp.baseline("signature-" + i, signer, part.at, ""))
                    .document();
        }
        part.pdf = pdf;
        part.trust = authority.trust();
        part.verifier = Optional.of(new PdfVerifier(part.trust));
        System.out.printf("PDF %d bytes%n", pdf.size());
    }

    /// Pages with text, and pictures' worth of bytes that do not pack.
    private static DocumentBytes document(int size) {
        var output = new ByteArrayOutputStream(size + PICTURE);
        var random = new Random(1);
        try (var document = new PdfDocument(new PdfWriter(output))) {
            for (int left = size; left > 0; left -= PICTURE) {
                var page = document.addNewPage();
                var canvas = new PdfCanvas(page);
                for (int line = 0; line < 40; line++) {
                    canvas.rectangle(50, 50 + line * 15, 300, 10).stroke();
                }
                var bytes = new byte[Math.min(left, PICTURE)];
                random.nextBytes(bytes);
                var data = new PdfStream(bytes);
                data.setCompressionLevel(0);
                page.put(PdfName.PieceInfo, data.makeIndirect(document));
            }
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    @Setup(Level.Iteration)
    public void forgetWarmUp(IterationParams iteration) {
        if (iteration.getType() == IterationType.WARMUP) {
            cpu.clear();
        }
    }

    @TearDown
    public void tellProcessorTime() {
        var times = cpu.stream().sorted().toList();
        if (!times.isEmpty()) {
            System.out.printf(
                    "CPU, %d kB, %d signatures: p50 %.2f ms, p99 %.2f ms, worst %.2f ms of %d%n",
                    kilobytes,
                    signatures,
                    times.get(times.size() / 2) / 1e6,
                    times.get(times.size() * 99 / 100) / 1e6,
                    times.getLast() / 1e6,
                    times.size());
        }
    }

    @Benchmark
    public Report ours() {
        long before = THREADS.getCurrentThreadCpuTime();
        var report = part.verifier.orElseThrow().verify(part.pdf, part.at);
        cpu.add(THREADS.getCurrentThreadCpuTime() - before);
        if (report.indication() != Indication.TOTAL_PASSED
                || ((Report.Judged) report).signatures().size() != signatures) {
            throw new AssertionError(report.toString());
        }
        return report;
    }

    @Benchmark
    public List<String> dss() {
        long before = THREADS.getCurrentThreadCpuTime();
        var ids = validated();
        cpu.add(THREADS.getCurrentThreadCpuTime() - before);
        return ids;
    }

    @SuppressWarnings("JavaUtilDate") // what EU DSS takes
    private List<String> validated() {
        var anchors = new CommonTrustedCertificateSource();
        part.trust.anchors().stream()
                .filter(anchor -> anchor.getPublicKey().getAlgorithm().equals("RSA"))
                .forEach(anchor -> anchors.addCertificate(new CertificateToken(anchor)));
        var verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(anchors);
        verifier.setCrlSource(new ExternalResourcesCRLSource(part.trust.crls().stream()
                .filter(list -> list.getSigAlgName().contains("RSA"))
                .map(list -> new ByteArrayInputStream(Certificates.der(list)))
                .toArray(InputStream[]::new)));
        var validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(part.pdf.stream()));
        validator.setCertificateVerifier(verifier);
        validator.setValidationTime(Date.from(part.at));
        var simple = validator.validateDocument().getSimpleReport();
        var ids = simple.getSignatureIdList();
        if (ids.size() != signatures || !ids.stream().allMatch(id -> simple.isValid(id))) {
            throw new AssertionError("EU DSS found " + ids.size() + " signatures, not all of them valid");
        }
        return ids;
    }
}
