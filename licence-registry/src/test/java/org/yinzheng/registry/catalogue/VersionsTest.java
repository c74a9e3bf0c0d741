package org.yinzheng.registry.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.InvalidInput;

/// Versions of one type, and how long their licences are in force.
class VersionsTest {
    private static final LocalDate LAST_OF_FIRST = LocalDate.of(2026, 6, 30);
    private static final String PERMIT = Packs.text("residence-permit.yaml");
    private static final String FIRST =
            PERMIT.replace("{from: 2020-01-01}", "{from: 2020-01-01, until: " + LAST_OF_FIRST + "}");
    private static final String SECOND = PERMIT.replace("version: \"1\"", "version: \"2\"")
            .replace("{from: 2020-01-01}", "{from: 2026-07-01}")
            .replace("required: [KZ_XB, KZ_MZ, KZ_CSRQ, KZ_ZZ]", "required: [KZ_XB, KZ_ZZ]");

    private final Catalogue catalogue = Catalogue.of(List.of(SECOND, FIRST));

    @Test
    void versionOfADay_isTheOneInForceOnIt() {
        assertThat(catalogue.type("居住证", LAST_OF_FIRST).version()).isEqualTo("1");
        assertThat(catalogue.type("居住证", LAST_OF_FIRST.plusDays(1)).version()).isEqualTo("2");
        assertThat(catalogue.find("居住证", LocalDate.of(2019, 12, 31))).isEmpty();
        assertThat(catalogue.versions()).extracting(LicenceType::version).containsExactly("1", "2");
        var code = catalogue.type("居住证", LAST_OF_FIRST).code();
        assertThat(catalogue.type(code, "1").schema().path("required")).hasSize(4);
        assertThat(catalogue.type(code, "2").schema().path("required")).hasSize(2);
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> catalogue.type(code, "3"));
    }

    @Test
    void midnightInChina_turnsToTheNextVersion() {
        assertThat(versionAt("2026-06-30T15:59:59Z")).isEqualTo("1");
        assertThat(versionAt("2026-06-30T16:00:00Z")).isEqualTo("2");
    }

    @Test
    void abolishedType_isNoLongerIssued_butStillRead() {
        var abolished =
                Catalogue.of(List.of(FIRST)).at(Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC));
        assertThat(abolished.types()).isEmpty();
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> abolished.type("居住证"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("unknown-type"));
        assertThat(abolished.type("居住证", LAST_OF_FIRST).version()).isEqualTo("1");
        assertThat(abolished.code("居住证")).isEqualTo(catalogue.code("居住证"));
    }

    @Test
    void overlappingVersions_areRefused() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Catalogue.of(List.of(PERMIT, SECOND)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("pack-overlap"));
    }

    @Test
    void validityRules_nameTheLastDay() {
        var from = LocalDate.of(2026, 2, 10);
        var data = JsonNodeFactory.instance.objectNode().put("KZ_YXQZ", "2029-05-12");
        assertThat(new Validity.None().until(from, data)).isEmpty();
        assertThat(new Validity.Years(4).until(from, data)).hasValue(LocalDate.of(2030, 2, 9));
        assertThat(new Validity.YearsToEndOfMonth(4).until(from, data)).hasValue(LocalDate.of(2030, 2, 28));
        var field = new Validity.UntilField("KZ_YXQZ");
        assertThat(field.until(from, Optional.empty(), data)).hasValue(LocalDate.of(2029, 5, 12));
        assertThat(field.until(from, JsonNodeFactory.instance.objectNode())).isEmpty();
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> field.until(from, Optional.of(LocalDate.of(2031, 1, 1)), data))
                .satisfies(e -> assertThat(e.code()).isEqualTo("date-conflict"));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> field.until(LocalDate.of(2030, 1, 1), Optional.empty(), data))
                .satisfies(e -> assertThat(e.code()).isEqualTo("date-order"));
    }

    private String versionAt(String instant) {
        return catalogue
                .at(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC))
                .type("居住证")
                .version();
    }
}
