package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.europa.esig.dss.enumerations.SignatureLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.CollectionStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.seal.Stamp;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.time.TimestampSource;

/// What a level adds, read by PDFBox and Bouncy Castle.
class PdfLevelTest {
    private static final COSName DSS = COSName.getPDFName("DSS");
    private static final TimestampSource CLOCK = new TimestampAuthority(
            Samples.AUTHORITY.timestamper(Suite.RSA_SHA256),
            Samples.AUTHORITY.timestamper(Suite.SM2_SM3),
            TimestampAuthority.DEMONSTRATION_POLICY,
            Clock.fixed(Samples.AT.plusSeconds(5), ZoneOffset.UTC));
    private static final TimestampSource AWAY = (digest, suite) -> {
        throw new Failure.NotDone("away", null);
    };
    private static final Evidence EVIDENCE = Evidence.from(() -> Samples.TRUST);

    @TempDir
    Path folder;

    @Test
    void everyLevelOfEverySuite_hasWhatItAdds() throws Exception {
        for (var suite : Suite.values()) {
            for (var level : Level.values()) {
                var made = stamper(CLOCK).stamp(Samples.page(false), wanted(suite, level, Level.Shortfall.REQUIRE));
                var name = suite + " " + level;
                assertThat(made.stamped().reached()).as(name).isEqualTo(level);
                var pdf = made.document().toByteArray();
                try (var document = Loader.loadPDF(pdf)) {
                    var signatures = document.getSignatureDictionaries();
                    assertThat(signatures).as(name).hasSize(level == Level.LTA ? 2 : 1);
                    assertTimestamped(signatures.getFirst(), suite, level.needsTimestamp());
                    var store = document.getDocumentCatalog().getCOSObject().getCOSDictionary(DSS);
                    assertThat(store != null).as(name).isEqualTo(level.compareTo(Level.LT) >= 0);
                    if (store != null) {
                        // signer, timestamper, issuing authority, root; a list of each of the two authorities
                        // (a P-256 signer and the RSA timestamper have the same authorities)
                        assertThat(store.getCOSArray(COSName.getPDFName("Certs"))
                                        .size())
                                .isEqualTo(4);
                        assertThat(store.getCOSArray(COSName.getPDFName("CRLs")).size())
                                .isEqualTo(2);
                    }
                    if (level == Level.LTA) {
                        assertDocumentTimestamp(signatures.getLast(), suite, pdf);
                    }
                }
                assertSound(made.document());
                if (suite != Suite.SM2_SM3) {
                    EuDss.assertPasses(made.document(), Samples.TRUST, Samples.AT.plusSeconds(60), europe(level));
                }
            }
        }
    }

    private static SignatureLevel europe(Level level) {
        return switch (level) {
            case B -> SignatureLevel.PAdES_BASELINE_B;
            case T -> SignatureLevel.PAdES_BASELINE_T;
            case LT -> SignatureLevel.PAdES_BASELINE_LT;
            case LTA -> SignatureLevel.PAdES_BASELINE_LTA;
        };
    }

