package org.yinzheng.registry.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.seals.SealHouse.CUSTODIAN;
import static org.yinzheng.registry.seals.SealHouse.MAKER;
import static org.yinzheng.registry.seals.SealHouse.done;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.Suite;

/// Certificates of real authorities for real keys on the token.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateIntakeTest {
    @TempDir
    private static Path folder = Path.of("");

    private TestInstallation here;
    private SealHouse house;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        house = new SealHouse(here);
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void certificatesOfBothSuites_areKeptWithTheirChains() {
        var seal = house.certified();

        assertThat(seal.making().orElseThrow().signers()).hasSize(2).allSatisfy(key -> assertThat(key.chain())
                .hasSize(2));
    }

    @Test
    void derWithoutItsChain_isCompletedFromTheTrustList() {
        var seal = house.approved();
        var alone = DocumentBytes.owning(Certificates.der(signed(seal, Suite.SM2_SM3)));

        var certified = done(house.office.certify(seal.id(), List.of(alone), CUSTODIAN));

        assertThat(certified
                        .making()
                        .orElseThrow()
                        .signer(Suite.SM2_SM3)
                        .orElseThrow()
                        .chain())
                .hasSize(2);
    }

    @Test
    void requestOfEveryKey_isOneThatOpensslVerifies() throws Exception {
        var seal = house.approved();
        for (var key : seal.making().orElseThrow().signers()) {
            var file = Files.write(
                    folder.resolve(key.label() + ".p10"), key.request().toByteArray());
            var command = new java.util.ArrayList<>(List.of(
                    "openssl",
                    "req",
                    "-verify",
                    "-inform",
                    "DER",
                    "-noout",
                    "-subject",
                    "-nameopt",
                    "utf8",
                    "-in",
                    file.toString()));
            if (key.suite() == Suite.SM2_SM3) {
                command.addAll(List.of("-vfyopt", "distid:1234567812345678"));
            }
            var openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new ByteArrayOutputStream();
            openssl.getInputStream().transferTo(said);

            assertThat(openssl.waitFor())
                    .as(said.toString(StandardCharsets.UTF_8))
                    .isZero();
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("OK").contains(seal.name());
        }
    }

    @Test
    void certificateForAnotherKey_isAMismatch() {
        var others = house.certificates(house.approved());

        assertRefused("certificate-key-mismatch", house, house.approved(), others.getFirst());
    }

    @Test
    void certificateThatExpired_isRefused() {
        var later = new SealHouse(here, Clock.offset(here.clock, Duration.ofDays(5 * 366)));
        var seal = house.approved();

        assertRefused(
                "certificate-expired", later, seal, house.certificates(seal).getFirst());
    }

    @Test
    void certificateThatWasRevoked_isRefused() {
        var seal = house.approved();
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            var certificate = signed(seal, suite);
            here.demonstration.revoke(certificate, here.clock.instant().minusSeconds(60));

            assertRefused("certificate-revoked", house, seal, DocumentBytes.owning(Certificates.der(certificate)));
        }
    }

    @Test
    void certificateOfAnAuthorityThatNobodyTrusts_isRefused(@TempDir Path pki) {
        var strangers =
                DemonstrationAuthority.open(new PrefixedCustodian(here.custodian, "stranger-"), pki, here.clock);
        var seal = house.approved();
        var key = seal.making().orElseThrow().signer(Suite.SM2_SM3).orElseThrow();
        var certificate =
                SealHouse.pem(strangers.certify(here.custodian.find(key.label()).orElseThrow(), seal.name()));

        assertRefused("certificate-untrusted", house, seal, certificate);
    }

    @Test
    void bytesThatAreNoCertificate_orTooMany_areRefused() {
        var seal = house.approved();

        assertRefused("certificate-form", house, seal, DocumentBytes.owning(new byte[] {0x30, 1, 2}));
        assertRefused("certificate-form", house, seal, DocumentBytes.owning(new byte[300 << 10]));
    }

    @Test
    void sealWithAKeyThatIsNotCertified_isNotMade() {
        var seal = house.approved();
        done(house.office.certify(seal.id(), house.certificates(seal).subList(0, 1), CUSTODIAN));

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> house.step(seal, Step.MAKE, MAKER))
                .satisfies(e -> assertThat(e.code()).isEqualTo("certificate-missing"));
    }

    @Test
    void certificateRevokedBeforeTheSealIsMade_stopsIt() {
        var seal = house.certified();
        var own = seal.making().orElseThrow().signer(Suite.SM2_SM3).orElseThrow();
        here.demonstration.revoke(own.chain().getFirst(), here.clock.instant().minusSeconds(60));

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> house.step(seal, Step.MAKE, MAKER))
                .satisfies(e -> assertThat(e.code()).isEqualTo("certificate-revoked"));
    }

    @Test
    void certificatesForASealThatIsNotBeingMade_areRefused() {
        var seal = house.inUse();

        assertThat(house.office.certify(seal.id(), List.of(DocumentBytes.owning(new byte[1])), CUSTODIAN))
                .isEqualTo(new StepResult.WrongState(SealState.IN_USE, Optional.empty()));
    }

    private java.security.cert.X509Certificate signed(SealRecord seal, Suite suite) {
        var key = seal.making().orElseThrow().signer(suite).orElseThrow();
        return here.demonstration
                .certify(here.custodian.find(key.label()).orElseThrow(), seal.name())
                .certificate();
    }

    private static void assertRefused(String code, SealHouse house, SealRecord seal, DocumentBytes certificate) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> house.office.certify(seal.id(), List.of(certificate), CUSTODIAN))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        assertThat(house.seals.find(seal.id())).hasValue(seal);
    }
}
