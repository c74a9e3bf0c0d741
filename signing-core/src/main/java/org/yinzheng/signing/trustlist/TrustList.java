package org.yinzheng.signing.trustlist;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.verdict.Bilingual;

/// What a trust list says, once its signature is known to be right.
///
/// @param region the division code (GB/T 2260) of whose list it is
/// @param sequence counts up with each edition and never goes back
/// @param nextUpdate when it must have been replaced
public record TrustList(
        String region, Bilingual name, long sequence, Instant issued, Instant nextUpdate, List<TrustEntry> entries) {
    public TrustList {
        entries = List.copyOf(entries);
        if (sequence < 1) {
            throw new InvalidInput("trust-list-form", "sequence", "editions of a trust list count from 1");
        }
        if (!nextUpdate.isAfter(issued)) {
            throw new InvalidInput("trust-list-form", "nextUpdate", "a trust list is replaced after it was issued");
        }
        if (!region.matches("[0-9]{6}")) {
            throw new InvalidInput("trust-list-form", "region", "a division code has six digits (GB/T 2260)");
        }
    }

    /// The edition that follows.
    public TrustList next(Instant issuedAt, Instant replacedAt, Collection<TrustEntry> others) {
        return new TrustList(region, name, sequence + 1, issuedAt, replacedAt, List.copyOf(others));
    }

    Set<X509Certificate> certificates(Set<TrustEntry.Kind> kinds) {
        return entries.stream()
                .filter(entry -> kinds.contains(entry.kind()))
                .flatMap(entry -> entry.certificates().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
