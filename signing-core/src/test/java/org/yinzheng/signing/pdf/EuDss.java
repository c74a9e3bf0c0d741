package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;

/// The European Commission's own validator, for a second opinion on PAdES. It knows no SM2: of a document with both,
/// the RSA signature counts here.
final class EuDss {
    /// @param sub null when the signature passed
    record Opinion(
            SignatureLevel level,
            Indication indication,
            @Nullable SubIndication sub,
            String errors) {}

    private EuDss() {}

    /// Every signature of the document, in its order. One that was not found is a fault of the test's own set-up, for
    /// this library reports zero signatures and no error for a file that it cannot read.
    static List<Opinion> validate(DocumentBytes pdf, Trust trust, Instant at) {
        var anchors = new CommonTrustedCertificateSource();
        trust.anchors().stream()
                .filter(anchor -> anchor.getPublicKey().getAlgorithm().equals("RSA"))
                .forEach(anchor -> anchors.addCertificate(new CertificateToken(anchor)));
        var verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(anchors);
        verifier.setCrlSource(new ExternalResourcesCRLSource(trust.crls().stream()
                .filter(list -> list.getSigAlgName().contains("RSA"))
                .map(list -> new ByteArrayInputStream(Certificates.der(list)))
                .toArray(InputStream[]::new)));
        var validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(pdf.toByteArray()));
        validator.setCertificateVerifier(verifier);
        validator.setValidationTime(Date.from(at));
        var report = validator.validateDocument().getSimpleReport();
        var opinions = new ArrayList<Opinion>();
        for (var id : report.getSignatureIdList()) {
            opinions.add(new Opinion(
                    report.getSignatureFormat(id),
                    report.getIndication(id),
                    report.getSubIndication(id),
                    report.getAdESValidationErrors(id).stream()
                            .map(message -> message.getValue())
                            .toList()
                            .toString()));
        }
        assertThat(opinions).as("signatures that EU DSS found").isNotEmpty();
        return List.copyOf(opinions);
    }

    static void assertPasses(DocumentBytes pdf, Trust trust, Instant at, SignatureLevel... levels) {
        var opinions = validate(pdf, trust, at);
        assertThat(opinions).as("%s", opinions).allSatisfy(one -> assertThat(one.indication())
                .isEqualTo(Indication.TOTAL_PASSED));
        assertThat(opinions).extracting(Opinion::level).containsExactly(levels);
    }
}
