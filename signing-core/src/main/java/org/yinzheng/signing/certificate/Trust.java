package org.yinzheng.signing.certificate;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.verdict.Check;

/// Whom we believe. It comes from the operator, never from the document that is judged. Safe for many threads; one
/// that is kept remembers which signatures it has checked.
public final class Trust {
    public static final Trust NONE = new Trust(Set.of(), Set.of(), List.of());

    private final Anchors anchors;
    private final Set<X509Certificate> sealMakers;
    private final List<RevocationList> lists;
    private final List<OcspResponse> ocsps;
    private final List<Listing> listings;
    private final KnownSigners knownSigners;
    private final RevocationSource source;
    private final Witness witness;
    private final AlgorithmPolicy policy;

    /// @param anchors certificates at which a path may end; an issuing authority may stand here beside its root,
    /// for documents (stamps) that carry the signer's certificate only
    /// @param sealMakers who may make seals; such a certificate must lead to an anchor as well
    /// @param crls revocation lists, in any order; each counts only when its issuer's signature verifies. The
    /// policy is the one that comes with the program
    public Trust(Set<X509Certificate> anchors, Set<X509Certificate> sealMakers, List<X509CRL> crls) {
        this(
                new Anchors(anchors, List.of()),
                sealMakers,
                crls.stream().map(RevocationList::new).toList(),
                List.of(),
                List.of(),
                KnownSigners.NONE,
                RevocationSource.NONE,
                Witness.NONE,
                AlgorithmPolicy.standard());
    }

    private Trust(
            Anchors anchors,
            Set<X509Certificate> sealMakers,
            List<RevocationList> lists,
            List<OcspResponse> ocsps,
            List<Listing> listings,
            KnownSigners knownSigners,
            RevocationSource source,
            Witness witness,
            AlgorithmPolicy policy) {
        this.anchors = anchors;
        this.sealMakers = Set.copyOf(sealMakers);
        this.lists = List.copyOf(lists);
        this.ocsps = List.copyOf(ocsps);
        this.listings = List.copyOf(listings);
        this.knownSigners = knownSigners;
        this.source = source;
        this.witness = witness;
        this.policy = policy;
    }

    /// Reads `*.crt`, `*.cer`, `*.pem`, `*.der` of the folder as anchors, those of its `seal-makers` folder as
    /// seal makers, every `*.crl`, `*.pem`, `*.der` of its `crls` folder as revocation lists, every `*.ocsp`,
    /// `*.der`
    /// of its `ocsps` folder as OCSP responses, those of `signers` as certificates of signers whom documents name
    /// by
    /// their key only, and every `*.jwks` as keys of such signers.
    ///
    /// @throws InvalidInput when the folder is not there or a file in it is not what its place says
    public static Trust load(Path dir) {
        return TrustFolder.read(dir);
    }

    public Set<X509Certificate> anchors() {
        return anchors.all();
    }

    public Set<X509Certificate> sealMakers() {
        return sealMakers;
    }

    public List<X509CRL> crls() {
        return lists.stream().map(RevocationList::crl).toList();
    }

    public List<OcspResponse> ocsps() {
        return ocsps;
    }

    public KnownSigners knownSigners() {
        return knownSigners;
    }

    /// Both together, under the policy of this one; what fetches and what is told is this one's, unless it is nothing.
    public Trust plus(Trust other) {
        return new Trust(
                anchors.with(union(anchors(), other.anchors()), join(between(), other.between())),
                union(sealMakers, other.sealMakers),
                join(lists, other.lists),
                join(ocsps, other.ocsps),
                join(listings, other.listings),
                knownSigners.plus(other.knownSigners),
                source.equals(RevocationSource.NONE) ? other.source : source,
                witness.equals(Witness.NONE) ? other.witness : witness,
                policy);
    }

    /// With revocation data from elsewhere, such as what the document brings.
    public Trust with(RevocationData data) {
        if (data.isEmpty()) {
            return this;
        }
        var more = data.crls().stream().map(RevocationList::new).toList();
        return new Trust(
                anchors,
                sealMakers,
                join(lists, more),
                join(ocsps, data.ocsps()),
                listings,
                knownSigners,
                source,
                witness,
                policy);
    }

