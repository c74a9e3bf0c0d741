package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.licence.Licence;

/// What PostgreSQL does for a lookup, by its own account (`auto_explain`): every step reads one partition of a
/// table. Each is made often enough for PostgreSQL to plan it once for all keys.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansTest {
    private static final CitizenId FIRST = new CitizenId("11010519491231002X");
    private static final CitizenId SECOND = new CitizenId("440524188001010014");
    private static final int OFTEN = 12;
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Lines after the first of an entry begin with a tabulator.
    private static final Pattern PLAN = Pattern.compile("plan:\n((?:\t.*\n)+)");

    private static final Pattern PARTITION = Pattern.compile("(\\w+)_p\\d+");

    private Database database;
    private PostgresLicences licences;
    private Licence alone;
    private Licence shared;

    @BeforeAll
    void open(@TempDir Path directory) throws SQLException {
        var address = TestPostgres.fresh();
        explainEverything(address);
        database = address.open();
        var vault = new Vault(new RegistryKeys(new byte[16], new byte[32]));
        var register = new TestLicences(database, new LicenceRows(vault, Clock.systemUTC()));
        licences = new PostgresLicences(database, vault, new DirectoryStore(directory), Clock.systemUTC());
        var today = LocalDate.now(LicenceRows.ZONE);
        alone = register.insert(SECOND, Instant.EPOCH, today, Optional.empty());
        shared = register.insert(FIRST, Instant.EPOCH.plusSeconds(1), today, Optional.empty(), SECOND);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void byHolder_readsOnePartitionAStep() throws IOException {
        var steps = explained(
                () -> assertThat(licences.ofHolder(SECOND, 10, Optional.empty()).licences())
                        .extracting(Licence::id)
                        .containsExactly(shared.id(), alone.id()));
        // what leads to the licences; those that live here; the one that lives with its first holder; the second's key
        assertThat(steps).hasSize(4 * OFTEN).allSatisfy(PlansTest::readsOnePartition);
        assertThat(steps.getLast()).containsKeys("licence", "licence_holder", "rendition", "holder_key");
    }

    @Test
    void byIdentifier_readsOnePartitionAStep() throws IOException {
        var steps = explained(() -> assertThat(licences.find(shared.id())).isPresent());
        assertThat(steps).hasSize(3 * OFTEN).allSatisfy(PlansTest::readsOnePartition);
        assertThat(steps.getFirst()).containsOnlyKeys("licence_directory");
    }

    @Test
    void byNumberAndType_readsOnePartitionAStep() throws IOException {
        var steps = explained(() -> assertThat(licences.byNumber(TestLicences.TYPE, shared.number()))
                .isPresent());
        assertThat(steps).hasSize(3 * OFTEN).allSatisfy(PlansTest::readsOnePartition);
        assertThat(steps.getFirst()).containsOnlyKeys("licence_number");
    }

    @Test
    void standing_readsOnePartitionAStep() throws IOException {
        var steps = explained(
                () -> assertThat(licences.standing(shared.id().value())).isPresent());
        assertThat(steps).hasSize(2 * OFTEN).allSatisfy(PlansTest::readsOnePartition);
    }

    /// The rows of documents are a third of what lookups would have to keep in memory.
    @Test
    void digestsOfDocuments_comeFromTheIndexAlone() throws IOException {
        var plans = plans(() -> assertThat(licences.find(alone.id())).isPresent()).stream()
                .flatMap(plan -> plan.findParents("Relation Name").stream())
                .filter(step -> step.path("Relation Name").asText().startsWith("rendition"))
                .filter(PlansTest::wasCarriedOut)
                .map(step -> step.path("Node Type").asText())
                .toList();
        assertThat(plans).isNotEmpty().containsOnly("Index Only Scan");
    }

    /// That the test would see more than one.
    @Test
    void byBytes_asksEveryPartition() throws IOException {
        var steps = explained(() -> database.reading(on -> {
            try (var statement = on.prepareStatement("SELECT count(*) FROM licence")) {
                return statement.execute();
            }
        }));
        assertThat(steps).allSatisfy(step -> assertThat(step.get("licence")).hasSize(16));
    }

    private static void readsOnePartition(Map<String, Set<String>> step) {
        assertThat(step).isNotEmpty();
        assertThat(step.values())
                .allSatisfy(partitions -> assertThat(partitions).hasSize(1));
    }

    private static void explainEverything(TestPostgres.Address address) throws SQLException {
        var name = address.url().substring(address.url().lastIndexOf('/') + 1);
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            for (var setting : List.of(
                    "session_preload_libraries = 'auto_explain'",
                    "auto_explain.log_min_duration = 0",
                    "auto_explain.log_analyze = on",
                    "auto_explain.log_format = 'json'",
                    "enable_seqscan = off")) { // as with more rows than a page has
                statement.execute("ALTER DATABASE " + name + " SET " + setting);
            }
        }
    }

    /// @return for each statement the partitions that were read, by their table
    private static List<Map<String, Set<String>>> explained(Runnable lookup) throws IOException {
        var steps = new ArrayList<Map<String, Set<String>>>();
        for (var plan : plans(lookup)) {
            var step = new TreeMap<String, Set<String>>();
            read(plan, step);
            if (!step.isEmpty()) {
                steps.add(step);
            }
        }
        return steps;
    }

    private static List<JsonNode> plans(Runnable lookup) throws IOException {
        var log = TestPostgres.log();
        long before = Files.size(log);
        for (int i = 0; i < OFTEN; i++) {
            lookup.run();
        }
        var plans = new ArrayList<JsonNode>();
        var written = Files.readAllBytes(log);
        var text = new String(written, (int) before, (int) (written.length - before), UTF_8);
        var plan = PLAN.matcher(text);
        while (plan.find()) {
            plans.add(JSON.readTree(plan.group(1)).path("Plan"));
        }
        return plans;
    }

    private static boolean wasCarriedOut(JsonNode step) {
        return step.path("Actual Loops").asInt() > 0;
    }

    private static void read(JsonNode plan, Map<String, Set<String>> into) {
        var name = PARTITION.matcher(plan.path("Relation Name").asText());
        if (name.matches() && wasCarriedOut(plan)) {
            into.computeIfAbsent(name.group(1), _ -> new TreeSet<>()).add(name.group());
        }
        plan.path("Plans").forEach(child -> read(child, into));
    }
}
