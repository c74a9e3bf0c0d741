package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.api.client.WitnessClient;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.registry.audit.Merkle;
import org.yinzheng.registry.audit.Tile;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.witness.Cosigning;
import org.yinzheng.registry.witness.Witness;
import org.yinzheng.registry.witness.WitnessKey;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

class AuditTest {
    private static RunningService running;
    private static Browser browser;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        var log = Machine.get().parts().audit().log();
        for (int i = 0; i < 3; i++) {
            log.append(new AuditEntry(
                    Machine.get().parts().clock().instant(),
                    new Actor("tester", "issuer"),
                    "test.api",
                    "subject-" + i,
                    "",
                    Map.of("n", Integer.toString(i))));
        }
        log.advance();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void auditAdministrator_findsEntriesPageByPage() {
        var first = entries("/api/v1/audit/entries?action=test.api&limit=2", RunningService.AUDIT_ADMIN);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().path("items")).hasSize(2);
        var rest = entries(
                "/api/v1/audit/entries?action=test.api&limit=2&cursor="
                        + first.json().path("next").asText(),
                RunningService.AUDIT_ADMIN);
        assertThat(rest.json().path("items")).hasSizeBetween(1, 2);
        var one = entries("/api/v1/audit/entries?subject=subject-1&actor=tester", RunningService.AUDIT_ADMIN);
        assertThat(one.json().at("/items/0/details/n").asText()).isEqualTo("1");
    }

    @Test
    void everybodyElse_seesNoEntries() {
        for (var user : List.of(
                RunningService.ISSUER, RunningService.SEAL_CUSTODIAN, RunningService.CLERK, RunningService.CITIZEN)) {
            assertThat(entries("/api/v1/audit/entries", user).status()).as(user).isEqualTo(403);
        }
        assertThat(browser.get("/api/v1/audit/entries").status()).isEqualTo(401);
    }

    @Test
    void checkpointAndProof_areForEverybody_andHold() {
        var checkpoint = logKey().open(browser.get("/api/v1/audit/checkpoint").text());
        var entry = entries("/api/v1/audit/entries?subject=subject-1", RunningService.AUDIT_ADMIN)
                .json()
                .at("/items/0");
        long index = entry.path("index").asLong();
        var leaf =
                Merkle.leafHash(HexFormat.of().parseHex(entry.path("commitment").asText()));
        assertThat(Merkle.provesInclusion(
                        leaf,
                        index,
                        checkpoint.size(),
                        hashes("index=" + index + "&size=" + checkpoint.size()),
                        checkpoint.root()))
                .isTrue();
        assertThat(hashes("from=" + checkpoint.size() + "&size=" + checkpoint.size()))
                .isEmpty();
    }

    @Test
    void mirror_computesTheSignedRootFromTilesAndEntries() {
        var checkpoint = logKey().open(browser.get("/audit/log/checkpoint").text());
        long size = checkpoint.size();
        assertThat(Merkle.root(
                        (level, index) -> {
                            var tile = Tile.of(level, index);
                            return tile.node(level, index, file("" + tile.level(), tile, size));
                        },
                        size))
                .isEqualTo(checkpoint.root());
        var first = new Tile(0, 0);
        var entries = file("entries", first, size);
        assertThat(entries).hasSize(first.widthIn(size) * 34);
        for (int i = 0; i < first.widthIn(size); i++) {
            var commitment = Arrays.copyOfRange(entries, i * 34 + 2, (i + 1) * 34);
            assertThat(Merkle.leafHash(commitment)).isEqualTo(first.node(0, i, file("0", first, size)));
        }
    }

    /// As another city's node asks ours, over HTTP.
    @Test
    void witness_cosignsWhatContinues_andRefusesTheRest() {
        var log = Machine.get().parts().audit().log();
        var key = WitnessKey.parse(browser.get("/witness/key").text());
        try (var client = new WitnessClient(running.url().resolve("/witness/"))) {
            var cosigning = new Cosigning(log, List.of(new Cosigning.Peer(key, client::ask)));
            cosigning.round();
            var note = browser.get("/audit/log/checkpoint").text();
            assertThat(key.saw(note)).isPresent();
            long size = logKey().open(note).size();

            assertThat(client.ask("old 0\n\n" + note)).isEqualTo(new Witness.Answer.Conflict(size));
            assertThat(client.ask("old 0\n\n" + note.replace("audit.example/test", "audit.example/other")))
                    .isInstanceOf(Witness.Answer.LogUnknown.class);
            assertThat(client.ask("old 0\n\n" + note.replace("\n" + size + "\n", "\n" + (size + 1) + "\n")))
                    .isInstanceOf(Witness.Answer.NotSigned.class);
            assertThat(client.ask("hello")).isInstanceOf(Witness.Answer.Malformed.class);
            assertThatExceptionOfType(Failure.NotDone.class)
                    .isThrownBy(() -> client.ask("old 0\n\n" + "x".repeat(Witness.LONGEST)));
        }
    }

    @Test
    void witnessThatIsAway_isNotWaitedFor() {
        try (var client = new WitnessClient(URI.create("http://127.0.0.1:1/witness"))) {
            assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> client.ask("old 0\n\n"));
        }
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> new WitnessClient(URI.create("ftp://x/")));
    }

    private static LogKey logKey() {
        return LogKey.parse(browser.get("/api/v1/audit/key").text());
    }

    /// As the tree of `size` leaves has it.
    private static byte[] file(String kind, Tile tile, long size) {
        var part = tile.widthIn(size) == Tile.WIDTH ? "" : ".p/" + tile.widthIn(size);
        var answer =
                browser.get("/audit/log/tile/" + kind + "/" + String.format(Locale.ROOT, "%03d", tile.number()) + part);
        assertThat(answer.status()).isEqualTo(200);
        return answer.response().body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audit/log/tile/0/000.p/256",
                "/audit/log/tile/0/x999/x999/x999/x999/x999/999",
                "/audit/log/tile/8/000.p/1",
                "/audit/log/tile/3/000.p/1",
                "/audit/log/tile/0/x001/000.p/1",
                "/audit/log/tile/0/0.p/1",
                "/audit/log/tile/entries/000.p/999",
                "/audit/log/tile/entries/x001/001.p/1"
            })
    void tileThatIsNotThere_isNotFound(String path) {
        assertThat(browser.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/audit/proof",
        "/api/v1/audit/proof?size=1",
        "/api/v1/audit/proof?size=1&index=0&from=0",
        "/api/v1/audit/proof?size=-1&index=0",
        "/api/v1/audit/proof?size=99999999&index=0",
        "/api/v1/audit/proof?size=x&index=0"
    })
    void proofOfNothing_isRefused(String path) {
        assertThat(browser.get(path).status()).isIn(400, 422);
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=201", "limit=x", "cursor=x", "from=yesterday"})
    void queryOfAnotherForm_isRefused(String query) {
        assertThat(entries("/api/v1/audit/entries?" + query, RunningService.AUDIT_ADMIN)
                        .status())
                .isIn(400, 422);
    }

    private static List<Digest> hashes(String query) {
        var answer = browser.get("/api/v1/audit/proof?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var hashes = new ArrayList<Digest>();
        answer.json().path("hashes").forEach(hash -> hashes.add(new Digest(hash.asText())));
        return hashes;
    }

    private static Browser.Answer entries(String path, String user) {
        return browser.get(path, "Authorization", browser.bearer(user));
    }
}
