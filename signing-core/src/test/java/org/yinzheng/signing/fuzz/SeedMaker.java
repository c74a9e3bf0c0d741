package org.yinzheng.signing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.itextpdf.forms.fields.PdfFormCreator;
import com.itextpdf.forms.fields.TextFormFieldBuilder;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.kernel.pdf.WriterProperties;
import com.itextpdf.kernel.pdf.annot.PdfTextAnnotation;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.jose.JwsAlgorithm;
import org.yinzheng.signing.jose.JwsSigner;
import org.yinzheng.signing.jose.LicenceCredential;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.ofd.OfdRenderer;
import org.yinzheng.signing.ofd.OfdStamp;
import org.yinzheng.signing.ofd.OfdStamper;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.seal.OfdrwSeals;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.seal.StampMaker;
import org.yinzheng.signing.seal.StampOrder;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.verdict.SignedContent;
import org.yinzheng.signing.xml.LicenceXml;
import org.yinzheng.signing.xml.XmlStamp;
import org.yinzheng.signing.xml.XmlStamper;

/// Makes the seeds of the fuzz harnesses with our own writers: small, all signed under one trust folder, whose keys
/// are forgotten. They are kept in the source tree, since a finding holds for the signed bytes that it began with.
/// Run by hand, with the folder as the argument.
final class SeedMaker {
    private final Path folder;
    private final MemoryCustodian keys = new MemoryCustodian();
    private final DemonstrationAuthority authority;
    private final TimestampSource timestamps;
    private final Signer rsa;
    private final Signer sm2;
    private final Seal seal;

