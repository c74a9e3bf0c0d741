package org.yinzheng.signing.certificate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.DemonstrationIssuer.Profile;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;

/// Two certification authorities of two levels, one with RSA and one with SM2, for the demonstration: every
/// subject says 仅供演示. The keys are the custodian's; the folder holds certificates and revocation lists,
/// found again on the next start. Safe for many threads of one process.
public final class DemonstrationAuthority {
    private static final String MARK = "仅供演示 DEMONSTRATION ONLY";
    private static final Duration LIST_RENEWAL = Duration.ofDays(7);
    private static final Duration CERTIFICATE_RENEWAL = Duration.ofDays(30);
    private static final Set<Suite> AUTHORITIES = Set.of(Suite.RSA_SHA256, Suite.SM2_SM3);

    private final KeyCustodian custodian;
    private final CertificateFolder folder;
    private final Clock clock;
    private final Map<String, Signer> signers = new LinkedHashMap<>();

    private DemonstrationAuthority(KeyCustodian custodian, CertificateFolder folder, Clock clock) {
        this.custodian = custodian;
        this.folder = folder;
        this.clock = clock;
    }

    /// Opens the folder, and makes what is missing in it: authorities, the seal maker, current lists.
    ///
    /// @throws Failure.NotDone when the token is away, holds other keys than the certificates are for, or the
    /// folder cannot be written
    public static DemonstrationAuthority open(KeyCustodian custodian, Path directory, Clock clock) {
        var authority = new DemonstrationAuthority(custodian, CertificateFolder.at(directory), clock);
        for (var suite : AUTHORITIES) {
            authority.issuing(suite);
        }
        authority.sealMaker();
        authority.crls();
        return authority;
    }

    /// The seal holder of a body: the same certificate each time, until it is about to expire.
    public synchronized Signer signer(String bodyName, Suite suite) {
        if (bodyName.isBlank()) {
            throw new InvalidInput("body-name", "bodyName", "a signer has a name");
        }
        var short256 =
                Digest.sha256(bodyName.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12);
        return leaf("demo-signer-" + short256 + "-" + shortName(suite), suite, Profile.SIGNER, bodyName);
    }

    /// Certifies a key that was made elsewhere, as a licensed authority does with a certificate request. Keeps nothing.
    public synchronized Signer certify(SigningKey key, String bodyName) {
        var issuer = issuing(key.suite() == Suite.SM2_SM3 ? Suite.SM2_SM3 : Suite.RSA_SHA256);
        var certificate = DemonstrationIssuer.issue(
                Profile.SIGNER,
                subject(bodyName),
                key.publicKey(),
                issuer.key(),
                Optional.of(issuer.certificate()),
                clock.instant());
        return new Signer(key, List.of(certificate, issuer.certificate()));
    }

    public synchronized Signer sealMaker() {
        return leaf("demo-seal-maker-sm2", Suite.SM2_SM3, Profile.SIGNER, "印证演示制章中心");
    }

    public synchronized Signer timestamper(Suite suite) {
        return leaf("demo-tsa-" + shortName(suite), suite, Profile.TIMESTAMPER, "印证演示时间戳服务");
    }

    /// Enters the certificate into its issuer's list. Repeating it changes nothing.
    ///
    /// @throws InvalidInput when it is none of ours
    public synchronized void revoke(X509Certificate certificate, Instant at) {
        for (var label : authorityLabels()) {
            var authority = authority(label);
            if (CertificatePath.isSignedBy(certificate, authority.certificate())) {
                var before = list(label);
                if (before.getRevokedCertificate(certificate.getSerialNumber()) == null) {
                    var entry = new DemonstrationIssuer.Entry(certificate.getSerialNumber(), at);
                    folder.put(label, nextList(authority, Optional.of(before), Optional.of(entry)));
                }
                return;
            }
        }
        throw new InvalidInput("foreign-certificate", "", "the demonstration did not issue this certificate");
    }

    /// The current list of each authority; one that is about to run out is made anew.
    public synchronized List<X509CRL> crls() {
        return authorityLabels().stream().map(this::list).toList();
    }

    /// Roots, and the issuing authorities too: a stamp in an OFD carries nothing but the signer's certificate.
    public synchronized Trust trust() {
        var anchors = new LinkedHashSet<X509Certificate>();
        authorityLabels().forEach(label -> anchors.add(authority(label).certificate()));
        return new Trust(anchors, Set.of(sealMaker().certificate()), crls());
    }

