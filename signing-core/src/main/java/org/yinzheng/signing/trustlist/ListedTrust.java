package org.yinzheng.signing.trustlist;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Listing;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.trustlist.TrustEntry.Kind;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;

/// Judges signers by a trust list, and by what we agreed with its region when it is another's.
///
/// An entry has to be in force when the signature is proven to have been made. Where nothing proves the time, it has to
/// be so at the time that the signer claims and still now: a claim alone could be put back before the end.
public record ListedTrust(TrustList list, Optional<RegionProfile> profile) implements Listing {
    private static final String LIST = "trust-list";
    private static final String PROFILE = "region-profile";
    private static final String CLAUSE = "ETSI TS 119 612";
    private static final String REGION = "trust-region";
    private static final String RULE = "GB/T 2260, GB 32100";

    /// `1.2.156.3005.2.<type>.<authority>.<serial>.<version>.<check>` (GB/T 36904).
    private static final Pattern LICENCE =
            Pattern.compile("1\\.2\\.156\\.3005\\.2\\.[0-9A-Z]{21}\\.([0-9A-Z]{18})\\.[0-9A-Z]+\\.[0-9]{3}\\.[0-9A-Z]");

    /// The anchors and seal makers of the list, judged by it.
    public Trust trust() {
        var anchors = list.certificates(EnumSet.of(Kind.AUTHORITY, Kind.CA, Kind.TSA));
        return new Trust(anchors, list.certificates(Set.of(Kind.SEAL_MAKER)), List.of()).with(this);
    }

    @Override
    public List<Check> judge(List<X509Certificate> path, Role role, Moment moment) {
        var known = list.entries().stream()
                .filter(entry -> entry.kind() != Kind.SEAL_MAKER)
                .filter(entry -> path.stream().anyMatch(entry::holds))
                .toList();
        if (known.isEmpty()) {
            return List.of();
        }
        var kinds = role == Role.SIGNER ? EnumSet.of(Kind.CA, Kind.AUTHORITY) : EnumSet.of(Kind.CA, Kind.TSA);
        var fitting =
                known.stream().filter(entry -> kinds.contains(entry.kind())).toList();
        if (fitting.isEmpty()) {
            var name = known.getFirst().name();
            return List.of(Check.failed(
                    LIST,
                    named(name.zh()) + " is listed for something else: "
                            + known.getFirst().kind(),
                    CLAUSE,
                    Gap.NO_CERTIFICATE_CHAIN_FOUND));
        }
        var region = role == Role.SIGNER ? region(path.getFirst()) : Optional.<Division>empty();
        var inForce =
                fitting.stream().filter(one -> force(one, moment).isEmpty()).toList();
        // a timestamp authority below a regional CA tells the same time to everybody
        var entry = inForce.stream()
                .filter(one -> role == Role.TIMESTAMPER
                        || !one.isRegional()
                        || region.filter(one::isFor).isPresent())
                .findFirst()
                .orElse(inForce.isEmpty() ? fitting.getFirst() : inForce.getFirst());
        var checks = checks(entry, path.getFirst(), moment);
        if (role == Role.SIGNER && entry.isRegional()) {
            checks.add(regional(entry, region, "the signer"));
        }
        return checks;
    }

    /// Where a signer is registered: by its own certificate, or by what the list knows of an authority of its name.
    private Optional<Division> region(X509Certificate signer) {
        var subject = Certificates.subject(signer);
        return Division.ofSubjects(List.of(signer)).or(() -> list.entries().stream()
                .filter(entry -> entry.kind() == Kind.AUTHORITY && Names.belongs(subject, entry))
                .flatMap(entry -> entry.creditCode().stream())
                .findFirst()
                .flatMap(Division::ofCreditCode));
    }

    private Check regional(TrustEntry entry, Optional<Division> region, String whose) {
        var what = named(entry.name().zh()) + " is listed for " + String.join(", ", entry.regions());
        if (region.isEmpty()) {
            return Check.failed(REGION, what + "; the region of " + whose + " is not known", RULE, Gap.REGION_UNKNOWN);
        }
        var found = what + "; " + whose + " is of " + region.get().code();
        return entry.isFor(region.get())
                ? Check.passed(REGION, found, RULE)
                : Check.failed(REGION, found, RULE, Gap.REGION_NOT_TRUSTED);
    }

