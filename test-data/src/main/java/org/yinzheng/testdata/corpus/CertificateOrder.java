package org.yinzheng.testdata.corpus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;

/// What is to be certified.
///
/// @param keyUsage the bits of Bouncy Castle's `KeyUsage`
/// @param purposes object identifiers of the extended key usage; none leaves the extension out
/// @param strict whether that extension is critical
/// @param authority whether it may issue certificates
public record CertificateOrder(
        String subject,
        Instant from,
        Instant until,
        int keyUsage,
        List<String> purposes,
        boolean strict,
        boolean authority) {
    public static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    private static final Duration YEARS = Duration.ofDays(3650);

    public CertificateOrder {
        purposes = List.copyOf(purposes);
    }

    public static CertificateOrder signer(String subject) {
        return new CertificateOrder(
                subject,
                CorpusAuthority.SIGNED.minus(Duration.ofDays(365)),
                CorpusAuthority.SIGNED.plus(YEARS),
                KeyUsage.digitalSignature | KeyUsage.nonRepudiation,
                List.of(),
                true,
                false);
    }

    public static CertificateOrder timestamper(String subject) {
        return signer(subject).purposes(TIME_STAMPING);
    }

    public static CertificateOrder authority(String subject) {
        return new CertificateOrder(
                subject,
                CorpusAuthority.SIGNED.minus(YEARS),
                CorpusAuthority.SIGNED.plus(YEARS.multipliedBy(2)),
                KeyUsage.keyCertSign | KeyUsage.cRLSign,
                List.of(),
                true,
                true);
    }

    public CertificateOrder valid(Instant begin, Instant end) {
        return new CertificateOrder(subject, begin, end, keyUsage, purposes, strict, authority);
    }

    public CertificateOrder usage(int bits) {
        return new CertificateOrder(subject, from, until, bits, purposes, strict, authority);
    }

    public CertificateOrder purposes(String... oids) {
        return new CertificateOrder(subject, from, until, keyUsage, List.of(oids), strict, authority);
    }

    /// The purposes, not critical.
    public CertificateOrder lenient() {
        return new CertificateOrder(subject, from, until, keyUsage, purposes, false, authority);
    }
}
