package org.yinzheng.signing.trustlist;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.verdict.Bilingual;

/// One that a trust list speaks of.
///
/// @param creditCode 统一社会信用代码, of an authority the one that its licences carry
/// @param certificates an authority's own may be left out: its signers are told by their names then
/// @param until its last moment, or empty for no end
/// @param regions division codes (GB/T 2260) of those for whom it is believed; empty: of all. None for a timestamp
/// authority: what time it is does not depend on who asks
/// @param publishesRevocation false for an authority that has no revocation lists and no OCSP
public record TrustEntry(
        Kind kind,
        Bilingual name,
        Optional<String> creditCode,
        List<X509Certificate> certificates,
        Instant from,
        Optional<Instant> until,
        List<String> regions,
        boolean publishesRevocation) {
    /// What it is believed for.
    public enum Kind {
        /// 颁发机构: issues licences.
        AUTHORITY,
        /// 制章者: makes seals.
        SEAL_MAKER,
        /// 电子认证服务机构: certifies signers, seal makers and timestamp authorities.
        CA,
        /// 时间戳机构: tells the time.
        TSA
    }

    public TrustEntry {
        certificates = List.copyOf(certificates);
        regions = List.copyOf(regions);
        Division.of(regions);
        if (kind == Kind.TSA && !regions.isEmpty()) {
            throw new InvalidInput(
                    "trust-list-form", "regions", "a timestamp authority is believed everywhere or not at all");
        }
    }

    /// Whether it is limited to some regions.
    boolean isRegional() {
        return !regions.isEmpty();
    }

    boolean isFor(Division division) {
        return Division.of(regions).stream().anyMatch(one -> one.covers(division));
    }

    boolean isInForce(Instant at) {
        return !at.isBefore(from) && (until.isEmpty() || !at.isAfter(until.get()));
    }

    boolean holds(X509Certificate certificate) {
        var der = Certificates.der(certificate);
        return certificates.stream().anyMatch(one -> java.util.Arrays.equals(Certificates.der(one), der));
    }
}
