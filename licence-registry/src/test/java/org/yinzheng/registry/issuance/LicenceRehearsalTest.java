package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.registry.seals.SealHouse;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.signing.InvalidInput;

class LicenceRehearsalTest {
    @Test
    void registeredLicence_isMadeAgainWithAnotherSeal_andNothingIsKept(@TempDir Path directory) {
        try (var here = TestInstallation.open(directory, TestPostgres.fresh().open())) {
            var request = TestInstallation.permit("rehearsed-1", "JZ-R1", 0);
            var licence = IssuanceTest.issued(here.issuance().issue(request, TestInstallation.CLERK));
            var rehearsal = new LicenceRehearsal(
                    here.licences,
                    here.catalogue,
                    here.press,
                    new SealSigners(here.custodian, here.demonstration::trust, here.clock),
                    here.clock);
            var other = new SealHouse(here).inUse();

            assertThatCode(() -> rehearsal.rehearse(licence.id(), other)).doesNotThrowAnyException();
            assertThat(here.licences.find(licence.id())).contains(licence);

            var unknown = LicenceId.of(licence.typeCode(), licence.authority().code(), "2026000009999", 1);
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> rehearsal.rehearse(unknown, other))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("licence-unknown"));
        }
    }
}