    private static void assertTimestamped(PDSignature signature, Suite suite, boolean expected) throws Exception {
        var cms = new CMSSignedData(signature.getContents());
        var signer = cms.getSignerInfos().getSigners().iterator().next();
        var unsigned = signer.getUnsignedAttributes();
        assertThat(unsigned != null).isEqualTo(expected);
        if (unsigned != null) {
            var value = unsigned.get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken)
                    .getAttrValues()
                    .getObjectAt(0)
                    .toASN1Primitive()
                    .getEncoded();
            var token = new TimeStampToken(new CMSSignedData(value));
            assertThat(token.getTimeStampInfo().getMessageImprintDigest())
                    .isEqualTo(Cryptography.digest(suite.digestName()).digest(signer.getSignature()));
        }
    }

    private static void assertDocumentTimestamp(PDSignature stamp, Suite suite, byte[] pdf) throws Exception {
        assertThat(stamp.getCOSObject().getNameAsString(COSName.TYPE)).isEqualTo("DocTimeStamp");
        assertThat(stamp.getSubFilter()).isEqualTo("ETSI.RFC3161");
        var token = new TimeStampToken(new CMSSignedData(stamp.getContents()));
        var covered = stamp.getSignedContent(pdf);
        assertThat(token.getTimeStampInfo().getMessageImprintDigest())
                .isEqualTo(Cryptography.digest(suite.digestName()).digest(covered));
        var range = stamp.getByteRange();
        assertThat(range[2] + range[3]).isEqualTo(pdf.length);
        assertThat(new String(covered, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("/DSS");
    }

    private void assertSound(DocumentBytes pdf) throws Exception {
        Files.write(folder.resolve("x.pdf"), pdf.toByteArray());
        assertThat(Tool.run(folder, "qpdf", "--check", "x.pdf").text())
                .contains("No syntax or stream encoding errors found");
        var answer = Tool.run(folder, "pdfsig", "-nocert", "x.pdf").text();
        if (answer.contains("ETSI.CAdES")) {
            assertThat(answer).contains("Signature Validation: Signature is Valid.");
        }
    }

    @Test
    void evidenceOfSeveralSignatures_standsInOneStore() throws Exception {
        var once = stamper(CLOCK)
                .stamp(Samples.page(true), wanted(Suite.SM2_SM3, Level.LTA, Level.Shortfall.REQUIRE))
                .document();
        var twice = stamper(CLOCK)
                .stamp(once, wanted(Suite.RSA_SHA256, Level.LTA, Level.Shortfall.REQUIRE))
                .document();
        var thrice = stamper(CLOCK)
                .stamp(
                        twice,
                        PdfStamp.baseline("again", Samples.signer(Suite.RSA_SHA256), Samples.AT, "")
                                .reaching(Level.LTA, Level.Shortfall.REQUIRE))
                .document();
        assertThat(Arrays.copyOf(thrice.toByteArray(), once.size())).isEqualTo(once.toByteArray());
        try (var document = Loader.loadPDF(thrice.toByteArray())) {
            assertThat(document.getSignatureDictionaries()).hasSize(6);
            var store = document.getDocumentCatalog().getCOSObject().getCOSDictionary(DSS);
            assertThat(store.getCOSArray(COSName.getPDFName("Certs")).size()).isEqualTo(8);
            assertThat(store.getCOSArray(COSName.getPDFName("CRLs")).size()).isEqualTo(4);
            assertThat(store.getCOSArray(COSName.getPDFName("Certs")).getObject(0))
                    .isInstanceOf(COSStream.class);
        }
        assertSound(thrice);
    }

    @Test
    void authorityAway_nothingWhenRequired_lessWhenNot() {
        for (var level : List.of(Level.T, Level.LT, Level.LTA)) {
            assertThatThrownBy(() -> stamper(AWAY)
                            .stamp(Samples.page(false), wanted(Suite.RSA_SHA256, level, Level.Shortfall.REQUIRE)))
                    .isInstanceOf(Failure.NotDone.class);
            var made =
                    stamper(AWAY).stamp(Samples.page(false), wanted(Suite.RSA_SHA256, level, Level.Shortfall.DEGRADE));
            assertThat(made.stamped().reached()).isEqualTo(Level.B);
            PdfVerifierTest.assertPasses(made.document(), 1);
        }
    }

    @Test
    void authorityAwayForTheLastTimestamp_reachesTheLevelBelow() {
        var calls = new java.util.concurrent.atomic.AtomicInteger();
        TimestampSource once = (digest, suite) -> {
            if (calls.incrementAndGet() > 1) {
                throw new Failure.NotDone("away", null);
            }
            return CLOCK.tokenOver(digest, suite);
        };
        var made = stamper(once).stamp(Samples.page(false), wanted(Suite.SM2_SM3, Level.LTA, Level.Shortfall.DEGRADE));
        assertThat(made.stamped().reached()).isEqualTo(Level.LT);
    }

    @Test
    void noEvidence_nothingWhenRequired_timestampOnlyWhenNot() {
        for (var evidence : List.of(Evidence.NONE, Evidence.from(() -> Trust.NONE))) {
            var stamper = new PdfStamper(Optional.of(CLOCK), evidence);
            assertThatThrownBy(() -> stamper.stamp(
                            Samples.page(false), wanted(Suite.RSA_SHA256, Level.LT, Level.Shortfall.REQUIRE)))
                    .isInstanceOf(Failure.NotDone.class);
            var made = stamper.stamp(Samples.page(false), wanted(Suite.RSA_SHA256, Level.LTA, Level.Shortfall.DEGRADE));
            assertThat(made.stamped().reached()).isEqualTo(Level.T);
        }
    }

    @Test
    void staleLists_areNoEvidence() {
        var signer = Samples.signer(Suite.RSA_SHA256);
        assertThat(EVIDENCE.of(signer.certificate(), signer.chain(), Samples.AT))
                .isPresent();
        assertThat(EVIDENCE.of(signer.certificate(), signer.chain(), Samples.AT.plus(Duration.ofDays(3650))))
                .isEmpty();
    }

    @Test
    void tokenLongerThanTokensAre_getsRoom() throws Exception {
        TimestampSource longWinded = (digest, suite) -> padded(CLOCK.tokenOver(digest, suite));
        var made = stamper(longWinded)
                .stamp(Samples.page(false), wanted(Suite.RSA_SHA256, Level.LTA, Level.Shortfall.REQUIRE));
        assertThat(made.stamped().reached()).isEqualTo(Level.LTA);
        assertSound(made.document());
    }

    /// With certificates that nobody needs, and longer than any place that is kept for a token.
    private static DocumentBytes padded(DocumentBytes token) {
        try {
            var data = new CMSSignedData(token.toByteArray());
            var all = new ArrayList<>(data.getCertificates().getMatches(null));
            for (var suite : Suite.values()) {
                for (int i = 0; i < 4; i++) {
                    all.add(holder(Samples.AUTHORITY.signer("无关机构" + i, suite).certificate()));
                }
            }
            return DocumentBytes.owning(
                    CMSSignedData.replaceCertificatesAndCRLs(data, new CollectionStore<>(all), null, null)
                            .getEncoded());
        } catch (CMSException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static X509CertificateHolder holder(java.security.cert.X509Certificate one) {
        return new X509CertificateHolder(org.bouncycastle.asn1.x509.Certificate.getInstance(
                org.yinzheng.signing.certificate.Certificates.der(one)));
    }

    @Test
    void nationalStamp_isOverTheSm3OfTheSignedBytes() throws Exception {
        var parties = new SealParties();
        var seal = parties.seal();
        for (var level : List.of(Level.B, Level.T)) {
            var stamp = PdfStamp.baseline("ses", parties.authority, SealParties.NOW, "")
                    .as(new PdfStamp.Form.Ses(seal))
                    .reaching(level, Level.Shortfall.REQUIRE);
            var made = stamper(CLOCK).stamp(Samples.page(false), stamp);
            assertThat(made.stamped().reached()).isEqualTo(level);
            var pdf = made.document().toByteArray();
            try (var document = Loader.loadPDF(pdf)) {
                var signature = document.getSignatureDictionaries().getFirst();
                assertThat(signature.getSubFilter()).isEqualTo("Yinzheng.GBT38540.SES");
                var value = PdfStamperTest.cms(pdf, PdfStamperTest.lastRange(pdf));
                var read = Stamp.parse(DocumentBytes.of(value));
                assertThat(read.dataHash().toByteArray()).isEqualTo(Cryptography.sm3(signature.getSignedContent(pdf)));
                assertThat(read.seal().der()).isEqualTo(seal.der());
            }
            assertSound(made.document());
        }
    }

    @Test
    void nationalStampOfAHigherLevel_isRefusedOrLowered() {
        var parties = new SealParties();
        var stamp = PdfStamp.baseline("ses", parties.authority, SealParties.NOW, "")
                .as(new PdfStamp.Form.Ses(parties.seal()));
        assertThatThrownBy(() ->
                        stamper(CLOCK).stamp(Samples.page(false), stamp.reaching(Level.LTA, Level.Shortfall.REQUIRE)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("stamp-level"));
        assertThat(stamper(CLOCK)
                        .stamp(Samples.page(false), stamp.reaching(Level.LTA, Level.Shortfall.DEGRADE))
                        .stamped()
                        .reached())
                .isEqualTo(Level.T);
        var rsa = PdfStamp.baseline("ses", Samples.signer(Suite.RSA_SHA256), SealParties.NOW, "")
                .as(new PdfStamp.Form.Ses(parties.seal()));
        assertThatThrownBy(() -> stamper(CLOCK).stamp(Samples.page(false), rsa))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("signer-key"));
    }

    @Test
    void certification_saysWhatMayChange_andPdfsigFindsItValid() throws Exception {
        for (var certification : PdfStamp.Certification.values()) {
            var stamp = PdfStamp.baseline("first", Samples.signer(Suite.RSA_SHA256), Samples.AT, "")
                    .certifying(certification);
            var pdf = Samples.signed(Samples.page(false), stamp);
            try (var document = Loader.loadPDF(pdf.toByteArray())) {
                var permissions = document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.PERMS);
                if (certification == PdfStamp.Certification.NONE) {
                    assertThat(permissions).isNull();
                    continue;
                }
                var signature = permissions.getCOSDictionary(COSName.DOCMDP);
                assertThat(signature)
                        .isSameAs(document.getSignatureDictionaries().getFirst().getCOSObject());
                var reference = (COSDictionary)
                        signature.getCOSArray(COSName.getPDFName("Reference")).getObject(0);
                assertThat(reference
                                .getCOSDictionary(COSName.getPDFName("TransformParams"))
                                .getInt(COSName.P))
                        .isEqualTo(certification.permission());
            }
            assertSound(pdf);
            PdfVerifierTest.assertPasses(pdf, 1);
        }
    }

    private static PdfStamper stamper(TimestampSource source) {
        return new PdfStamper(Optional.of(source), EVIDENCE);
    }

    private static PdfStamp wanted(Suite suite, Level level, Level.Shortfall shortfall) {
        return PdfStamp.baseline(suite.name(), Samples.signer(suite), Samples.AT, "审批")
                .reaching(level, shortfall);
    }
}
