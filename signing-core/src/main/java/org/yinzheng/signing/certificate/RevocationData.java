package org.yinzheng.signing.certificate;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.policy.AlgorithmPolicy;

/// Revocation lists and OCSP responses, not believed yet: each counts for what its signer may say.
public record RevocationData(List<X509CRL> crls, List<OcspResponse> ocsps) {
    public static final RevocationData NONE = new RevocationData(List.of(), List.of());

    /// More lists, or more responses, are not looked at.
    public static final int MOST = 50;

    private static final int MOST_BYTES = 32 << 20;

    public RevocationData {
        crls = List.copyOf(crls);
        ocsps = List.copyOf(ocsps);
    }

    /// What a document brings, as far as there is not too much of it; what cannot be read is as good as not there.
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

    /// Without what cannot be believed any more: whoever signed it may have lost the key once its certificate
    /// had ended, so that it has to have existed before.
    ///
    /// @param issuers certificates among which those of the signers are
    /// @param known since when the one list or response is known to exist
    public RevocationData usable(Collection<X509Certificate> issuers, Function<RevocationData, Instant> known) {
        return new RevocationData(
                crls.stream()
                        .filter(list -> issuers.stream()
                                .filter(one -> one.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                                .noneMatch(endedBefore(known.apply(new RevocationData(List.of(list), List.of())))))
                        .toList(),
                ocsps.stream()
                        .filter(response -> Stream.concat(issuers.stream(), response.certificates().stream())
                                .filter(response::isBy)
                                .noneMatch(endedBefore(known.apply(new RevocationData(List.of(), List.of(response))))))
                        .toList());
    }

    private static Predicate<X509Certificate> endedBefore(Instant time) {
        return one -> one.getNotAfter().toInstant().isBefore(time);
    }

    /// Whether all of the other is here, byte for byte.
    public boolean holds(RevocationData other) {
        return ocsps.containsAll(other.ocsps)
                && other.crls.stream().map(Certificates::der).allMatch(der -> crls.stream()
                        .anyMatch(one -> Arrays.equals(Certificates.der(one), der)));
    }

    /// Whether its issuer, or somebody certified for it, says here what is the matter with the certificate.
    public boolean tells(X509Certificate certificate, X509Certificate issuer, Instant at) {
        var notAfter = certificate.getNotAfter().toInstant();
        return Revocation.said(certificate, issuer, Trust.NONE.with(this)).stream()
                .anyMatch(said -> said.tells(at, notAfter) || said.revokedBy(at).isPresent());
    }

    /// The same, by what the policy still allows; to be accused by anything is enough.
    public boolean tells(X509Certificate certificate, X509Certificate issuer, Instant at, AlgorithmPolicy policy) {
        var notAfter = certificate.getNotAfter().toInstant();
        return Revocation.said(certificate, issuer, Trust.NONE.with(this)).stream()
                .anyMatch(said -> (said.tells(at, notAfter) && policy.allows(said.uses(), at))
                        || said.revokedBy(at).isPresent());
    }

    public boolean isEmpty() {
        return crls.isEmpty() && ocsps.isEmpty();
    }

    private static <T> List<T> readable(Collection<byte[]> all, Function<byte[], T> parser) {
        var read = new ArrayList<T>();
        int left = MOST_BYTES;
        for (var der : all.stream().limit(MOST).toList()) {
            left -= der.length;
            if (left < 0) {
                break;
            }
            try {
                read.add(parser.apply(der));
            } catch (InvalidInput e) {
                // nothing is known from it
            }
        }
        return read;
    }
}
