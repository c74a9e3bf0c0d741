package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LicenceCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"suspend", "resume", "revoke"})
    void change_namesItsReasonAndLegalBasis_orIsWrongUsage(String change) {
        var line = Yinzheng.commandLine();

        line.parseArgs("licence", change, "ID", "--reason", "inspection", "--legal-basis", "第六十一条");
        assertThatExceptionOfType(CommandLine.MissingParameterException.class)
                .isThrownBy(() -> line.parseArgs("licence", change, "ID", "--reason", "inspection"));
        assertThatExceptionOfType(CommandLine.MissingParameterException.class)
                .isThrownBy(() -> line.parseArgs("licence", change, "ID"));
    }

    @Test
    void help_speaksBothLanguages() {
        var licence =
                Objects.requireNonNull(Yinzheng.commandLine().getSubcommands().get("licence"));
        var bulk = Objects.requireNonNull(licence.getSubcommands().get("bulk"));

        assertThat(licence.getUsageMessage()).contains("履历").contains("suspend").contains("bulk");
        assertThat(bulk.getUsageMessage()).contains("--dry-run").contains("台账");
    }
}
