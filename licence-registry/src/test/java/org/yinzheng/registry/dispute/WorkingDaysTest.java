package org.yinzheng.registry.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.InvalidInput;

class WorkingDaysTest {
    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

    @Test
    void weekends_doNotCount_norDoesTheDayItself() {
        var calendar = WorkingDays.weekendsOnly();

        assertThat(calendar.after(FRIDAY, 1)).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(calendar.after(FRIDAY, 5)).isEqualTo(LocalDate.of(2026, 11, 27));
        assertThat(calendar.after(LocalDate.of(2026, 11, 21), 5)).isEqualTo(LocalDate.of(2026, 11, 27));
    }

    @Test
    void daysOffAndMakeUpDays_areAsTheCalendarSays() {
        var calendar = WorkingDays.parse("""
                daysOff: [2026-11-23, 2026-11-24]
                makeUpDays: [2026-11-21]
                """);

        assertThat(calendar.after(FRIDAY, 1)).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(calendar.after(FRIDAY, 2)).isEqualTo(LocalDate.of(2026, 11, 25));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "daysoff: []",
                "daysOff: 2026-11-23",
                "daysOff: [tomorrow]",
                "daysOff: [2026-11-23, 2026-11-23]",
                "{daysOff: [2026-11-21], makeUpDays: [2026-11-21]}",
                "daysOff: [",
                "daysOff: []\ndaysOff: []"
            })
    void calendarThatIsWrong_isRefused(String yaml) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> WorkingDays.parse(yaml))
                .satisfies(e -> assertThat(e.code()).isEqualTo("calendar"));
    }
}
