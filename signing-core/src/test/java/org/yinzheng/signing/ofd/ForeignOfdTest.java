package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.yinzheng.shaded.bouncycastle.jce.ECNamedCurveTable;
import org.yinzheng.shaded.bouncycastle.jce.provider.BouncyCastleProvider;
import org.yinzheng.shaded.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.yinzheng.shaded.ofdrw.gm.ses.v4.SESeal;
import org.yinzheng.shaded.ofdrw.reader.OFDReader;
import org.yinzheng.shaded.ofdrw.sign.ExtendSignatureContainer;
import org.yinzheng.shaded.ofdrw.sign.NumberFormatAtomicSignID;
import org.yinzheng.shaded.ofdrw.sign.OFDSigner;
import org.yinzheng.shaded.ofdrw.sign.SignMode;
import org.yinzheng.shaded.ofdrw.sign.signContainer.SESV1Container;
import org.yinzheng.shaded.ofdrw.sign.signContainer.SESV4Container;
import org.yinzheng.shaded.ofdrw.sign.stamppos.NormalStampPos;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Sm2;
import org.yinzheng.signing.seal.OfdrwSeals;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// Documents that OFDRW stamped, twice in a row too, judged by us.
class ForeignOfdTest {
    private static final SealParties PARTIES = OfdSamples.PARTIES;
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private final BigInteger scalar = Sm2.newScalar();
    // OFDRW stamps with the time of day, so the certificates have to be of today.
    private final java.time.Instant now = java.time.Instant.now();
    private final Signer signer = PARTIES.signer(
            new ScalarKey(scalar), "OFDRW'S SIGNER", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    private final Seal seal = PARTIES.seal(
            PARTIES.maker, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), signer.certificate());

    @Test
    void stampedByOfdrw_passes() throws Exception {
        for (var mode : SignMode.values()) {
            var report = verify(stamp(OfdSamples.UNSIGNED, mode));

            assertThat(report.reasons()).as(mode + " " + report).isEmpty();
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
            assertThat(report.licenceId()).contains(OfdSamples.LICENCE_ID);
        }
    }

    @Test
    void stampedWithASealOfV1_passes() throws Exception {
        var algorithm = org.yinzheng.signing.key.Suite.SM2_SM3.oid();
        var old = OfdrwSeals.sealV1(PARTIES.maker, signer, algorithm);
        var container = new SESV1Container(
                key(), org.yinzheng.shaded.ofdrw.gm.ses.v1.SESeal.getInstance(old.toByteArray()), certificate());
        var report = verify(stamp(OfdSamples.UNSIGNED, SignMode.ContinueSign, container));

        assertThat(report.signatures().getFirst().kind()).isEqualTo("OFD-SES-V1");
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        // OFDRW writes the time of day where it runs: up to some hours off, within the certificates' days
        assertThat(report.reasons()).as(report.toString()).isEmpty();
    }

    @Test
    void stampedTwice_reportsBothSignatures() throws Exception {
        var once = stamp(OfdSamples.UNSIGNED, SignMode.ContinueSign);
        var report = verify(stamp(once, SignMode.ContinueSign));

        assertThat(report.signatures()).hasSize(2);
        assertThat(report.indication()).as(report.toString()).isEqualTo(Indication.TOTAL_PASSED);
    }

    @Test
    void stampedByOfdrwAndChanged_fails() throws Exception {
        var tampered = Tampering.of(stamp(OfdSamples.UNSIGNED, SignMode.WholeProtected));
        assertThat(verify(tampered.flip("Doc_0/Res/font_2.ttf", 99).done()).reasons())
                .contains(Flaw.SIGNED_FILE_CHANGED);
    }

    private java.security.PrivateKey key() throws Exception {
        return java.security.KeyFactory.getInstance("EC", PROVIDER)
                .generatePrivate(new ECPrivateKeySpec(scalar, ECNamedCurveTable.getParameterSpec("sm2p256v1")));
    }

    private java.security.cert.Certificate certificate() throws Exception {
        return java.security.cert.CertificateFactory.getInstance("X.509", PROVIDER)
                .generateCertificate(new ByteArrayInputStream(Certificates.der(signer.certificate())));
    }

    private DocumentBytes stamp(DocumentBytes ofd, SignMode mode) throws Exception {
        return stamp(
                ofd,
                mode,
                new SESV4Container(key(), SESeal.getInstance(seal.der().toByteArray()), certificate()));
    }

    private static DocumentBytes stamp(DocumentBytes ofd, SignMode mode, ExtendSignatureContainer container)
            throws Exception {
        var out = new ByteArrayOutputStream();
        try (var reader = new OFDReader(ofd.stream());
                var ofdrw = new OFDSigner(reader, out, new NumberFormatAtomicSignID())) {
            ofdrw.setSignMode(mode);
            ofdrw.setSignContainer(container);
            ofdrw.addApPos(new NormalStampPos(1, 80, 60, 42, 42));
            ofdrw.exeSign();
        }
        return DocumentBytes.of(out.toByteArray());
    }

    private static Report.Judged verify(DocumentBytes ofd) {
        return (Report.Judged) new OfdVerifier(PARTIES.trust()).verify(ofd, java.time.Instant.now());
    }

    private record ScalarKey(BigInteger scalar) implements SigningKey {
        @Override
        public String label() {
            return "ofdrw";
        }

        @Override
        public KeyKind kind() {
            return KeyKind.SM2;
        }

        @Override
        public Custody custody() {
            throw new UnsupportedOperationException("nobody has custody of a key in memory");
        }

        @Override
        public PublicKey publicKey() {
            return Sm2.publicKey(scalar);
        }

        @Override
        public byte[] sign(byte[] message) {
            return Sm2.sign(scalar, message);
        }
    }
}
