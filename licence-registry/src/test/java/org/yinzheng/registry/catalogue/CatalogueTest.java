package org.yinzheng.registry.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.signing.InvalidInput;

class CatalogueTest {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final String permit = resource("/catalogue/residence-permit.yaml");
    private final LicenceType type = Catalogue.of(List.of(permit)).type("居住证");

    @Test
    void pack_isReadWhole() {
        assertThat(type.code()).hasSize(21);
        assertThat(type.holderKinds()).containsExactly(HolderKind.CITIZEN_ID);
        assertThat(type.validity().until(LocalDate.of(2026, 11, 21), NOTHING)).hasValue(LocalDate.of(2027, 11, 20));
        assertThat(type.fields()).extracting(Field::title).containsExactly("性别", "民族", "出生日期", "住址");
        assertThat(type.template().width()).isEqualTo(148);
    }

    @Test
    void load_readsEveryPackOfAFolder_andNamesTheFileThatIsWrong(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.yaml"), permit);
        Files.writeString(folder.resolve("b.yaml"), resource("/catalogue/business-licence.yaml"));
        Files.writeString(folder.resolve("notes.txt"), "no pack");
        var catalogue = Catalogue.load(folder);
        assertThat(catalogue.types()).hasSize(2);
        assertThat(catalogue.find(type.code())).isPresent();
        assertThat(catalogue.find("驾驶证")).isEmpty();

        Files.writeString(folder.resolve("c.yaml"), permit.replace("holderKinds:", "holderkinds:"));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Catalogue.load(folder))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("unknown-key");
                    assertThat(e.field()).isEqualTo("holderkinds");
                    assertThat(e).hasMessageContaining("c.yaml");
                });
    }

    @Test
    void samePackTwice_isRefused() {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> Catalogue.of(List.of(permit, permit)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "holderKinds: [CITIZEN_ID] | holderKinds: [PASSPORT] | pack-holder-kind",
                "validity: {years: 1} | validity: {months: 1} | unknown-key",
                "validity: {years: 1} | validity: {years: 0} | pack-validity",
                "'  zh: 居住证' | '  cn: 居住证' | unknown-key",
                "type: object | type: objekt | pack-schema",
                "code: 113399000077441170002 | code: 1133990000774411700 | pack-code"
            })
    void brokenPack_isRefusedWithItsReason(String right, String wrong, String code) {
        assertThat(permit).contains(right);
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Catalogue.of(List.of(permit.replace(right, wrong))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"KZ_XB\":\"女\",\"KZ_MZ\":\"汉族\",\"KZ_CSRQ\":\"1990-02-30\",\"KZ_ZZ\":\"听雨路18号\"} | schema-format | data.KZ_CSRQ",
                "{\"KZ_XB\":\"女\",\"KZ_MZ\":\"\",\"KZ_CSRQ\":\"1990-02-03\",\"KZ_ZZ\":\"听雨路18号\"} | schema-min-length | data.KZ_MZ",
                "{\"KZ_XB\":\"女\",\"KZ_MZ\":\"汉族\",\"KZ_CSRQ\":\"1990-02-03\"} | schema-required | data.KZ_ZZ",
                "{\"KZ_XB\":1,\"KZ_MZ\":\"汉族\",\"KZ_CSRQ\":\"1990-02-03\",\"KZ_ZZ\":\"听雨路18号\"} | schema-enum | data.KZ_XB",
                "{\"KZ_XB\":\"女\",\"KZ_MZ\":\"汉族\",\"KZ_CSRQ\":\"1990-02-03\",\"KZ_ZZ\":\"听雨路18号\",\"KZ_X\":1} | schema-additional-properties | data.KZ_X",
                "[] | schema-type | data"
            })
    void dataAgainstTheSchema_namesTheField(String json, String code, String field) throws Exception {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> type.validate(new ObjectMapper().readTree(json)))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.field()).isEqualTo(field);
                });
    }

    @Test
    void holderOfTheRightKind_isAccepted_andEndGivenIsKept() {
        type.validateHolder(new CitizenId("11010519491231002X"));
        var day = LocalDate.of(2026, 11, 21);
        assertThat(type.validity().until(day, Optional.of(day.plusDays(3)), NOTHING))
                .hasValue(day.plusDays(3));
    }

    private static String resource(String name) {
        try (var stream = CatalogueTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
