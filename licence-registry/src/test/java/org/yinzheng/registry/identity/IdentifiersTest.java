package org.yinzheng.registry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.InvalidInput;

/// Vectors: GB 11643, GB 32100, GB 11714 and GB/T 36904 as worked examples of the standards give them.
class IdentifiersTest {
    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "440524188001010014", "110000199001010013", "999999197001011239"})
    void citizenId_rightCheckDigit_isAccepted(String value) {
        assertThat(new CitizenId(value).value()).isEqualTo(value);
    }

    @Test
    void citizenId_anyOtherCheckDigit_isRefused() {
        for (char check : "0123456789".toCharArray()) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> new CitizenId("11010519491231002" + check))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("check-digit"));
        }
    }

    @Test
    void citizenId_anyOneDigitChanged_isRefused() {
        var right = "440524188001010014";
        for (int i = 0; i < 17; i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                var wrong = right.substring(0, i) + digit + right.substring(i + 1);
                if (!wrong.equals(right)) {
                    assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> new CitizenId(wrong));
                }
            }
        }
    }

    @Test
    void numberOfEitherKind_thatIsNeither_isToldWhatIsWrongAsEither() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> HolderId.guess("holderId", "110105194912310021"))
                .withMessageContainingAll("citizen identity number", "credit code")
                .satisfies(e -> assertThat(e.code()).isEqualTo("check-digit"));
    }

    @ParameterizedTest
    @CsvSource({
        "110105199002300021, birth-date",
        "110105199013010021, birth-date",
        "110105000001010021, birth-date",
        "11010519491231002x, form",
        "1101051949123100, form",
        "'11010519491231002X ', form",
        "１１010519491231002X, form",
        "'', form"
    })
    void citizenId_broken_namesTheRuleAndNeverTheValue(String value, String code) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> CitizenId.of("holder.id", value))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.field()).isEqualTo("holder.id");
                    if (!value.isEmpty()) {
                        assertThat(e.getMessage()).doesNotContain(value.strip());
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"91350100M000100Y43", "11100000000013338W", "11330105002500287C", "11370800MB28559184"})
    void creditCode_rightCheckCharacter_isAccepted(String value) {
        assertThat(new CreditCode(value).organisationCodeChecks()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "113708000045030270, check-digit",
        "91350100M000100Y44, check-digit",
        "91350100M000100I43, form",
        "9135010M0000100Y43, form",
        "91350100M000100Y4, form",
        "91350100m000100Y43, form"
    })
    void creditCode_broken_namesTheRule(String value, String code) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> CreditCode.of("holderId", value))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"D2143569, X", "M000100Y, 4", "00013338, 0", "79013765, X", "78305975, 3"})
    void organisationCode_checkCharacter_isAsPublished(String body, char check) {
        assertThat(CheckCharacters.organisation(body)).isEqualTo(check);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
                "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
                "1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",
                "1.2.156.3005.2.11100000000013338W087.11370800MB28559184.37080001202411010001.001.3",
                "1.2.156.3005.2.11100000000013338W002.11320482014138860P.201807250201.001.M"
            })
    void licenceId_published_isAcceptedAndMadeAgainFromItsParts(String value) {
        var id = new LicenceId(value);
        assertThat(LicenceId.of(id.typeCode(), new CreditCode(id.authorityCode()), id.serial(), id.version()))
                .isEqualTo(id);
    }

    @Test
    void alphanumericCheck_isoSample_isM() {
        assertThat(CheckCharacters.alphanumeric("A12425GABC1234002")).isEqualTo('M');
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.1, check-digit",
        "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.003.0, check-digit",
        "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.000.0, form",
        "1.2.156.3005.3.11100000000013338W009.11330105002500287C.2025052201.002.0, form",
        "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025-52201.002.0, form",
        "'', form"
    })
    void licenceId_broken_namesTheRule(String value, String code) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new LicenceId(value))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void toString_ofPersonalNumbersAndNames_isMasked() {
        var holder = new Holder(new CitizenId("11010519491231002X"), "张晓明");
        assertThat(holder.toString()).isEqualTo("Holder[110**************X, **明]");
        assertThat(new CreditCode("91350100M000100Y43").toString()).isEqualTo("913**************3");
    }
}
