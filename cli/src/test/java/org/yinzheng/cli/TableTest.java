package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void chineseCells_takeTwoPlacesACharacter() {
        var lines = new Table("名称", "n")
                .row("营业执照", 1)
                .row("ab", 2)
                .toString()
                .lines()
                .toList();

        assertThat(lines).containsExactly("名称      n", "────────  ─", "营业执照  1", "ab        2");
    }
}
