package org.yinzheng.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The numbers stand here in full, because pages, packs and documentation quote them.
class DemoPeopleTest {
    @Test
    void citizens_areFourWithTheseNumbers() {
        assertThat(DemoPeople.citizens())
                .extracting(DemoPeople.Citizen::id)
                .containsExactly(
                        "339902198804123173", "339903199311032266", "339904197508270513", "339921199602296483");
    }

    @Test
    void companies_areFourWithTheseCodes() {
        assertThat(DemoPeople.companies())
                .extracting(DemoPeople.Company::creditCode)
                .containsExactly(
                        "91339902MA9X1C271Q", "91339903MA9Y3D401L", "9133990476R20H5880", "91339921MABQ6T1331");
    }

    @Test
    void authorities_areTwoWithTheseCodes() {
        assertThat(DemoPeople.authorities())
                .extracting(DemoPeople.Authority::creditCode)
                .containsExactly("11339900MB0K25177N", "1133990000258613XF");
    }

    @Test
    void everyNumber_beginsWithADivisionThatDoesNotExist() {
        Stream<String> divisions = Stream.concat(
                DemoPeople.citizens().stream().map(citizen -> citizen.id().substring(0, 4)),
                Stream.concat(
                                DemoPeople.companies().stream().map(DemoPeople.Company::creditCode),
                                DemoPeople.authorities().stream().map(DemoPeople.Authority::creditCode))
                        .map(code -> code.substring(2, 6)));

        assertThat(divisions).hasSize(10).containsOnly("3399");
    }
}
