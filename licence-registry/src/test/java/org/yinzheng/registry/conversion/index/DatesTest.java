package org.yinzheng.registry.conversion.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    @ParameterizedTest
    @ValueSource(strings = {"2026-11-02", "2026/11/02", "2026/11/2", "20261102", "2026年11月2日", "2026年11月02日"})
    void date_asOperatorsWriteIt_isRead(String text) {
        assertThat(Dates.parse(text)).hasValue(LocalDate.of(2026, 11, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-29",
                "2026-13-01",
                "2026-11/21",
                "2026年11月21",
                "21.11.2026",
                "11/21/2026",
                "0001-01-01",
                "46347",
                "2026-11-21T08:00",
                "２０２６-11-21"
            })
    void anythingElse_isNoDate(String text) {
        assertThat(Dates.parse(text)).isEmpty();
    }
}