    /// With certificates that may lie between a signer and an anchor; they are believed only as far as one vouches.
    public Trust withCertificates(Collection<X509Certificate> certificates) {
        var more = anchors.with(
                anchors(),
                Stream.concat(between().stream(), certificates.stream()).toList());
        return new Trust(more, sealMakers, lists, ocsps, listings, knownSigners, source, witness, policy);
    }

    public Trust with(Listing listing) {
        return new Trust(
                anchors,
                sealMakers,
                lists,
                ocsps,
                join(listings, List.of(listing)),
                knownSigners,
                source,
                witness,
                policy);
    }

    public Trust with(KnownSigners signers) {
        return new Trust(
                anchors, sealMakers, lists, ocsps, listings, knownSigners.plus(signers), source, witness, policy);
    }

    public Trust with(RevocationSource fetching) {
        return new Trust(anchors, sealMakers, lists, ocsps, listings, knownSigners, fetching, witness, policy);
    }

    public Trust withPolicy(AlgorithmPolicy other) {
        return new Trust(anchors, sealMakers, lists, ocsps, listings, knownSigners, source, witness, other);
    }

    public Trust with(Witness told) {
        return new Trust(anchors, sealMakers, lists, ocsps, listings, knownSigners, source, told, policy);
    }

    /// Whether the certificate, byte for byte, is one of the seal makers. It must also lead to an anchor.
    public boolean listsSealMaker(X509Certificate certificate) {
        // by bytes: certificates read by different libraries need not be equal to each other
        var der = bytes(certificate);
        return sealMakers.stream().anyMatch(one -> bytes(one).equals(der));
    }

    /// What the trust lists say of a seal maker that they know.
    public List<Check> checkSealMaker(X509Certificate maker, Listing.OfSeal seal, Moment moment) {
        return best(listings.stream()
                .map(listing -> listing.judgeSealMaker(maker, seal, moment))
                .toList());
    }

    /// Whether the licence's own authority is among the signers, as far as the lists can tell.
    ///
    /// @param licenceId GB/T 36904
    /// @param signers subjects (RFC 4514) of certificates whose signatures hold
    public Optional<Check> checkIssuer(String licenceId, Collection<String> signers) {
        return listings.stream()
                .flatMap(listing -> listing.judgeIssuer(licenceId, signers).stream())
                .findFirst();
    }

    /// What lists say of the anchors and seal makers.
    public List<Listing> listings() {
        return listings;
    }

    public Witness witness() {
        return witness;
    }

    /// Until when algorithms and keys prove anything.
    public AlgorithmPolicy policy() {
        return policy;
    }

    /// Of the lists that know a certificate of the path, what the first says that lets it pass, or else the first.
    List<Check> judge(List<X509Certificate> path, Listing.Role role, Moment moment) {
        return best(listings.stream()
                .map(listing -> listing.judge(path, role, moment))
                .toList());
    }

    /// An anchor of the operator's folder may publish no revocation data; one of a trust list when that says so.
    boolean acceptsSilence(X509Certificate anchor) {
        var said = listings.stream()
                .flatMap(listing -> listing.acceptsSilence(anchor).stream())
                .toList();
        return said.isEmpty() || said.contains(true);
    }

    Anchors paths() {
        return anchors;
    }

    public List<X509Certificate> between() {
        return anchors.between();
    }

    /// Who may have issued a certificate or a list, as far as we know beforehand.
    public List<X509Certificate> issuers() {
        return Stream.concat(anchors().stream(), between().stream()).toList();
    }

    List<RevocationList> lists() {
        return lists;
    }

    public RevocationSource source() {
        return source;
    }

    private static List<Check> best(List<List<Check>> said) {
        var known = said.stream().filter(checks -> !checks.isEmpty()).toList();
        return known.stream()
                .filter(checks -> checks.stream().allMatch(Check::passed))
                .findFirst()
                .or(() -> known.stream().findFirst())
                .orElse(List.of());
    }

    private static ByteBuffer bytes(X509Certificate certificate) {
        return ByteBuffer.wrap(Certificates.der(certificate));
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static <T> List<T> join(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trust trust
                && anchors().equals(trust.anchors())
                && sealMakers.equals(trust.sealMakers)
                && between().equals(trust.between())
                && crls().equals(trust.crls())
                && ocsps.equals(trust.ocsps)
                && listings.equals(trust.listings)
                && knownSigners.equals(trust.knownSigners)
                && source.equals(trust.source)
                && witness.equals(trust.witness)
                && policy.equals(trust.policy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(anchors(), sealMakers, crls());
    }
}
