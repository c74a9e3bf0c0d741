package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.signing.certificate.TestPki.DAY;
import static org.yinzheng.signing.certificate.TestPki.NOW;

import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.signatures.ICrlClient;
import com.itextpdf.signatures.IExternalSignature;
import com.itextpdf.signatures.IOcspClient;
import com.itextpdf.signatures.ISignatureMechanismParams;
import com.itextpdf.signatures.PdfSigner;
import com.itextpdf.signatures.PdfSigner.CryptoStandard;
import com.itextpdf.signatures.SignerProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.TestPki;
import org.yinzheng.signing.certificate.TestPki.Party;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// Signatures of iText that hold revocation data in their signed attributes, as Adobe's programs write them.
class BroughtRevocationTest {
    private static final CertificateStatus GOOD = CertificateStatus.GOOD;

    private final TestPki pki = new TestPki(KeyKind.RSA_2048);
    private final Party root = pki.root("root");
    private final Party signer = pki.leaf(root, "signer", TestPki.publishing("http://crl.example.cn/"));

    @Test
    void listOrResponseInTheSignature_counts() {
        for (var standard : CryptoStandard.values()) {
            assertThat(reasons(signed(standard, Optional.empty(), Optional.empty())))
                    .containsExactly(Gap.TRY_LATER);
        }
        assertThat(reasons(signed(Optional.of(TestPki.crl(root)), Optional.empty())))
                .isEmpty();
        assertThat(reasons(signed(Optional.empty(), Optional.of(ocsp(root, GOOD)))))
                .isEmpty();
    }

    @Test
    void listThatRevokes_isBelieved() {
        var at = NOW.minus(DAY);
        var list = TestPki.crl(root, at, NOW.plus(DAY), TestPki.revoking(signer, at, 1));
        assertThat(reasons(signed(Optional.of(list), Optional.empty()))).containsExactly(Flaw.REVOKED);
    }

    @Test
    void twoSignaturesOfOneSigner_areJudgedByWhatEachBrings() {
        var at = NOW.minus(DAY);
        var good = Optional.of(TestPki.crl(root));
        var bad = Optional.of(TestPki.crl(root, at, NOW.plus(DAY), TestPki.revoking(signer, at, 1)));
        Optional<X509CRL> none = Optional.empty();
        assertThat(reasonsOfEach(good, bad)).containsExactly(List.of(), List.of(Flaw.REVOKED));
        assertThat(reasonsOfEach(bad, good)).containsExactly(List.of(Flaw.REVOKED), List.of());
        assertThat(reasonsOfEach(good, none)).containsExactly(List.of(), List.of(Gap.TRY_LATER));
        assertThat(reasonsOfEach(none, good)).containsExactly(List.of(Gap.TRY_LATER), List.of());
    }

    private List<List<Reason>> reasonsOfEach(Optional<X509CRL> first, Optional<X509CRL> second) {
        var once = signed(Samples.page(false), "a", CryptoStandard.CMS, first, Optional.empty());
        var twice = signed(once, "b", CryptoStandard.CMS, second, Optional.empty());
        var report = (Report.Judged) new PdfVerifier(TestPki.trust(root)).verify(twice, NOW);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        return report.signatures().stream()
                .map(one -> List.copyOf(one.reasons()))
                .toList();
    }

    @Test
    void forgedOrStale_saysNothing() {
        var stranger = pki.root("root");
        assertThat(reasons(signed(Optional.of(TestPki.crl(stranger)), Optional.of(ocsp(stranger, GOOD)))))
                .containsExactly(Gap.TRY_LATER);
        var stale = TestPki.crl(root, NOW.minus(DAY.multipliedBy(2)), NOW.minus(DAY), TestPki.none());
        assertThat(reasons(signed(Optional.of(stale), Optional.empty()))).containsExactly(Gap.TRY_LATER);
    }

    private byte[] ocsp(Party responder, CertificateStatus status) {
        return OCSPResponse.getInstance(TestPki.ocsp(responder, signer, responder, status))
                .getResponseBytes()
                .getResponse()
                .getOctets();
    }

    private List<Reason> reasons(DocumentBytes pdf) {
        var report = new PdfVerifier(TestPki.trust(root)).verify(pdf, NOW);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        return List.copyOf(report.reasons());
    }

    private DocumentBytes signed(Optional<X509CRL> list, Optional<byte[]> ocsp) {
        return signed(CryptoStandard.CMS, list, ocsp);
    }

    private DocumentBytes signed(CryptoStandard standard, Optional<X509CRL> list, Optional<byte[]> ocsp) {
        return signed(Samples.page(false), "a", standard, list, ocsp);
    }

    private DocumentBytes signed(
            DocumentBytes page, String field, CryptoStandard standard, Optional<X509CRL> list, Optional<byte[]> ocsp) {
        var output = new ByteArrayOutputStream();
        List<ICrlClient> lists = list
                .map(one -> (ICrlClient) (certificate, url) ->
                        certificate.equals(signer.certificate()) ? List.of(Certificates.der(one)) : List.of())
                .stream()
                .toList();
        IOcspClient client = (certificate, issuer, url) -> ocsp.orElse(null);
        try {
            var pdf = new PdfSigner(new PdfReader(page.stream()), output, new StampingProperties().useAppendMode());
            pdf.setSignerProperties(new SignerProperties()
                    .setFieldName(field)
                    .setClaimedSignDate(GregorianCalendar.from(NOW.atZone(ZoneOffset.UTC))));
            var chain = new Certificate[] {signer.certificate(), root.certificate()};
            pdf.signDetached(new Key(signer), chain, lists, client, null, 20_000, standard);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private record Key(Party party) implements IExternalSignature {
        @Override
        public String getDigestAlgorithmName() {
            return "SHA-256";
        }

        @Override
        public String getSignatureAlgorithmName() {
            return "RSA";
        }

        @Override
        public @Nullable ISignatureMechanismParams getSignatureMechanismParameters() {
            return null;
        }

        @Override
        public byte[] sign(byte[] message) {
            return party.key().sign(message);
        }
    }
}