    /// Writes [#trust()] as a folder that [Trust#load] reads.
    public synchronized void exportTrust(Path dir) {
        var anchors = CertificateFolder.at(dir);
        var lists = CertificateFolder.at(dir.resolve("crls"));
        for (var label : authorityLabels()) {
            anchors.put(label, authority(label).certificate());
            lists.put(label, list(label));
        }
        CertificateFolder.at(dir.resolve("seal-makers"))
                .put("demo-seal-maker-sm2", sealMaker().certificate());
    }

    private Signer issuing(Suite suite) {
        return authority("demo-issuing-" + shortName(suite));
    }

    private Signer authority(String label) {
        var suite = label.endsWith("sm2") ? Suite.SM2_SM3 : Suite.RSA_SHA256;
        var isRoot = label.startsWith("demo-root");
        var words = (isRoot ? "印证演示根证书 " : "印证演示签发机构 ") + shortName(suite).toUpperCase(java.util.Locale.ROOT);
        return isRoot
                ? certified(label, suite, Profile.ROOT, words, Optional.empty())
                : certified(
                        label, suite, Profile.ISSUING, words, Optional.of(authority(label.replace("issuing", "root"))));
    }

    private Signer leaf(String label, Suite suite, Profile profile, String name) {
        // P-256 leaves hang below the RSA authority
        var above = suite == Suite.SM2_SM3 ? suite : Suite.RSA_SHA256;
        return certified(label, suite, profile, name, Optional.of(issuing(above)));
    }

    private Signer certified(String label, Suite suite, Profile profile, String name, Optional<Signer> issuer) {
        var known = signers.get(label);
        if (known != null && !isEnding(known.certificate())) {
            return known;
        }
        var certificate = folder.certificate(label);
        // Crash between key and certificate: the key is found again and certified now.
        var key = certificate.isPresent() ? keyOf(label, certificate.get()) : custodian.findOrMake(label, kind(suite));
        if (certificate.isEmpty() || isEnding(certificate.get())) {
            var issued = DemonstrationIssuer.issue(
                    profile,
                    subject(name),
                    key.publicKey(),
                    issuer.map(Signer::key).orElse(key),
                    issuer.map(Signer::certificate),
                    clock.instant());
            certificate = Optional.of(folder.put(label, issued));
        }
        var chain = new ArrayList<X509Certificate>(List.of(certificate.get()));
        if (profile == Profile.SIGNER || profile == Profile.TIMESTAMPER) {
            issuer.ifPresent(one -> chain.add(one.certificate()));
        }
        var signer = new Signer(key, chain);
        signers.put(label, signer);
        return signer;
    }

    private SigningKey keyOf(String label, X509Certificate certificate) {
        return custodian
                .find(label)
                .filter(key -> Arrays.equals(
                        key.publicKey().getEncoded(), certificate.getPublicKey().getEncoded()))
                .orElseThrow(() -> new Failure.NotDone(
                        "the token does not hold the key of certificate " + label
                                + ": bring the token back, or remove the folder of certificates to begin anew",
                        null));
    }

    private X509CRL list(String label) {
        var list = folder.list(label);
        var renewal = clock.instant().plus(LIST_RENEWAL);
        if (list.isPresent() && list.get().getNextUpdate().toInstant().isAfter(renewal)) {
            return list.get();
        }
        return folder.put(label, nextList(authority(label), list, Optional.empty()));
    }

    private X509CRL nextList(Signer authority, Optional<X509CRL> before, Optional<DemonstrationIssuer.Entry> added) {
        return DemonstrationIssuer.list(authority.key(), authority.certificate(), before, added, clock.instant());
    }

    private boolean isEnding(X509Certificate certificate) {
        var renewal = clock.instant().plus(CERTIFICATE_RENEWAL);
        return certificate.getNotAfter().toInstant().isBefore(renewal);
    }

    private static List<String> authorityLabels() {
        return List.of("demo-root-rsa", "demo-issuing-rsa", "demo-root-sm2", "demo-issuing-sm2");
    }

    private static X500Name subject(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "CN")
                .addRDN(BCStyle.O, name)
                .addRDN(BCStyle.OU, MARK)
                .addRDN(BCStyle.CN, name)
                .build();
    }

    private static KeyKind kind(Suite suite) {
        return switch (suite) {
            case RSA_SHA256 -> KeyKind.RSA_2048;
            case ECDSA_P256_SHA256 -> KeyKind.P_256;
            case SM2_SM3 -> KeyKind.SM2;
        };
    }

    private static String shortName(Suite suite) {
        return switch (suite) {
            case RSA_SHA256 -> "rsa";
            case ECDSA_P256_SHA256 -> "p256";
            case SM2_SM3 -> "sm2";
        };
    }
}
