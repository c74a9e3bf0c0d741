package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandTest {
    @TempDir
    Path folder;

    @Test
    void lifeOfAList_fromSigningToImportElsewhere() {
        var ours = folder.resolve("ours");
        var theirs = folder.resolve("theirs");
        assertThat(Terminal.run("trust", "list", "--data", ours).out()).contains("trust sign");
        var signed = Terminal.run("trust", "sign", "--data", ours, "--region", "330100", "--name", "一市");
        assertThat(signed.exitCode()).as(signed.err()).isEqualTo(ExitCode.DONE);
        assertThat(Terminal.run("trust", "sign", "--data", ours, "--region", "330100")
                        .out())
                .contains("第 2 期");
        assertThat(Terminal.run("trust", "show", "--data", ours).out()).contains("云泽市公安局", "SEAL_MAKER", "TSA");
        assertThat(Terminal.run("trust", "check", "--data", ours).exitCode()).isEqualTo(ExitCode.DONE);

        var handed = folder.resolve("handed");
        var exported = Terminal.run("trust", "export", handed, "--data", ours).out();
        var fingerprint = exported.substring(exported.lastIndexOf(' ') + 1).strip();
        var list = handed.resolve("330100.jws");
        var key = handed.resolve("330100.pem");
        var asked = Terminal.run("trust", "import", list, "--key", key, "--data", theirs);
        assertThat(asked.exitCode()).isEqualTo(ExitCode.INDETERMINATE);
        assertThat(asked.out()).contains(fingerprint);
        assertThat(Terminal.run("trust", "import", list, "--key", key, "--fingerprint", "AA:BB", "--data", theirs)
                        .err())
                .contains("list-signer");
        assertThat(Terminal.run("trust", "import", list, "--key", key, "--fingerprint", fingerprint, "--data", theirs)
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(Terminal.run("trust", "list", "--data", theirs).out()).contains("330100", "imported");
        assertThat(Terminal.run("trust", "remove", "330100", "--data", theirs).exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(Terminal.run("trust", "remove", "330100", "--data", theirs).exitCode())
                .isEqualTo(ExitCode.FAILED);
    }
}