    private SeedMaker(Path folder) throws IOException {
        this.folder = folder;
        var clock = Clock.fixed(Seeds.AT.minusSeconds(60), ZoneOffset.UTC);
        authority = DemonstrationAuthority.open(keys, Files.createTempDirectory("authority"), clock);
        timestamps = new TimestampAuthority(
                authority.timestamper(Suite.RSA_SHA256),
                authority.timestamper(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                clock);
        rsa = authority.signer("印证市市场监督管理局", Suite.RSA_SHA256);
        sm2 = authority.signer("印证市市场监督管理局", Suite.SM2_SM3);
        seal = new SealMaker(authority.sealMaker()).make(sealOrder());
    }

    public static void main(String[] arguments) throws Exception {
        var maker = new SeedMaker(Path.of(arguments[0]));
        maker.authority.exportTrust(maker.folder.resolve("trust"));
        maker.pdf();
        maker.ofd();
        maker.seals();
        maker.cms();
        maker.xml();
        maker.jws();
        maker.credential();
        maker.document();
    }

    private void pdf() throws IOException {
        var level = PdfStamp.baseline("first", rsa, now(), "颁发电子证照");
        var page = page(false);
        var signed = new PdfStamper().stamp(page, level).document();
        put("pdf/rsa.pdf", signed);
        put("pdf/unsigned.pdf", page);
        var seen = level.showing(SealParties.PICTURE, new Place.OnPage(1, 60, 60));
        put("pdf/compact-seal.pdf", new PdfStamper().stamp(page(true), seen).document());
        put(
                "pdf/stamp.pdf",
                new PdfStamper()
                        .stamp(
                                page,
                                PdfStamp.baseline("stamp", sm2, now(), "")
                                        .as(new PdfStamp.Form.Ses(seal))
                                        .showing(SealParties.PICTURE, new Place.OnPage(1, 60, 60)))
                        .document());
        var lasting = new PdfStamper(Optional.of(timestamps), Evidence.from(authority::trust));
        tail(
                "second-signature",
                signed,
                new PdfStamper()
                        .stamp(signed, PdfStamp.baseline("second", sm2, now(), ""))
                        .document());
        tail(
                "long-term",
                signed,
                lasting.stamp(
                                signed,
                                PdfStamp.baseline("lasting", rsa, now(), "")
                                        .reaching(Level.LTA, Level.Shortfall.REQUIRE))
                        .document());
        tail("form-filled", signed, updated(signed, document -> PdfFormCreator.getAcroForm(document, false)
                .getField("opinion")
                .setValue("agreed")));
        tail("annotated", signed, updated(signed, document -> document.getFirstPage()
                .addAnnotation(new PdfTextAnnotation(new Rectangle(300, 300, 20, 20)).setContents("note"))));
        tail("other-title", signed, updated(signed, document -> document.getCatalog()
                .getPdfObject()
                .put(com.itextpdf.kernel.pdf.PdfName.Lang, new PdfString("en"))));
    }

    private void ofd() throws IOException {
        var info = new DocumentInfo("许可", "1.2.156.3005.2", new TreeMap<>(Map.of("ZZMC", "许可")), now());
        var brown = new Page.Colour(0x7a, 0x55, 0x20);
        var marks = List.<Page.Mark>of(new Page.Path("M 4 4 L 144 4 L 144 101 L 4 101 Z", null, brown, 0.4));
        var plain = new OfdRenderer(Typefaces.find())
                .render(new Page(148, 105, marks, new Page.Area(80, 60, 42, 42)), info);
        put("ofd/unsigned.ofd", plain);
        put(
                "ofd/stamped.ofd",
                new OfdStamper()
                        .stamp(plain, OfdStamp.closing(seal, sm2, now(), new Place.OnPage(1, 101, 81)))
                        .document());
        parts(folder.resolve("ofd/stamped.ofd"));
    }

    /// Each file of the package, behind its number in the order of names.
    private void parts(Path ofd) throws IOException {
        try (var zip = new ZipFile(ofd.toFile())) {
            var entries =
                    zip.stream().sorted(Comparator.comparing(ZipEntry::getName)).toList();
            for (int i = 0; i < entries.size(); i++) {
                var content = zip.getInputStream(entries.get(i)).readAllBytes();
                var numbered = new byte[content.length + 1];
                numbered[0] = (byte) i;
                System.arraycopy(content, 0, numbered, 1, content.length);
                put("part/" + entries.get(i).getName().replace('/', '-'), DocumentBytes.owning(numbered));
            }
        }
    }

    private void seals() throws IOException {
        put("seal/v4.seal", seal.der());
        put("seal/v1.seal", OfdrwSeals.sealV1(authority.sealMaker(), sm2, Suite.SM2_SM3.oid()));
        put("seal/v5.seal", OfdrwSeals.seal(5, authority.sealMaker(), sm2, true));
        put("stamp/v4.stamp", StampMaker.stamp(seal, sm2, now(), Seeds.ORIGINAL, "/Doc_0/Signs/Sign_0/Signature.xml"));
        var order = StampOrder.over(Seeds.ORIGINAL, seal, sm2, now(), "/Doc_0/Signs/Sign_0/Signature.xml");
        put("stamp/timestamped.stamp", timestamped(order));
    }

    private DocumentBytes timestamped(StampOrder order) {
        return new StampMaker(Optional.of(timestamps))
                .stamp(new StampOrder(
                        order.seal(),
                        order.signer(),
                        order.at(),
                        order.sm3(),
                        order.propertyInfo(),
                        Level.T,
                        Level.Shortfall.REQUIRE))
                .der();
    }

    private void cms() throws IOException {
        put("cms/rsa.p7s", signedData(rsa, false, "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"));
        put("cms/sm2.p7s", signedData(sm2, false, "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"));
        put("signed-data/gbt-35275.p7s", signedData(sm2, true, "1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.1"));
        put("signed-data/attributes.p7s", signedData(sm2, false, "1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.1"));
        var original = DocumentBytes.of(Seeds.ORIGINAL);
        put("timestamp/rsa.tst", timestamps.token(original, Suite.RSA_SHA256));
        put("timestamp/sm2.tst", timestamps.token(original, Suite.SM2_SM3));
    }

    private void xml() throws IOException {
        var licence = LicenceXml.of("1.2.156.3005.2", new TreeMap<>(Map.of("ZZMC", "许可", "CZZT", "甲 & 乙 <丙>")));
        var stamper = new XmlStamper(Optional.of(timestamps));
        put("xml/unsigned.xml", licence);
        var once = stamper.stamp(licence, XmlStamp.baseline(rsa, now())).document();
        put("xml/rsa.xml", once);
        put("xml/twice.xml", stamper.stamp(once, XmlStamp.baseline(sm2, now())).document());
        var lasting = new XmlStamp(sm2, now(), Level.T, Level.Shortfall.REQUIRE, java.util.Set.of());
        put("xml/timestamped.xml", stamper.stamp(licence, lasting).document());
    }

    private void jws() throws IOException {
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put("sub", "1.2.156.3005.2")
                .put("iat", 1_795_000_000L);
        var keySet = new StringBuilder();
        for (var algorithm : JwsAlgorithm.values()) {
            var kind = algorithm == JwsAlgorithm.ES256 ? KeyKind.P_256 : KeyKind.RSA_2048;
            var signer = new JwsSigner(keys.make("jws-" + algorithm, kind), algorithm);
            put(
                    "jws/" + algorithm + ".jws",
                    DocumentBytes.of(signer.sign(Seeds.JWS_TYPE, claims).getBytes(UTF_8)));
            keySet.append(algorithm)
                    .append(' ')
                    .append(Base64.getEncoder()
                            .encodeToString(signer.publicKey().publicKey().getEncoded()))
                    .append('\n');
        }
        put("jws-keys.txt", DocumentBytes.of(keySet.toString().getBytes(UTF_8)));
    }

    /// The signer's certificate is not inside: who reads the code knows it.
    private void credential() throws IOException {
        var metadata = new TreeMap<>(Map.of("ZZMC", "许可", "CZZT", "甲 & 乙 <丙>", "YinzhengDataDigest", "0".repeat(64)));
        var text = LicenceCredential.sign(sm2.key(), new SignedContent("1.2.156.3005.2", metadata), now());
        put("credential/sm2.jws", DocumentBytes.of(text.getBytes(UTF_8)));
        put("trust/signers/authority.crt", DocumentBytes.owning(Certificates.der(sm2.certificate())));
        var parts = text.split("\\.", -1);
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("payload", parts[1])
                .put("protected", parts[0])
                .put("signature", parts[2]);
        put("credential/flattened.json", DocumentBytes.of(json.toString().getBytes(UTF_8)));
    }

    /// What has no harness of its own as a file; the others' seeds are documents too.
    private void document() throws IOException {
        var enclosing = signedData(rsa, false, "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1", true);
        put("document/enclosing.p7m", enclosing);
        var gbt = signedData(sm2, true, "1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.1", true);
        var base64 = Base64.getMimeEncoder().encodeToString(gbt.toByteArray());
        put(
                "document/gbt-35275.pem",
                DocumentBytes.of(("-----BEGIN PKCS7-----\n" + base64 + "\n-----END PKCS7-----\n").getBytes(UTF_8)));
    }

    private SealOrder sealOrder() {
        return new SealOrder(
                "35020000000001",
                "印证市市场监督管理局",
                SealKind.STATUTORY_NAME,
                SealParties.PICTURE,
                PermittedSigners.listed(List.of(sm2.certificate())),
                now(),
                now().minusSeconds(86_400),
                now().plusSeconds(86_400 * 300L));
    }

    private static Instant now() {
        return Seeds.AT.minusSeconds(30);
    }

    /// @param direct without signed attributes
    private static DocumentBytes signedData(Signer signer, boolean direct, String type, String contentType) {
        return signedData(signer, direct, type, contentType, false);
    }

    private static DocumentBytes signedData(
            Signer signer, boolean direct, String type, String contentType, boolean enclosing) {
        try {
            var leaf = new X509CertificateHolder(Certificates.der(signer.certificate()));
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .setDirectSignature(direct)
                    .build(new KeySigner(signer), leaf));
            generator.addCertificate(leaf);
            var content = new CMSProcessableByteArray(new ASN1ObjectIdentifier(contentType), Seeds.ORIGINAL);
            var made = generator.generate(content, enclosing).toASN1Structure();
            var named = new ContentInfo(new ASN1ObjectIdentifier(type), made.getContent());
            return DocumentBytes.owning(named.getEncoded("DER"));
        } catch (CMSException | OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class KeySigner implements ContentSigner {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Signer signer;

        KeySigner(Signer signer) {
            this.signer = signer;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(
                    new ASN1ObjectIdentifier(signer.key().suite().oid()));
        }

        @Override
        public OutputStream getOutputStream() {
            return bytes;
        }

        @Override
        public byte[] getSignature() {
            return signer.key().sign(bytes.toByteArray());
        }
    }

    /// A page with a form field.
    private static DocumentBytes page(boolean compact) {
        var output = new ByteArrayOutputStream();
        var properties = new WriterProperties().setFullCompressionMode(compact).setCompressionLevel(0);
        try (var document = new PdfDocument(new PdfWriter(output, properties))) {
            document.getDocumentInfo().setMoreInfo("YinzhengLicenceId", "1.2.156.3005.2");
            new PdfCanvas(document.addNewPage()).rectangle(50, 50, 300, 500).stroke();
            PdfFormCreator.getAcroForm(document, true)
                    .addField(new TextFormFieldBuilder(document, "opinion")
                            .setWidgetRectangle(new Rectangle(60, 100, 200, 20))
                            .createText());
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private static DocumentBytes updated(DocumentBytes pdf, Consumer<PdfDocument> change) throws IOException {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(
                new PdfReader(pdf.stream()),
                new PdfWriter(output, new WriterProperties().setCompressionLevel(0)),
                new StampingProperties().useAppendMode())) {
            change.accept(document);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private void tail(String name, DocumentBytes signed, DocumentBytes whole) throws IOException {
        var bytes = whole.toByteArray();
        put("revision/" + name + ".tail", DocumentBytes.of(Arrays.copyOfRange(bytes, signed.size(), bytes.length)));
    }

    private void put(String name, DocumentBytes content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content.toByteArray());
    }
}
