package org.yinzheng.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the real `./yinzheng` of the project on a machine that is made up: its folders, its PATH, its package
/// manager, Maven and Java are a few lines of shell each.
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("cat dirname env find flock grep head mkdir mktemp readlink rm sleep tail touch true".split(" "));

    @TempDir
    Path folder;

    private Path project;
    private Path bin;
    private Path system;

    private record Started(Process process, Path err) {}

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void aMachineWithAJdkAndNothingElse() throws IOException {
        project = Files.createDirectories(folder.resolve("a project 印证"));
        bin = Files.createDirectories(folder.resolve("bin"));
        system = Files.createDirectories(folder.resolve("system"));
        for (String tool : TOOLS) {
            command(tool, "exec " + which(tool) + " \"$@\"");
        }
        Path checkout = Path.of("..");
        Files.copy(checkout.resolve("yinzheng"), project.resolve("yinzheng"));
        Files.createDirectory(project.resolve(".launcher"));
        Files.copy(checkout.resolve(".launcher/common.sh"), project.resolve(".launcher/common.sh"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        command("id", "echo 1000");
        command("mvn", "echo built >>\"$PROJECT/builds\"; sleep 0.2; echo jar >\"$PROJECT/cli/target/yinzheng.jar\"");
        jdk("25.0.3");
        command("../system/jdk/bin/java", "for last; do :; done; echo \"ran $last\"; exit ${JAVA_EXIT:-0}");
    }

    @Test
    void packagesMissing_userMayNotInstall_namesTheCommandAndStops() throws Exception {
        command("apt-get", "exit 1");

        Outcome outcome = yinzheng("serve");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err()).contains("sudo apt-get install -y softhsm2 fonts-noto-cjk\n");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void packagesMissing_onFedora_namesFedorasPackages() throws Exception {
        command("dnf", "exit 1");

        Outcome outcome = yinzheng("convert", "index.csv");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err())
                .contains("sudo dnf install -y softhsm google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts\n");
    }

    @Test
    void packagesMissing_sudoWithoutPassword_installsAndRuns() throws Exception {
        command("sudo", "shift; exec \"$@\"");
        command("apt-get", """
                case "$*" in *softhsm2*fonts-noto-cjk*) ;; *) exit 1 ;; esac
                mkdir -p "$YINZHENG_ROOT/usr/lib/softhsm" "$YINZHENG_ROOT/usr/share/fonts/opentype/noto"
                touch "$YINZHENG_ROOT/usr/lib/softhsm/libsofthsm2.so"
                for font in SerifCJK-Regular SerifCJK-Bold SansCJK-Regular; do
                    touch "$YINZHENG_ROOT/usr/share/fonts/opentype/noto/Noto$font.ttc"
                done
                """);

        Outcome outcome = yinzheng("demo");

        assertThat(outcome.out()).isEqualTo("ran demo\n");
        assertThat(outcome.err()).contains("installing softhsm2 fonts-noto-cjk ...");
    }

    @Test
    void packagesMissing_installationFails_showsWhyAndStops() throws Exception {
        command("id", "echo 0");
        command("apt-get", "echo 'E: no network'; exit 100");

        Outcome outcome = yinzheng("token", "init");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err()).contains("E: no network");
    }

    @Test
    void packagesMissing_commandThatNeedsNone_runs() throws Exception {
        command("apt-get", "echo asked >>\"$PROJECT/asked\"; exit 1");

        assertThat(yinzheng("verify", "demo").out()).isEqualTo("ran demo\n");
        assertThat(yinzheng("serve", "--help").out()).isEqualTo("ran --help\n");
        assertThat(project.resolve("asked")).doesNotExist();
    }

    @Test
    void noJdk25_saysWhatToInstallAndStops() throws Exception {
        jdk("17.0.15");

        Outcome outcome = yinzheng("--help");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err()).contains("openjdk-25-jdk-headless", "java-25-openjdk-devel", "adoptium.net");
    }

    @Test
    void javaEndsWithACode_passesItOn_withNothingElseOnStdout() throws Exception {
        command("../system/jdk/bin/java", "case \"$*\" in *AOTCacheOutput*) ;; *) exit 2 ;; esac");

        Outcome outcome = yinzheng("verify", "x.pdf");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void localeIsPlainAscii_startsJavaWithUtf8FileNames() throws Exception {
        command("../system/jdk/bin/java", "echo \"$LC_ALL\"");

        command("locale", "echo ANSI_X3.4-1968");
        assertThat(yinzheng("--help").out()).isEqualTo("C.UTF-8\n");
        command("locale", "echo GB18030");
        assertThat(yinzheng("--help").out()).isEqualTo("\n");
    }

    @Test
    void sourcesUnchanged_buildsOnce_andAgainAfterAChange() throws Exception {
        yinzheng("--help");
        yinzheng("--help");
        assertThat(builds()).isEqualTo(1);

        Files.createDirectories(project.resolve("cli/src/main/java"));
        Files.writeString(project.resolve("cli/src/main/java/Added.java"), "class Added {}");

        yinzheng("--help");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildFails_showsItsLastWordsAndStops() throws Exception {
        command("mvn", "echo '[ERROR] does not compile'; exit 1");

        Outcome outcome = yinzheng("verify", "x.pdf");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err()).contains("[ERROR] does not compile", "cli/target/build.log");
    }

    @Test
    void twoStartedAtOnce_buildOnce() throws Exception {
        Started first = start(project.resolve("yinzheng"), "--help");
        Started second = start(project.resolve("yinzheng"), "--help");

        assertThat(finish(first).out()).isEqualTo("ran --help\n");
        assertThat(finish(second).out()).isEqualTo("ran --help\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void startedThroughALinkElsewhere_findsItsProject() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("yz"), Path.of("a project 印证/yinzheng"));

        assertThat(finish(start(link, "--help")).out()).isEqualTo("ran --help\n");
    }

    private Outcome yinzheng(String... arguments) throws Exception {
        return finish(start(project.resolve("yinzheng"), arguments));
    }

    private Started start(Path launcher, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", system.resolve("home").toString());
        builder.environment().put("JAVA_HOME", system.resolve("jdk").toString());
        builder.environment().put("YINZHENG_ROOT", system.toString());
        builder.environment().put("PROJECT", project.toString());
        Path err = Files.createTempFile(folder, "err", "");
        return new Started(builder.redirectError(err.toFile()).start(), err);
    }

    private static Outcome finish(Started started) throws Exception {
        String out = new String(started.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(started.process().waitFor(), out, Files.readString(started.err()));
    }

    private long builds() throws IOException {
        try (Stream<String> lines = Files.lines(project.resolve("builds"))) {
            return lines.count();
        }
    }

    private void jdk(String version) throws IOException {
        Files.createDirectories(system.resolve("jdk/bin"));
        Files.writeString(system.resolve("jdk/release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        command("../system/jdk/bin/javac", "exit 1");
    }

    private void command(String name, String body) throws IOException {
        Path file = bin.resolve(name).normalize();
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    }

    private static Path which(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
