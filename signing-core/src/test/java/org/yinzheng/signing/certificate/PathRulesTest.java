package org.yinzheng.signing.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.signing.certificate.TestPki.NOW;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.certificate.TestPki.Party;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// The rules of RFC 5280 §6.1, and the choice among several paths.
class PathRulesTest {
    private final TestPki pki = new TestPki(KeyKind.P_256);
    private final Party root = pki.root("root");

    @Test
    void nameOutsideWhatTheAuthorityMayCertify_isAGap() {
        var constrained = pki.issue(Optional.of(root), pki.key(), "city", builder -> {
            TestPki.authority(-1).add(builder);
            var permitted = new GeneralSubtree(new GeneralName(new X500Name("C=CN,O=city hall")));
            builder.addExtension(
                    Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {permitted}, null));
        });
        var inside = pki.leaf(constrained, "city hall");
        var outside = pki.leaf(constrained, "another city");
        assertThat(reasons(inside, TestPki.trust(root), constrained)).isEmpty();
        assertThat(reasons(outside, TestPki.trust(root), constrained)).containsExactly(Gap.CHAIN_CONSTRAINTS_FAILURE);
    }

    @Test
    void pathLongerThanAllowed_isAGap_andARenewedKeyDoesNotCount() {
        var one = pki.issue(Optional.of(root), pki.key(), "one", TestPki.authority(0));
        var two = pki.authority(one, "two");
        assertThat(reasons(pki.leaf(one, "leaf"), TestPki.trust(root), one)).isEmpty();
        assertThat(reasons(pki.leaf(two, "leaf"), TestPki.trust(root), one, two))
                .containsExactly(Gap.CHAIN_CONSTRAINTS_FAILURE);
        var renewed = pki.issue(Optional.of(one), pki.key(), "one", TestPki.authority(0));
        assertThat(reasons(pki.leaf(renewed, "leaf"), TestPki.trust(root), one, renewed))
                .isEmpty();
    }

    @Test
    void issuerThatIsNoAuthority_orMayNotCertify_isAGap() {
        var leaf = pki.leaf(root, "leaf");
        assertThat(reasons(pki.leaf(leaf, "below"), TestPki.trust(root), leaf))
                .containsExactly(Gap.CHAIN_CONSTRAINTS_FAILURE);
        var listsOnly = pki.issue(Optional.of(root), pki.key(), "lists", builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign));
        });
        assertThat(reasons(pki.leaf(listsOnly, "leaf"), TestPki.trust(root), listsOnly))
                .containsExactly(Gap.CHAIN_CONSTRAINTS_FAILURE);
    }

    @Test
    void unknownCriticalExtension_isAGap() {
        var odd = pki.leaf(
                root,
                "odd",
                builder -> builder.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE));
        assertThat(reasons(odd, TestPki.trust(root))).containsExactly(Gap.CHAIN_CONSTRAINTS_FAILURE);
    }

    @Test
    void crossCertificate_leadsToTheAnchorThatWeHold_whicheverComesFirst() {
        var other = pki.root("other root");
        var issuer = pki.authority(other, "issuer");
        var cross = pki.issue(Optional.of(root), issuer.key(), "issuer", TestPki.authority(-1));
        var leaf = pki.leaf(issuer, "leaf");
        for (var trust : List.of(TestPki.trust(root), TestPki.trust(other))) {
            assertThat(reasons(leaf, trust, issuer, cross, other, root)).isEmpty();
            assertThat(reasons(leaf, trust, root, other, cross, issuer)).isEmpty();
        }
    }

    @Test
    void revokedCrossCertificate_leavesTheOtherPath() {
        var other = pki.root("other root");
        var issuer = pki.authority(other, "issuer");
        var cross = pki.issue(Optional.of(root), issuer.key(), "issuer", TestPki.authority(-1));
        var leaf = pki.leaf(issuer, "leaf");
        var list = TestPki.crl(
                root,
                NOW.minus(TestPki.DAY),
                NOW.plus(TestPki.DAY),
                TestPki.revoking(cross, NOW.minus(TestPki.DAY), 1));
        var trust = TestPki.trust(root, other).with(new RevocationData(List.of(list), List.of()));
        assertThat(reasons(leaf, trust, cross, issuer)).isEmpty();
        assertThat(reasons(leaf, trust, cross)).containsExactly(Gap.REVOKED_CA_NO_POE);
    }

    @Test
    void whatLiesAboveTheAnchor_hasNoSay() {
        var strict = pki.issue(Optional.empty(), pki.key(), "strict", builder -> {
            TestPki.authority(-1).add(builder);
            builder.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE);
        });
        var anchor = pki.authority(strict, "anchor");
        assertThat(reasons(pki.leaf(anchor, "leaf"), TestPki.trust(anchor), strict))
                .isEmpty();
    }

    @Test
    void hundredsOfAuthoritiesThatCertifyEachOther_areGivenUpInTime() {
        var name = "maze";
        var keys = List.of(pki.key(), pki.key(), pki.key(), pki.key());
        var maze = new ArrayList<X509Certificate>();
        var parties = keys.stream()
                .map(key -> pki.issue(Optional.empty(), key, name, TestPki.authority(-1)))
                .toList();
        for (int i = 0; i < 60; i++) {
            var by = parties.get(i % 4);
            maze.add(pki.issue(Optional.of(by), keys.get((i / 4) % 4), name, TestPki.authority(-1))
                    .certificate());
        }
        var leaf = pki.leaf(parties.getFirst(), "leaf");
        assertThat(CertificatePath.all(leaf.certificate(), maze, TestPki.trust(root)))
                .hasSizeLessThan(20);
    }

    private static List<Reason> reasons(Party leaf, Trust trust, Party... others) {
        var certificates =
                java.util.Arrays.stream(others).map(Party::certificate).toList();
        return PathCheck.check(leaf.certificate(), certificates, trust, NOW, NOW).stream()
                .flatMap(check -> check.reason().stream())
                .toList();
    }
}
