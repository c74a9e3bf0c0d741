package org.yinzheng.testdata.differential;

import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Date;
import java.util.TreeSet;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;

/// The European Commission's validator, as its users call it: with its own policy.
final class EuDss {
    private final CommonCertificateVerifier verifier = new CommonCertificateVerifier();

    EuDss(Trust trust) {
        var anchors = new CommonTrustedCertificateSource();
        trust.anchors().stream()
                .filter(anchor -> anchor.getPublicKey().getAlgorithm().equals("RSA"))
                .forEach(anchor -> anchors.addCertificate(new CertificateToken(anchor)));
        verifier.setTrustedCertSources(anchors);
        verifier.setCrlSource(new ExternalResourcesCRLSource(trust.crls().stream()
                .filter(list -> list.getSigAlgName().contains("RSA"))
                .map(list -> new ByteArrayInputStream(Certificates.der(list)))
                .toArray(InputStream[]::new)));
    }

    /// The worst of all signatures; `NO-SIGNATURE` when it finds none, `EXCEPTION` when it gives up.
    String verdict(DocumentBytes pdf, Instant at) {
        try {
            var validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(pdf.toByteArray()));
            validator.setCertificateVerifier(verifier);
            validator.setValidationTime(Date.from(at));
            var report = validator.validateDocument().getSimpleReport();
            var verdicts = new TreeSet<String>();
            report.getSignatureIdList()
                    .forEach(id -> verdicts.add(report.getIndication(id).name().replace('_', '-')));
            if (verdicts.isEmpty()) {
                return "NO-SIGNATURE";
            }
            return verdicts.contains("TOTAL-FAILED") ? "TOTAL-FAILED" : verdicts.first();
        } catch (RuntimeException | StackOverflowError e) { // whatever it throws for such a file, it has no verdict
            return "EXCEPTION";
        }
    }
}
