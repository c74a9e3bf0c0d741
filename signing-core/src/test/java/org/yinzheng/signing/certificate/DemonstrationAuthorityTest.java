package org.yinzheng.signing.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

class DemonstrationAuthorityTest {
    private static final String BODY = "东原市市场监督管理局";
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path folder;

    private final MemoryCustodian custodian = new MemoryCustodian();

    @Test
    void everySuitesSigner_isTrusted() {
        var authority = open(NOW);
        for (var suite : Suite.values()) {
            assertThat(reasons(authority.signer(BODY, suite), authority.trust(), NOW, NOW))
                    .as(suite.name())
                    .isEmpty();
        }
    }

    @Test
    void stampWithSignersCertificateOnly_isTrustedThroughTheIssuingAnchor() {
        var authority = open(NOW);
        var signer = authority.signer(BODY, Suite.SM2_SM3);
        var checks = PathCheck.check(signer.certificate(), List.of(), authority.trust(), NOW, NOW);
        assertThat(checks).allMatch(Check::passed);
    }

    @Test
    void everySubject_saysThatItIsForDemonstrationOnly() {
        var authority = open(NOW);
        assertThat(authority.trust().anchors()).hasSize(4).allSatisfy(DemonstrationAuthorityTest::isMarked);
        isMarked(authority.signer(BODY, Suite.SM2_SM3).certificate());
        isMarked(authority.sealMaker().certificate());
        isMarked(authority.timestamper(Suite.RSA_SHA256).certificate());
    }

    @Test
    void openedAgain_findsTheSameCertificatesAndLists() {
        var first = open(NOW);
        var signer = first.signer(BODY, Suite.SM2_SM3);
        var later = open(NOW.plusSeconds(3600));
        assertThat(later.signer(BODY, Suite.SM2_SM3).certificate()).isEqualTo(signer.certificate());
        assertThat(later.trust()).isEqualTo(first.trust());
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void crashBetweenKeyAndCertificate_certifiesTheSameKey() throws Exception {
        open(NOW);
        Files.delete(folder.resolve("demo-seal-maker-sm2.crt"));
        var key = custodian.find("demo-seal-maker-sm2").orElseThrow();
        assertThat(open(NOW).sealMaker().certificate().getPublicKey().getEncoded())
                .isEqualTo(key.publicKey().getEncoded());
    }

    @Test
    void tokenWithOtherKeys_isNotDone() {
        open(NOW);
        assertThatThrownBy(() ->
                        DemonstrationAuthority.open(new MemoryCustodian(), folder, Clock.fixed(NOW, ZoneOffset.UTC)))
                .isInstanceOf(Failure.NotDone.class);
    }

    @Test
    void unknownAuthority_isAGap() {
        var signer = open(NOW).signer(BODY, Suite.RSA_SHA256);
        assertThat(reasons(signer, Trust.NONE, NOW, NOW)).contains(Gap.NO_CERTIFICATE_CHAIN_FOUND);
    }

    @Test
    void revokedBeforeSigning_isAFlaw_andAfterwardsAGap_andNothingYetBeforeIt() {
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            var authority = open(NOW);
            var signer = authority.signer(BODY, suite);
            var revoked = NOW.plus(Duration.ofDays(2));
            authority.revoke(signer.certificate(), revoked);
            var trust = open(NOW.plus(Duration.ofDays(3))).trust();
            var later = NOW.plus(Duration.ofDays(4));
            assertThat(reasons(signer, trust, revoked.plusSeconds(1), later)).containsExactly(Flaw.REVOKED);
            assertThat(reasons(signer, trust, NOW, later)).containsExactly(Gap.REVOKED_NO_POE);
            assertThat(reasons(signer, trust, NOW, revoked.minusSeconds(1))).isEmpty();
        }
    }