    @Override
    public List<Check> judgeSealMaker(X509Certificate maker, OfSeal seal, Moment moment) {
        var entry = list.entries().stream()
                .filter(one -> one.kind() == Kind.SEAL_MAKER && one.holds(maker))
                .findFirst();
        if (entry.isEmpty()) {
            return List.of();
        }
        var checks = checks(entry.get(), maker, moment);
        if (entry.get().isRegional()) {
            var region = Division.ofSubjects(seal.signers().get()).or(() -> Division.ofSeal(seal.id()));
            checks.add(regional(entry.get(), region, "whoever has the seal"));
        }
        if (profile.isPresent() && !profile.get().accepts(seal.type())) {
            checks.add(Check.failed(
                    PROFILE, "seals of type " + seal.type() + " are not recognised", "", Gap.REGION_PROFILE_UNMET));
        }
        return checks;
    }

    @Override
    public Optional<Boolean> acceptsSilence(X509Certificate anchor) {
        var known = list.entries().stream().filter(entry -> entry.holds(anchor)).toList();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(known.stream().anyMatch(entry -> !entry.publishesRevocation()));
    }

    @Override
    public Optional<Check> judgeIssuer(String licenceId, Collection<String> signers) {
        var matcher = LICENCE.matcher(licenceId);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var code = matcher.group(1);
        var authority = list.entries().stream()
                .filter(entry -> entry.kind() == Kind.AUTHORITY)
                .filter(entry -> entry.creditCode().equals(Optional.of(code)))
                .toList();
        if (authority.isEmpty()) {
            return Optional.empty();
        }
        var name = authority.getFirst().name().zh();
        return Optional.of(
                signers.stream().anyMatch(signer -> authority.stream().anyMatch(one -> Names.belongs(signer, one)))
                        ? Check.passed("signer-authority", name + " issues such licences, and signed", "GB/T 36904")
                        : Check.failed(
                                "signer-authority",
                                name + " issues such licences, and did not sign",
                                "GB/T 36904",
                                Gap.SIGNER_NOT_ISSUING_AUTHORITY));
    }

    private ArrayList<Check> checks(TrustEntry entry, X509Certificate signer, Moment moment) {
        var checks = new ArrayList<Check>();
        var what = named(entry.name().zh());
        if (moment.at().isAfter(list.nextUpdate())) {
            checks.add(Check.failed(
                    LIST, "the list was to be replaced by " + list.nextUpdate(), CLAUSE, Gap.TRUST_LIST_EXPIRED));
        } else {
            var outside = force(entry, moment);
            var period = what + " is listed from " + entry.from()
                    + entry.until().map(until -> " until " + until).orElse("");
            checks.add(
                    outside.isPresent()
                            ? Check.failed(LIST, period, CLAUSE, outside.get())
                            : Check.passed(LIST, period + "; edition " + list.sequence(), CLAUSE));
        }
        if (profile.isPresent()) {
            var used = moment.proven().orElse(moment.claimed());
            var unmet =
                    profile.get().unmet(entry.kind(), signer, moment.proven().isPresent(), used);
            checks.add(
                    unmet.isPresent()
                            ? Check.failed(PROFILE, unmet.get(), "", Gap.REGION_PROFILE_UNMET)
                            : Check.passed(
                                    PROFILE,
                                    "what was agreed with " + list.name().zh() + " is met",
                                    ""));
        }
        return checks;
    }

    private static Optional<Gap> force(TrustEntry entry, Moment moment) {
        Instant made = moment.proven().orElse(moment.claimed());
        if (!entry.isInForce(made)) {
            return Optional.of(Gap.NO_CERTIFICATE_CHAIN_FOUND);
        }
        return entry.isInForce(moment.decisive()) ? Optional.empty() : Optional.of(Gap.OUT_OF_BOUNDS_NO_POE);
    }

    private String named(String entry) {
        return entry + " (" + list.name().zh() + ")";
    }
}
