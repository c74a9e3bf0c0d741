package org.yinzheng.bench;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.SignatureFieldParameters;
import eu.europa.esig.dss.pades.SignatureImageParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.yinzheng.cli.Installation;
import org.yinzheng.registry.issuance.IssuingOffice.Desk;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamped;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.stamping.Place;

/// Stamping a PDF with a visible seal: ours with RSA and with SM2, beside EU DSS's PAdES baseline B on the same file
/// with the same RSA key of the same token and the same picture. DSS knows no SM2.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true"
        })
public class StampRate {
    private static final double MM = 72 / 25.4;
    /// The seal's centre, in millimetres from the top left.
    private static final double X = 75;

    private static final double Y = 120;

    private final Part part = new Part();
    private final PdfStamper stamper = new PdfStamper();
    private final PAdESService dss = new PAdESService(new CommonCertificateVerifier());

    private static final class Part {
        private Optional<Installation> installation = Optional.empty();
        private Optional<Desk> desk = Optional.empty();
        private DocumentBytes pdf = DocumentBytes.of(new byte[0]);
    }

    @Setup
    public void open() throws IOException {
        var folder = Files.createTempDirectory(Path.of("target"), "stamp-rate");
        var installation = Installation.open(folder, Clock.systemUTC(), text -> {});
        part.installation = Optional.of(installation);
        var licence = BenchLicence.issue(installation);
        part.desk =
                Optional.of(installation.office().desk(licence.authority(), licence.typeCode(), BenchLicence.OFFICER));
        var signed = installation.licences().rendition(licence.id(), Format.PDF).orElseThrow();
        part.pdf = firstRevision(signed.toByteArray());
        System.out.printf("PDF %d bytes%n", part.pdf.size());
    }

    @TearDown
    public void close() {
        part.installation.ifPresent(Installation::close);
    }

    @Benchmark
    public PdfStamped.InMemory oursRsa() {
        return stamp(part.desk.orElseThrow().rsa());
    }

    @Benchmark
    public PdfStamped.InMemory oursSm2() {
        return stamp(part.desk.orElseThrow().sm2());
    }

    @Benchmark
    public DSSDocument dssRsa() {
        var signer = part.desk.orElseThrow().rsa();
        var document = new InMemoryDocument(part.pdf.toByteArray());
        var parameters = parameters(signer);
        var toSign = dss.getDataToSign(document, parameters);
        var value =
                new SignatureValue(SignatureAlgorithm.RSA_SHA256, signer.key().sign(toSign.getBytes()));
        return dss.signDocument(document, parameters, value);
    }

    private PdfStamped.InMemory stamp(Signer signer) {
        var at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var stamp = PdfStamp.baseline("seal", signer, at, "")
                .showing(part.desk.orElseThrow().picture(), new Place.OnPage(1, X, Y));
        return stamper.stamp(part.pdf, stamp);
    }

    @SuppressWarnings("JavaUtilDate") // what EU DSS takes
    private PAdESSignatureParameters parameters(Signer signer) {
        var parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_B);
        parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
        parameters.setSigningCertificate(new CertificateToken(signer.certificate()));
        parameters.setCertificateChain(
                signer.chain().stream().map(CertificateToken::new).toList());
        parameters.bLevel().setSigningDate(new Date());
        var seal = part.desk.orElseThrow().picture();
        var image = new SignatureImageParameters();
        image.setImage(new InMemoryDocument(seal.png().toByteArray()));
        var field = new SignatureFieldParameters();
        field.setPage(1);
        field.setOriginX((float) ((X - seal.widthMm() / 2) * MM));
        field.setOriginY((float) ((Y - seal.heightMm() / 2) * MM));
        field.setWidth((float) (seal.widthMm() * MM));
        field.setHeight((float) (seal.heightMm() * MM));
        image.setFieldParameters(field);
        parameters.setImageParameters(image);
        return parameters;
    }

    /// The rendition as it was before anybody signed it.
    private static DocumentBytes firstRevision(byte[] pdf) {
        var text = new String(pdf, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("%%EOF") + "%%EOF\n".length();
        return DocumentBytes.owning(Arrays.copyOf(pdf, end));
    }
}