    @Test
    void revokingTwice_keepsTheFirstDate_andForeignCertificatesAreRefused() {
        var authority = open(NOW);
        var certificate = authority.signer(BODY, Suite.SM2_SM3).certificate();
        authority.revoke(certificate, NOW);
        authority.revoke(certificate, NOW.plusSeconds(60));
        var entries = authority.crls().stream()
                .flatMap(list -> Optional.ofNullable(list.getRevokedCertificate(certificate)).stream())
                .toList();
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().getRevocationDate()).isEqualTo(NOW);
        var foreign = DemonstrationAuthority.open(
                        new MemoryCustodian(), folder.resolve("other"), Clock.fixed(NOW, ZoneOffset.UTC))
                .sealMaker()
                .certificate();
        assertThatThrownBy(() -> authority.revoke(foreign, NOW)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void revokedIssuingAuthority_countsAlthoughItIsAnAnchorItself() {
        var authority = open(NOW);
        var signer = authority.signer(BODY, Suite.SM2_SM3);
        authority.revoke(signer.chain().get(1), NOW);
        assertThat(reasons(signer, authority.trust(), NOW.plusSeconds(1), NOW.plusSeconds(2)))
                .containsExactly(Gap.REVOKED_CA_NO_POE);
    }

    @Test
    void staleList_isRenewedOnOpen_andIsAGapUntilThen() {
        var authority = open(NOW);
        var signer = authority.signer(BODY, Suite.SM2_SM3);
        var later = NOW.plus(Duration.ofDays(40));
        assertThat(reasons(signer, authority.trust(), NOW, later)).containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signer, open(later).trust(), NOW, later)).isEmpty();
    }

    @Test
    void expiredCertificate_isAGap_andTheSignerIsCertifiedAnew() {
        var signer = open(NOW).signer(BODY, Suite.RSA_SHA256);
        var later = NOW.plus(Duration.ofDays(6 * 365));
        var authority = open(later);
        assertThat(reasons(signer, authority.trust(), NOW, later)).containsExactly(Gap.OUT_OF_BOUNDS_NO_POE);
        var renewed = authority.signer(BODY, Suite.RSA_SHA256);
        assertThat(renewed.certificate()).isNotEqualTo(signer.certificate());
        assertThat(renewed.certificate().getPublicKey())
                .isEqualTo(signer.certificate().getPublicKey());
    }

    @Test
    void authoritysOwnCertificate_mayNotSignDocuments() {
        var authority = open(NOW);
        var issuing = authority.signer(BODY, Suite.RSA_SHA256).chain().get(1);
        var checks = PathCheck.check(issuing, List.of(), authority.trust(), NOW, NOW);
        assertThat(checks.stream().flatMap(check -> check.reason().stream()))
                .containsExactly(Gap.CHAIN_CONSTRAINTS_FAILURE);
    }

    @Test
    void leafThatIssuesCertificates_breaksThePath() {
        var authority = open(NOW);
        var leaf = authority.signer(BODY, Suite.RSA_SHA256);
        var key = custodian.make("below", KeyKind.RSA_2048);
        var forged = DemonstrationIssuer.issue(
                DemonstrationIssuer.Profile.SIGNER,
                CertificateRequest.name("CN=forged"),
                key.publicKey(),
                leaf.key(),
                Optional.of(leaf.certificate()),
                NOW);
        var checks = PathCheck.check(forged, leaf.chain(), authority.trust(), NOW, NOW);
        assertThat(checks.getFirst().reason()).contains(Gap.CHAIN_CONSTRAINTS_FAILURE);
    }

    @Test
    void exportedTrust_isReadBackTheSame_andOpensslAgrees() throws Exception {
        var authority = open(Instant.now());
        var exported = folder.resolve("trust");
        authority.exportTrust(exported);
        assertThat(Trust.load(exported)).satisfies(trust -> {
            assertThat(trust.anchors()).isEqualTo(authority.trust().anchors());
            assertThat(trust.sealMakers()).isEqualTo(authority.trust().sealMakers());
            assertThat(trust.crls()).containsExactlyInAnyOrderElementsOf(authority.crls());
        });
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            var signer = authority.signer(BODY, suite);
            Files.writeString(exported.resolve("signer.txt"), Certificates.pem(signer.certificate()));
            var name = suite == Suite.SM2_SM3 ? "sm2" : "rsa";
            assertOpensslVerifies(exported, suite, "demo-issuing-" + name + ".crt", "signer.txt");
            assertOpensslVerifies(exported, suite, "demo-root-" + name + ".crt", "demo-issuing-" + name + ".crt");
        }
    }

    private static void assertOpensslVerifies(Path directory, Suite suite, String issuer, String subject)
            throws Exception {
        // one step at a time: openssl takes the SM2 user ID (its own is empty) for the lowest certificate only
        var command = new ArrayList<>(List.of("openssl", "verify", "-x509_strict", "-partial_chain"));
        if (suite == Suite.SM2_SM3) {
            command.addAll(List.of("-vfyopt", "distid:1234567812345678"));
        }
        command.addAll(List.of("-trusted", issuer, subject));
        var answer = Tool.run(directory, command.toArray(String[]::new));
        assertThat(answer.text()).isEqualTo(subject + ": OK\n");
    }

    @Test
    void trustFolderThatIsMissing_orHoldsSomethingElse_isInvalidInput() throws Exception {
        assertThatThrownBy(() -> Trust.load(folder.resolve("nowhere"))).isInstanceOf(InvalidInput.class);
        Files.writeString(folder.resolve("broken.crt"), "no certificate");
        assertThatThrownBy(() -> Trust.load(folder)).isInstanceOf(InvalidInput.class);
        Files.write(folder.resolve("broken.crt"), new byte[] {0x30, 0x03, 1, 2});
        assertThatThrownBy(() -> Trust.load(folder)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void certificateRequest_isAcceptedByOpenssl() throws Exception {
        var key = custodian.make("request", KeyKind.RSA_2048);
        Files.write(folder.resolve("request.der"), CertificateRequest.pkcs10Der(key, "CN=东原市,O=东原市,C=CN"));
        var answer = Tool.run(folder, "openssl", "req", "-verify", "-noout", "-inform", "DER", "-in", "request.der");
        assertThat(answer.text()).contains("verify OK");
        assertThatThrownBy(() -> CertificateRequest.pkcs10Der(key, "no name")).isInstanceOf(InvalidInput.class);
    }

    private DemonstrationAuthority open(Instant now) {
        return DemonstrationAuthority.open(custodian, folder, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static List<Reason> reasons(Signer signer, Trust trust, Instant claimed, Instant at) {
        return PathCheck.check(signer.certificate(), signer.chain(), trust, claimed, at).stream()
                .flatMap(check -> check.reason().stream())
                .filter(reason -> !(trust.equals(Trust.NONE) && reason == Gap.TRY_LATER))
                .toList();
    }

    private static void isMarked(X509Certificate certificate) {
        assertThat(Certificates.subject(certificate)).contains("仅供演示 DEMONSTRATION ONLY");
    }
}
