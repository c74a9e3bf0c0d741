package org.yinzheng.signing.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;

/// What a certificate's key may be used for.
final class KeyPurpose {
    private static final String STEP = "signer-key-usage";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    private KeyPurpose() {}

    static Check signsDocuments(X509Certificate signer) {
        var purposes = purposes(signer);
        if (purposes.isPresent() && Set.of(TIME_STAMPING, OCSP_SIGNING).containsAll(purposes.get())) {
            return fault("a service's certificate does not sign documents", "RFC 5280 §4.2.1.12");
        }
        return basic(signer).orElseGet(() -> Check.passed(STEP, "may sign documents", "RFC 5280 §4.2.1.3"));
    }

    static Check tellsTime(X509Certificate authority) {
        var clause = "RFC 3161 §2.3";
        var critical = authority.getCriticalExtensionOIDs();
        if (!purposes(authority).equals(Optional.of(List.of(TIME_STAMPING)))) {
            return fault("its purpose is not timestamping and that alone", clause);
        }
        if (critical == null || !critical.contains(EXTENDED_KEY_USAGE)) {
            return fault("its purpose is not marked critical", clause);
        }
        return basic(authority).orElseGet(() -> Check.passed(STEP, "may tell the time, and nothing else", clause));
    }

    private static Optional<Check> basic(X509Certificate signer) {
        var usage = signer.getKeyUsage();
        if (usage != null && !usage[0] && !usage[1]) {
            return Optional.of(fault("neither digitalSignature nor nonRepudiation", "RFC 5280 §4.2.1.3"));
        }
        return signer.getBasicConstraints() >= 0
                ? Optional.of(
                        fault("an authority's certificate signs certificates, not documents", "RFC 5280 §4.2.1.9"))
                : Optional.empty();
    }

    /// Empty when any is meant.
    private static Optional<List<String>> purposes(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException e) {
            return Optional.of(List.of()); // an extension that cannot be read allows nothing that we ask for
        }
    }

    private static Check fault(String found, String clause) {
        return Check.failed(STEP, found, clause, Gap.CHAIN_CONSTRAINTS_FAILURE);
    }
}
