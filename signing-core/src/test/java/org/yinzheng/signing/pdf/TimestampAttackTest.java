package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.signatures.ITSAClient;
import com.itextpdf.signatures.PdfSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// Timestamps that are copied, forged or put where they prove nothing.
class TimestampAttackTest {
    private final Ages ages = new Ages();

    @Test
    void timestampOfAnotherSignature_isInvalid() {
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            var other =
                    DocumentBytes.owning(Cryptography.digest(suite.digestName()).digest(new byte[] {1}));
            var report =
                    ages.verify(signed(suite, (digest, of) -> ages.timestamps().tokenOver(other, of)));
            assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
            assertThat(PdfVerifierTest.reasons(report)).containsExactly(Flaw.TIMESTAMP_TRANSPLANTED);
        }
    }

    @Test
    void tokenThatIsNone_isInvalid() {
        var report = ages.verify(signed(
                Suite.RSA_SHA256,
                (digest, of) -> DocumentBytes.of(HexFormat.of().parseHex("300b06092a864886f70d010701"))));
        assertThat(PdfVerifierTest.reasons(report)).containsExactly(Flaw.TIMESTAMP_INVALID);
    }

    @Test
    void invalidTimestamp_provesNoTimeForAnExpiredSigner() {
        var other = DocumentBytes.owning(Cryptography.digest("SHA-256").digest(new byte[] {1}));
        var pdf = signed(Suite.RSA_SHA256, (digest, of) -> ages.timestamps().tokenOver(other, of));
        ages.pass(Duration.ofDays(6 * 365));
        assertThat(PdfVerifierTest.reasons(ages.verify(pdf)))
                .contains(Flaw.TIMESTAMP_TRANSPLANTED, Gap.OUT_OF_BOUNDS_NO_POE);
    }

    @Test
    void documentTimestampOverOtherBytes_isInvalidAndTheSignatureStaysAsItIs() {
        var signed = ages.stamped(Suite.RSA_SHA256, Level.B);
        var report = (Report.Judged) ages.verify(timestamped(signed, imprint -> {
            imprint[0] ^= 1;
            return imprint;
        }));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
        assertThat(report.signatures().getFirst().reasons()).isEmpty();
        assertThat(report.signatures().getLast().reasons()).containsExactly(Flaw.TIMESTAMP_TRANSPLANTED);
    }

    @Test
    void documentThatIsOnlyTimestamped_isNotSigned() {
        var pdf = timestamped(Samples.page(false), imprint -> imprint);
        assertThat(ages.verify(pdf).indication()).isEqualTo(Indication.NO_SIGNATURE);
    }

    @Test
    void onlyTimestampedAndChangedSince_isNotPassedOver() {
        var pdf = timestamped(Samples.page(false), imprint -> imprint);
        var report = ages.verify(PdfVerifierTest.append(pdf.toByteArray(), "99 0 obj\n<</Type/Page>>\nendobj\n"));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
    }

    @Test
    void laterTimestampThatClaimsAnEarlierTime_isInImpossibleOrder() {
        var signed = ages.stamped(Suite.RSA_SHA256, Level.T);
        var earlier = ages.now().minusSeconds(30);
        ages.pass(Duration.ofSeconds(-30));
        var pdf = timestamped(signed, imprint -> imprint);
        ages.pass(Duration.ofHours(1));
        var report = (Report.Judged) ages.verify(pdf);
        assertThat(report.signatures().getLast().claimedTime()).contains(earlier);
        assertThat(PdfVerifierTest.reasons(report)).containsExactly(Gap.TIMESTAMP_ORDER_FAILURE);
    }

    @Test
    void timestampCertificate_signsNoDocument() {
        var service = ages.authority().timestamper(Suite.RSA_SHA256);
        var pdf = ages.stamped(Samples.page(false), PdfStamp.baseline("a", service, ages.now(), ""));
        assertThat(PdfVerifierTest.reasons(ages.verify(pdf))).containsExactly(Gap.CHAIN_CONSTRAINTS_FAILURE);
    }

    @Test
    void signatureInPlaceOfADocumentTimestamp_isInvalid() {
        var cms = new String(ages.stamped(Suite.RSA_SHA256, Level.B).toByteArray(), StandardCharsets.ISO_8859_1);
        var relabelled = cms.replace("/ETSI.CAdES.detached", "/ETSI.RFC3161       ");
        var report = ages.verify(DocumentBytes.of(relabelled.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(PdfVerifierTest.reasons(report)).contains(Flaw.TIMESTAMP_INVALID);
    }

    private DocumentBytes signed(Suite suite, TimestampSource source) {
        return new PdfStamper(Optional.of(source), Evidence.from(ages.authority()::trust))
                .stamp(Samples.page(false), ages.stamp("a", suite, Level.T))
                .document();
    }

    private DocumentBytes timestamped(DocumentBytes pdf, UnaryOperator<byte[]> forging) {
        var output = new ByteArrayOutputStream();
        try {
            new PdfSigner(new PdfReader(pdf.stream()), output, new StampingProperties().useAppendMode())
                    .timestamp(new Forger(ages, forging), "time");
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private record Forger(Ages ages, UnaryOperator<byte[]> forging) implements ITSAClient {
        @Override
        public int getTokenSizeEstimate() {
            return 8192;
        }

        @Override
        public MessageDigest getMessageDigest() {
            return Cryptography.digest("SHA-256");
        }

        @Override
        public byte[] getTimeStampToken(byte[] imprint) {
            return ages.timestamps()
                    .tokenOver(DocumentBytes.of(forging.apply(imprint)), Suite.RSA_SHA256)
                    .toByteArray();
        }
    }
}
