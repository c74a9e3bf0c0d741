package org.yinzheng.signing.certificate;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.yinzheng.signing.InvalidInput;

/// Revocation lists and OCSP responses, not believed yet: each counts for what its signer may say.
public record RevocationData(List<X509CRL> crls, List<OcspResponse> ocsps) {
    public static final RevocationData NONE = new RevocationData(List.of(), List.of());

    private static final int MOST = 50;

    public RevocationData {
        crls = List.copyOf(crls);
        ocsps = List.copyOf(ocsps);
    }

    /// What a document brings; what cannot be read is as good as not there.
    ///
    /// @param crls CertificateList, DER
    /// @param ocsps OCSPResponse or BasicOCSPResponse, DER
    public static RevocationData read(Collection<byte[]> crls, Collection<byte[]> ocsps) {
        return new RevocationData(readable(crls, Certificates::parseCrl), readable(ocsps, OcspResponse::parse));
    }

    public RevocationData plus(RevocationData other) {
        var allCrls = new ArrayList<>(crls);
        allCrls.addAll(other.crls);
        var allOcsps = new ArrayList<>(ocsps);
        allOcsps.addAll(other.ocsps);
        return new RevocationData(allCrls, allOcsps);
    }

    /// Whether its issuer, or somebody certified for it, says here what is the matter with the certificate.
    public boolean tells(X509Certificate certificate, X509Certificate issuer, Instant at) {
        var notAfter = certificate.getNotAfter().toInstant();
        return Revocation.said(certificate, issuer, Trust.NONE.with(this)).stream()
                .anyMatch(said -> said.tells(at, notAfter) || said.revokedBy(at).isPresent());
    }

    public boolean isEmpty() {
        return crls.isEmpty() && ocsps.isEmpty();
    }

    private static <T> List<T> readable(Collection<byte[]> all, Function<byte[], T> parser) {
        var read = new ArrayList<T>();
        all.stream().limit(MOST).forEach(der -> {
            try {
                read.add(parser.apply(der));
            } catch (InvalidInput e) {
                // nothing is known from it
            }
        });
        return read;
    }
}
