package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.verification.Retention;
import org.yinzheng.registry.verification.StoredVerification.State;
import org.yinzheng.registry.verification.VerificationId;
import org.yinzheng.registry.verification.Verifications;
import org.yinzheng.signing.InvalidInput;

class VerificationsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String NAME = "张三的居住证.pdf";
    private static final JsonNode RESULT =
            JsonNodeFactory.instance.objectNode().put("file", NAME).put("indication", "TOTAL-PASSED");

    private static Database database;
    private static Vault vault;

    private final VerificationId id = VerificationId.random();

    @BeforeAll
    static void open() {
        database = TestPostgres.fresh().open();
        vault = new Vault(
                new RegistryKeys(new byte[RegistryKeys.DATA_KEY_LENGTH], new byte[RegistryKeys.LOOKUP_KEY_LENGTH]));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void recorded_isFoundUntilItsTimeIsOver() {
        at(NOW).record(id, RESULT);

        assertThat(at(NOW).find(id).orElseThrow().result()).contains(RESULT);
        assertThat(at(NOW.plus(Duration.ofDays(29))).find(id)).isPresent();
        assertThat(at(NOW.plus(Duration.ofDays(30))).find(id)).isEmpty();
        assertThat(at(NOW.plus(Duration.ofDays(30))).purge()).isPositive();
        assertThat(at(NOW).find(id)).isEmpty();
    }

    @Test
    void table_yieldsNeitherIdentifierNorAnswer() {
        at(NOW).record(id, RESULT);
        at(NOW).keepReceipt(id, "a.b.c");

        var dump = database.reading(connection -> {
            try (var statement = connection.prepareStatement(
                            "SELECT string_agg(v::text, ' ') AS all_of_it FROM verification v");
                    var row = statement.executeQuery()) {
                row.next();
                return row.getString("all_of_it");
            }
        });

        assertThat(dump)
                .doesNotContain(id.value())
                .doesNotContain(hex(id.value()))
                .doesNotContain(hex(NAME))
                .doesNotContain(hex("TOTAL-PASSED"))
                .doesNotContain(hex("a.b.c"));
    }

    @Test
    void promised_isBegunThreeTimesAtMost() {
        at(NOW).accept(id, RESULT);

        for (int beginning = 0; beginning < 3; beginning++) {
            assertThat(at(NOW).begin(id)).contains(RESULT);
        }
        assertThat(at(NOW).begin(id)).isEmpty();
        assertThat(at(NOW).find(id).orElseThrow().state()).isEqualTo(State.BROKEN_OFF);
        assertThat(at(NOW).finish(id, RESULT)).isFalse();
    }

    @Test
    void promiseThatIsOverdue_readsAsBrokenOff_andIsKeptNoMore() {
        at(NOW).accept(id, RESULT);
        var late = at(NOW.plus(Duration.ofMinutes(15)));

        assertThat(at(NOW).find(id).orElseThrow().state()).isEqualTo(State.PENDING);
        assertThat(late.find(id).orElseThrow().state()).isEqualTo(State.BROKEN_OFF);
        assertThat(late.finish(id, RESULT)).isFalse();
    }

    @Test
    void kept_isDoneOnce() {
        at(NOW).accept(id, RESULT);

        assertThat(at(NOW).finish(id, RESULT)).isTrue();
        assertThat(at(NOW).finish(id, RESULT)).isFalse();
        assertThat(at(NOW).begin(id)).isEmpty();
        assertThat(at(NOW).find(id).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void firstReceipt_stays() {
        at(NOW).record(id, RESULT);

        assertThat(at(NOW).keepReceipt(id, "first")).isEqualTo("first");
        assertThat(at(NOW).keepReceipt(id, "second")).isEqualTo("first");
        assertThat(at(NOW).find(id).orElseThrow().receipt()).contains("first");
    }

    @Test
    void identifier_isOfItsFormOrNone_andDoesNotShowItself() {
        assertThatThrownBy(() -> new VerificationId("short")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new VerificationId("../../../../etc/passwd12")).isInstanceOf(InvalidInput.class);
        assertThat(id.toString()).doesNotContain(id.value());
    }

    @Test
    void moreThanAreKept_loseTheOldestWithoutAReceipt() {
        at(NOW.plus(Duration.ofDays(60))).purge(); // of other tests
        var withReceipt = VerificationId.random();
        var pending = VerificationId.random();
        at(NOW).record(withReceipt, RESULT);
        at(NOW).keepReceipt(withReceipt, "a.b.c");
        at(NOW).accept(pending, RESULT);
        var ids = new ArrayList<VerificationId>();
        for (int second = 1; second <= 7; second++) {
            ids.add(VerificationId.random());
            at(NOW.plusSeconds(second)).record(ids.getLast(), RESULT);
        }
        var three = new PostgresVerifications(database, vault, new Retention(Duration.ofDays(30), 3), fixed(NOW));

        assertThat(three.purge()).isEqualTo(4);
        assertThat(three.purge()).isZero();
        assertThat(ids)
                .map(id -> three.find(id).isPresent())
                .containsExactly(false, false, false, false, true, true, true);
        assertThat(three.find(withReceipt)).isPresent();
        assertThat(three.find(pending)).isPresent();
    }

    @Test
    void retentionOfNothing_isRefused() {
        assertThatThrownBy(() -> new Retention(Duration.ofHours(23), 1)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new Retention(Duration.ofDays(1), 0)).isInstanceOf(InvalidInput.class);
    }

    private static Verifications at(Instant time) {
        return new PostgresVerifications(database, vault, Retention.STANDARD, fixed(time));
    }

    private static Clock fixed(Instant time) {
        ZoneId zone = ZoneOffset.UTC;
        return Clock.fixed(time, zone);
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
