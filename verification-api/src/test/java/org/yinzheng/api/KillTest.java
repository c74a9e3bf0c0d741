package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.api.ChildService.Verifying;

/// What becomes of a verification that was promised when the process dies.
class KillTest {
    private static final byte[] DOCUMENT = {'x'};

    @TempDir
    private Path folder = Path.of("");

    @Test
    void killedWhileJudging_isFinishedAfterTheRestart_andNothingIsLeft() throws Exception {
        String promised;
        try (var first = ChildService.start(folder, Verifying.HANGS)) {
            var accepted = ask(first);
            promised = accepted.header("Location");
            first.awaitBegun();

            assertThat(accepted.status()).isEqualTo(202);
            assertThat(state(first, promised)).isEqualTo("pending");
            assertThat(first.browser().get(promised + "/receipt").code()).isEqualTo("no-answer-yet");
        }
        try (var second = ChildService.start(folder, Verifying.WORKS)) {
            assertThat(settled(second, promised).path("indication").asText()).isEqualTo("MALFORMED");
            assertThat(second.browser().get(promised + "/receipt").status()).isEqualTo(200);
            FaultTest.waitUntil(() -> waiting().isEmpty());
        }
    }

    @Test
    void documentOnWhichTheProcessDies_isGivenUpInTheEnd() throws Exception {
        String promised;
        try (var first = ChildService.start(folder, Verifying.HANGS)) {
            promised = ask(first).header("Location");
            first.awaitBegun();
        }
        for (int again = 0; again < 2; again++) {
            try (var dying = ChildService.start(folder, Verifying.KILLS)) {
                dying.awaitDeath();
            } catch (IOException diedBeforeItSaidWhere) {
                // as fatal
            }
        }
        try (var last = ChildService.start(folder, Verifying.KILLS)) {
            var answer = settled(last, promised);

            assertThat(answer.path("state").asText()).isEqualTo("broken-off");
            assertThat(answer.at("/text/zh").asText()).contains("重新上传");
            FaultTest.waitUntil(() -> waiting().isEmpty());
        }
    }

    @Test
    void documentLostWithItsDisk_saysSo() throws Exception {
        String promised;
        try (var first = ChildService.start(folder, Verifying.HANGS)) {
            promised = ask(first).header("Location");
            first.awaitBegun();
        }
        for (var place : waiting()) {
            Files.delete(place.resolve("0"));
        }
        try (var second = ChildService.start(folder, Verifying.WORKS)) {
            assertThat(settled(second, promised).path("state").asText()).isEqualTo("broken-off");
        }
    }

    private static Browser.Answer ask(ChildService service) {
        return service.browser().post("/api/v1/verifications", "application/pdf", DOCUMENT, "Prefer", "respond-async");
    }

    private static JsonNode settled(ChildService service, String promised) {
        FaultTest.waitUntil(() -> !state(service, promised).equals("pending"));
        return service.browser().get(promised).json();
    }

    private static String state(ChildService service, String promised) {
        return service.browser().get(promised).json().path("state").asText();
    }

    private java.util.List<Path> waiting() {
        try (Stream<Path> inside = Files.list(folder.resolve("waiting"))) {
            return inside.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
