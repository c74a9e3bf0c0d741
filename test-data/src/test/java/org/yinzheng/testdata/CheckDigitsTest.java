package org.yinzheng.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CheckDigitsTest {
    @Test
    void citizenId_specimensOfTheStandard_matchTheirCheckDigit() {
        assertThat(CheckDigits.citizenId("110105", LocalDate.of(1949, 12, 31), 2))
                .isEqualTo("11010519491231002X");
        assertThat(CheckDigits.citizenId("440524", LocalDate.of(1880, 1, 1), 1)).isEqualTo("440524188001010014");
        assertThat(CheckDigits.citizenId("110000", LocalDate.of(1990, 1, 1), 1)).isEqualTo("110000199001010013");
        assertThat(CheckDigits.citizenId("999999", LocalDate.of(1970, 1, 1), 123))
                .isEqualTo("999999197001011239");
    }

    @Test
    void creditCode_publishedCodes_matchBothCheckCharacters() {
        assertThat(CheckDigits.creditCode("91", "350100", "M000100Y")).isEqualTo("91350100M000100Y43");
        assertThat(CheckDigits.creditCode("11", "100000", "00001333")).isEqualTo("11100000000013338W");
        assertThat(CheckDigits.creditCode("11", "330105", "00250028")).isEqualTo("11330105002500287C");
    }

    @Test
    void organisationCheck_examplesOfTheStandard_match() {
        assertThat(CheckDigits.organisationCheck("D2143569")).isEqualTo('X');
        assertThat(CheckDigits.organisationCheck("00013338")).isEqualTo('0');
        assertThat(CheckDigits.organisationCheck("78305975")).isEqualTo('3');
    }

    @Test
    void spoilt_anyNumber_differsFromTheRightOneInItsLastCharacterOnly() {
        String right = DemoPeople.citizens().getFirst().id();

        assertThat(CheckDigits.spoilt(right)).isNotEqualTo(right).startsWith(right.substring(0, 17));
    }
}
