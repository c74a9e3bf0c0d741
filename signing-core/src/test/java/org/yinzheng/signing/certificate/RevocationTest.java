package org.yinzheng.signing.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yinzheng.signing.certificate.TestPki.DAY;
import static org.yinzheng.signing.certificate.TestPki.NOW;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.certificate.TestPki.Extras;
import org.yinzheng.signing.certificate.TestPki.Party;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Revocation lists and OCSP responses, right and wrong ones.
class RevocationTest {
    private static final CertificateStatus GOOD = CertificateStatus.GOOD;
    private static final String ADDRESS = "http://crl.example.cn/part-1.crl";

    @TempDir
    Path folder;

    private final TestPki pki = new TestPki(KeyKind.P_256);
    private final Party root = pki.root("root");
    private final Party issuer = pki.authority(root, "issuer");
    private final Party signer = pki.leaf(issuer, "signer", names(ADDRESS));

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"P_256", "SM2"})
    void responseOfTheIssuerItself_saysGoodAndRevoked(KeyKind kind) {
        var keys = new TestPki(kind);
        var top = keys.root("root");
        var leaf = keys.leaf(top, "leaf", names(ADDRESS));
        for (var digest : List.of(TestPki.SHA_1, TestPki.SHA_256, TestPki.SM_3)) {
            var good = TestPki.ocsp(top, leaf, top, GOOD, digest, NOW.minusSeconds(60), NOW.plus(DAY));
            assertThat(reasons(leaf, TestPki.trust(top), good)).as(digest).isEmpty();
        }
        var revoked = TestPki.ocsp(top, leaf, top, new RevokedStatus(Date.from(NOW.minus(DAY)), 1));
        assertThat(reasons(leaf, TestPki.trust(top), revoked)).containsExactly(Flaw.REVOKED);
        assertThat(reasons(leaf, TestPki.trust(top))).containsExactly(Gap.TRY_LATER);
    }

    @Test
    void delegatedResponder_countsWithItsPurposeOnly() {
        var trust = TestPki.trust(issuer);
        var responder = pki.leaf(issuer, "responder", responder(true));
        assertThat(reasons(signer, trust, TestPki.ocsp(responder, signer, issuer, GOOD)))
                .isEmpty();
        var withoutPurpose = pki.leaf(issuer, "other");
        assertThat(reasons(signer, trust, TestPki.ocsp(withoutPurpose, signer, issuer, GOOD)))
                .containsExactly(Gap.TRY_LATER);
        var ofTheRoot = pki.leaf(root, "responder of another authority", responder(true));
        assertThat(reasons(signer, trust, TestPki.ocsp(ofTheRoot, signer, issuer, GOOD)))
                .containsExactly(Gap.TRY_LATER);
        var expired = TestPki.ocsp(
                responder,
                signer,
                issuer,
                GOOD,
                TestPki.SHA_1,
                NOW.plus(DAY.multipliedBy(301)),
                NOW.plus(DAY.multipliedBy(900)));
        assertThat(reasons(signer, trust, expired)).containsExactly(Gap.TRY_LATER);
    }

    @Test
    void revokedResponder_saysNothing() {
        var responder = pki.leaf(issuer, "responder", responder(false));
        var good = TestPki.ocsp(responder, signer, issuer, GOOD);
        assertThat(reasons(signer, TestPki.trust(issuer), good)).isEmpty();
        var list = TestPki.crl(
                issuer, NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY), TestPki.revoking(responder, NOW.minus(DAY), 1));
        assertThat(reasons(signer, with(TestPki.trust(issuer), list), good)).containsExactly(Gap.TRY_LATER);
    }

    @Test
    void responseAboutAnotherCertificate_orOfAStranger_orStale_orUnknown_saysNothing() {
        var trust = TestPki.trust(issuer);
        var sibling = pki.leaf(issuer, "sibling");
        var stranger = pki.root("issuer");
        assertThat(reasons(signer, trust, TestPki.ocsp(issuer, sibling, issuer, GOOD)))
                .containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signer, trust, TestPki.ocsp(issuer, signer, root, GOOD)))
                .containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signer, trust, TestPki.ocsp(stranger, signer, issuer, GOOD)))
                .containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signer, trust, TestPki.ocsp(issuer, signer, issuer, new UnknownStatus())))
                .containsExactly(Gap.TRY_LATER);
        var stale = TestPki.ocsp(
                issuer, signer, issuer, GOOD, TestPki.SHA_1, NOW.minus(DAY.multipliedBy(9)), NOW.minusSeconds(1));
        assertThat(reasons(signer, trust, stale)).containsExactly(Gap.TRY_LATER);
        var endless = TestPki.ocsp(issuer, signer, issuer, GOOD, TestPki.SHA_1, NOW.minus(DAY.multipliedBy(9)), null);
        assertThat(reasons(signer, trust, endless)).containsExactly(Gap.TRY_LATER);
    }

    @Test
    void oneChangedByte_saysNothing() {
        var good = TestPki.ocsp(issuer, signer, issuer, GOOD);
        for (int i = 0; i < good.length; i++) {
            var changed = good.clone();
            changed[i] ^= 1;
            try {
                var response = OcspResponse.parse(changed);
                // the frame around the signed answer may differ, and be written anew as it was
                if (!response.der().equals(OcspResponse.parse(good).der())) {
                    assertThat(reasons(signer, with(TestPki.trust(issuer), response)))
                            .as("byte %d", i)
                            .containsExactly(Gap.TRY_LATER);
                }
            } catch (InvalidInput e) {
                assertThat(e.code()).isEqualTo("ocsp-form");
            }
        }
    }

    @Test
    void responseThatIsNone_orAnError_orTooLarge_isRefused() {
        var error = new byte[] {0x30, 3, 0x0a, 1, 6};
        for (var bytes : List.of(new byte[0], error, new byte[OcspResponse.LARGEST + 1], new byte[] {0x30, 0})) {
            assertThatThrownBy(() -> OcspResponse.parse(bytes)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void responseThatOpensslMade_isRead_andOpensslReadsOurs() throws Exception {
        write("issuer.pem", issuer);
        write("signer.pem", signer);
        write("root.pem", root);
        Files.write(folder.resolve("good.der"), TestPki.ocsp(issuer, signer, issuer, GOOD));
        var seconds = Long.toString(NOW.getEpochSecond());
        assertThat(openssl(
                        "ocsp",
                        "-respin",
                        "good.der",
                        "-issuer",
                        "issuer.pem",
                        "-cert",
                        "signer.pem",
                        "-CAfile",
                        "root.pem",
                        "-attime",
                        seconds,
                        "-validity_period",
                        "999999999"))
                .contains("Response verify OK", "signer.pem: good");
        var request = RevocationAddresses.ocspRequest(signer.certificate(), issuer.certificate());
        Files.write(folder.resolve("request.der"), request.toByteArray());
        assertThat(openssl("ocsp", "-reqin", "request.der", "-req_text", "-noverify"))
                .contains("Serial Number: 0"
                        + signer.certificate().getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT));
        var list = TestPki.crl(issuer);
        Files.write(folder.resolve("list.der"), Certificates.der(list));
        assertThat(openssl("crl", "-inform", "DER", "-in", "list.der", "-CAfile", "issuer.pem", "-noout"))
                .contains("verify OK");
    }

    @Test
    void listOfAPart_countsForTheCertificatesThatNameIt() {
        var trust = TestPki.trust(issuer);
        var other = pki.leaf(issuer, "other", names("http://crl.example.cn/part-2.crl"));
        var part = list(scope(ADDRESS, false, false, false));
        assertThat(reasons(signer, with(trust, part))).isEmpty();
        assertThat(reasons(other, with(trust, part))).containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signer, with(trust, list(scope(null, true, false, false)))))
                .isEmpty();
        assertThat(reasons(signer, with(trust, list(scope(null, false, true, false)))))
                .containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signer, with(trust, list(scope(null, false, false, true)))))
                .containsExactly(Gap.TRY_LATER);
        var delta = list(builder ->
                builder.addExtension(Extension.deltaCRLIndicator, true, new CRLNumber(java.math.BigInteger.ONE)));
        assertThat(reasons(signer, with(trust, delta))).containsExactly(Gap.TRY_LATER);
    }

    @Test
    void suspendedCertificate_isAGap_untilANewerListReleasesIt() {
        var trust = TestPki.trust(issuer);
        var held = TestPki.crl(
                issuer,
                NOW.minus(DAY.multipliedBy(3)),
                NOW.plus(DAY),
                TestPki.revoking(signer, NOW.minus(DAY.multipliedBy(4)), 6));
        assertThat(reasons(signer, with(trust, held))).containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signer, with(trust, held, TestPki.crl(issuer)))).isEmpty();
    }

    @Test
    void revocationOnAStaleList_stillCounts() {
        var stale = TestPki.crl(
                issuer, NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY), TestPki.revoking(signer, NOW.minus(DAY), 1));
        assertThat(reasons(signer, with(TestPki.trust(issuer), stale, TestPki.crl(issuer))))
                .containsExactly(Flaw.REVOKED);
    }

    @Test
    void revokedAuthorityInThePath_isAGap() {
        var trust = with(
                TestPki.trust(root, issuer),
                TestPki.crl(issuer),
                TestPki.crl(root, NOW.minus(DAY), NOW.plus(DAY), TestPki.revoking(issuer, NOW.minus(DAY), 1)));
        assertThat(reasons(signer, trust)).containsExactly(Gap.REVOKED_CA_NO_POE);
    }

    @Test
    void silentAuthority_passesWithARemark_unlessATrustListWantsMore() {
        var quiet = pki.leaf(issuer, "quiet");
        assertThat(reasons(quiet, TestPki.trust(issuer))).isEmpty();
        assertThat(reasons(quiet, TestPki.trust(issuer).with(new Wanting()))).containsExactly(Gap.TRY_LATER);
        var never = pki.leaf(
                issuer,
                "short",
                builder -> builder.addExtension(
                        new org.bouncycastle.asn1.ASN1ObjectIdentifier("2.5.29.56"), false, DERNull.INSTANCE));
        assertThat(reasons(never, TestPki.trust(issuer).with(new Wanting()))).isEmpty();
    }

    @Test
    void source_isAskedForAnchoredPathsOnly_andOnlyWhenNothingIsHere() {
        var asked = new ArrayList<String>();
        RevocationSource source = (certificate, by, needed) -> {
            asked.add(Certificates.subject(certificate));
            return new RevocationData(List.of(TestPki.crl(issuer)), List.of());
        };
        assertThat(reasons(signer, TestPki.trust(issuer).with(source))).isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(reasons(
                        signer, with(TestPki.trust(issuer), TestPki.crl(issuer)).with(source)))
                .isEmpty();
        assertThat(reasons(signer, TestPki.trust(pki.root("elsewhere")).with(source)))
                .containsExactly(Gap.NO_CERTIFICATE_CHAIN_FOUND);
        assertThat(asked).hasSize(1);
    }

    @Test
    void witness_isToldThePathAndWhatWasFetched() {
        var told = new ArrayList<RevocationData>();
        var fetched = new RevocationData(List.of(TestPki.crl(issuer)), List.of());
        var trust = TestPki.trust(issuer)
                .with((RevocationSource) (certificate, by, needed) -> fetched)
                .with(new Witness() {
                    @Override
                    public void path(
                            List<java.security.cert.X509Certificate> path, RevocationData used, Moment moment) {
                        assertThat(path).containsExactly(signer.certificate(), issuer.certificate());
                        told.add(used);
                    }

                    @Override
                    public void timestamp(org.yinzheng.signing.DocumentBytes token) {}
                });
        assertThat(reasons(signer, trust)).isEmpty();
        assertThat(told).containsExactly(fetched);
    }

    @Test
    void folder_isReadAgainWhenAListChanges_andStaysAsItWasWhenOneIsBroken() throws Exception {
        Files.createDirectories(folder.resolve("crls"));
        Files.createDirectories(folder.resolve("ocsps"));
        write("issuer.pem", issuer);
        var trust = new TrustFolder(folder);
        assertThat(reasons(signer, trust.get())).containsExactly(Gap.TRY_LATER);
        assertThat(trust.get()).isSameAs(trust.get());
        Files.write(folder.resolve("ocsps/a.ocsp"), TestPki.ocsp(issuer, signer, issuer, GOOD));
        assertThat(reasons(signer, trust.get())).isEmpty();
        var revoking = TestPki.crl(issuer, NOW.minus(DAY), NOW.plus(DAY), TestPki.revoking(signer, NOW.minus(DAY), 1));
        var list = Files.write(folder.resolve("crls/a.crl"), Certificates.der(revoking));
        assertThat(reasons(signer, trust.get())).containsExactly(Flaw.REVOKED);
        Files.write(list, new byte[] {1, 2, 3});
        Files.setLastModifiedTime(list, FileTime.from(Instant.now().plus(Duration.ofSeconds(5))));
        assertThat(reasons(signer, trust.get())).containsExactly(Flaw.REVOKED);
    }

    static List<Reason> reasons(Party party, Trust trust, byte[]... responses) {
        return reasons(
                party,
                with(trust, Arrays.stream(responses).map(OcspResponse::parse).toArray(OcspResponse[]::new)));
    }

    private static List<Reason> reasons(Party party, Trust trust) {
        return PathCheck.check(party.certificate(), List.of(), trust, NOW, NOW).stream()
                .filter(check -> !check.step().equals("signer-key-usage"))
                .flatMap(check -> check.reason().stream())
                .toList();
    }

    private static Trust with(Trust trust, OcspResponse... responses) {
        return trust.with(new RevocationData(List.of(), List.of(responses)));
    }

    private static Trust with(Trust trust, X509CRL... lists) {
        return trust.with(new RevocationData(List.of(lists), List.of()));
    }

    private X509CRL list(Extras<org.bouncycastle.cert.X509v2CRLBuilder> extras) {
        return TestPki.crl(issuer, NOW.minus(DAY), NOW.plus(DAY), extras);
    }

    private static Extras<X509v3CertificateBuilder> names(String address) {
        return builder -> {
            var point = new DistributionPoint(name(address), null, null);
            builder.addExtension(
                    Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
            builder.addExtension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(
                            AccessDescription.id_ad_ocsp,
                            new GeneralName(GeneralName.uniformResourceIdentifier, "http://ocsp.example.cn/")));
        };
    }

    private static Extras<X509v3CertificateBuilder> responder(boolean unchecked) {
        return builder -> {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
            if (unchecked) {
                builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
            }
        };
    }

    private static Extras<org.bouncycastle.cert.X509v2CRLBuilder> scope(
            @org.jspecify.annotations.Nullable String address, boolean users, boolean authorities, boolean indirect) {
        return builder -> builder.addExtension(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(
                        address == null ? null : name(address), users, authorities, null, indirect, false));
    }

    private static DistributionPointName name(String address) {
        return new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address)));
    }

    private void write(String name, Party party) throws Exception {
        Files.writeString(folder.resolve(name), Certificates.pem(party.certificate()));
    }

    private String openssl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return Tool.run(folder, command.toArray(String[]::new)).text();
    }

    /// A trust list that accepts no silence.
    private static final class Wanting implements Listing {
        @Override
        public List<Check> judge(List<java.security.cert.X509Certificate> path, Role role, Moment moment) {
            return List.of();
        }

        @Override
        public List<Check> judgeSealMaker(java.security.cert.X509Certificate maker, OfSeal seal, Moment moment) {
            return List.of();
        }

        @Override
        public Optional<Boolean> acceptsSilence(java.security.cert.X509Certificate anchor) {
            return Optional.of(false);
        }

        @Override
        public Optional<Check> judgeIssuer(String licenceId, java.util.Collection<String> signers) {
            return Optional.empty();
        }
    }
}
