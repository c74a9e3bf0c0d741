package org.yinzheng.testdata.corpus;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.testdata.corpus.Party.Standing;

/// Those who sign the corpus, and those who certify them: keys in memory, made when they are first used and gone with
/// the process. Safe for many threads.
public final class CorpusAuthority {
    /// When the documents are signed, unless they say otherwise.
    public static final Instant SIGNED = Instant.parse("2026-11-21T08:00:00Z");
    /// When they are judged, unless they say otherwise.
    public static final Instant JUDGED = SIGNED.plus(Duration.ofHours(1));
    /// The parties whose standing is "ending" have expired, the revocation lists have not.
    public static final Instant AFTER_EXPIRY = SIGNED.plus(Duration.ofDays(20));

    private static final Duration LIST_PERIOD = Duration.ofDays(30);

    private final Map<String, CorpusKey> keys = new HashMap<>();
    private final Map<String, Signer> authorities = new HashMap<>();
    private final Map<Party, Signer> signers = new HashMap<>();
    private final Supplier<Trust> trust = Once.of(this::newTrust);
    private final Supplier<Seal> seal = Once.of(() ->
            seal(Party.SEAL_MAKER, SIGNED.minus(Duration.ofDays(30)), SIGNED.plus(Duration.ofDays(365)), sealers()));
    private final Supplier<SealPicture> picture = Once.of(CorpusAuthority::draw);

    /// P-256 is certified by the authority for RSA.
    public Signer root(Suite suite) {
        return authority("root", suite);
    }

    public Signer issuing(Suite suite) {
        return authority("issuing", suite);
    }

    /// A root that nobody believes, under the name of ours.
    public Signer strangeRoot(Suite suite) {
        return authority("strange", suite);
    }

    private synchronized Signer authority(String role, Suite suite) {
        var above = suite == Suite.SM2_SM3 ? suite : Suite.RSA_SHA256;
        var label = role + " " + above;
        var known = authorities.get(label);
        if (known == null) {
            var key = key(label, above);
            var order = CertificateOrder.authority((role.equals("issuing") ? "东原测试签发机构 " : "东原测试根 ") + above);
            known = role.equals("issuing")
                    ? new Signer(key, List.of(Certifier.certificate(key, order, Optional.of(root(above)))))
                    : new Signer(key, List.of(Certifier.certificate(key, order, Optional.empty())));
            authorities.put(label, known);
        }
        return known;
    }

    private CorpusKey key(String label, Suite suite) {
        return keys.computeIfAbsent(
                label, name -> suite == Suite.SM2_SM3 ? CorpusKey.sm2(name) : CorpusKey.rsa(name, 2048));
    }

    public synchronized CorpusKey key(Party party) {
        return keys.computeIfAbsent(party.keyLabel(), label -> party.newKey());
    }

    public synchronized Signer signer(Party party) {
        var known = signers.get(party);
        if (known == null) {
            var issuer = party.standing() == Standing.STRANGER ? strangeRoot(party.suite()) : issuing(party.suite());
            known = Certifier.signer(key(party), party.certificate(), issuer);
            signers.put(party, known);
        }
        return known;
    }

    public X509Certificate certificate(Party party) {
        return signer(party).certificate();
    }

    public Signer signer(OtherKey kind) {
        CorpusKey key;
        synchronized (this) {
            key = keys.computeIfAbsent(kind.name(), label -> kind.newKey());
        }
        return certified(key, CertificateOrder.signer("东原市税务局"), issuing(Suite.RSA_SHA256));
    }

    /// Another certificate by one of the authorities above, or by a signer who must not issue any.
    public static Signer certified(CorpusKey key, CertificateOrder order, Signer issuer) {
        return Certifier.signer(key, order, issuer);
    }

    /// What the specimens are judged by: both roots and both issuing authorities, the seal maker, all lists.
    public Trust trust() {
        return trust.get();
    }

    private Trust newTrust() {
        var anchors = new LinkedHashSet<X509Certificate>();
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            anchors.add(root(suite).certificate());
            anchors.add(issuing(suite).certificate());
        }
        return new Trust(anchors, Set.of(certificate(Party.SEAL_MAKER)), crls());
    }

    /// Of both authorities of both suites.
    public List<X509CRL> crls() {
        return List.of(
                list(root(Suite.RSA_SHA256), Suite.RSA_SHA256, false),
                list(root(Suite.SM2_SM3), Suite.SM2_SM3, false),
                list(issuing(Suite.RSA_SHA256), Suite.RSA_SHA256, true),
                list(issuing(Suite.SM2_SM3), Suite.SM2_SM3, true));
    }

    private X509CRL list(Signer issuer, Suite suite, boolean withEntries) {
        var revoked = new HashMap<X509Certificate, Instant>();
        for (var party : Party.values()) {
            var at =
                    switch (party.standing()) {
                        case REVOKED -> Optional.of(SIGNED.minus(Duration.ofDays(1)));
                        case REVOKED_LATER -> Optional.of(SIGNED.plus(Duration.ofMinutes(30)));
                        default -> Optional.<Instant>empty();
                    };
            if (withEntries && party.suite() == suite) {
                at.ifPresent(when -> revoked.put(certificate(party), when));
            }
        }
        return Certifier.list(issuer, JUDGED.minus(Duration.ofMinutes(10)), LIST_PERIOD, revoked);
    }

    /// @param at what its clock says
    public TimestampAuthority timestamps(Instant at) {
        return timestamps(Party.TSA_RSA, Party.TSA_SM2, at);
    }

    public TimestampAuthority strangeTimestamps(Instant at) {
        return timestamps(Party.TSA_RSA_STRANGER, Party.TSA_SM2_STRANGER, at);
    }

    private TimestampAuthority timestamps(Party rsa, Party sm2, Instant at) {
        return new TimestampAuthority(
                signer(rsa), signer(sm2), TimestampAuthority.DEMONSTRATION_POLICY, Clock.fixed(at, ZoneOffset.UTC));
    }

    /// A seal in force that lists every party with an SM2 key who is no maker and tells no time.
    public Seal seal() {
        return seal.get();
    }

    public Seal seal(Party maker, Instant from, Instant until, Party... signers) {
        var certificates = Arrays.stream(signers).map(this::certificate).toList();
        return new SealMaker(signer(maker))
                .make(new SealOrder(
                        "11010000000042",
                        "东原市市场监督管理局",
                        SealKind.STATUTORY_NAME,
                        picture(),
                        PermittedSigners.listed(certificates),
                        from,
                        from,
                        until));
    }

    private static Party[] sealers() {
        return Arrays.stream(Party.values())
                .filter(party -> party.suite() == Suite.SM2_SM3
                        && !party.tellsTime()
                        && !party.name().endsWith("SEAL_MAKER"))
                .toArray(Party[]::new);
    }

    /// A ring: no typeface is needed for it.
    public SealPicture picture() {
        return picture.get();
    }

    private static SealPicture draw() {
        var image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.setStroke(new BasicStroke(6));
        graphics.drawOval(5, 5, 190, 190);
        graphics.dispose();
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return new SealPicture(DocumentBytes.owning(png.toByteArray()), 42, 42);
    }
}
