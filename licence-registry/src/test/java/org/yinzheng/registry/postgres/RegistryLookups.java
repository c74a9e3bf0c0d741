package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.yinzheng.registry.document.DirectoryStore;

/// Lookups in a city's registry beside the same lookups in a small one; the figures are in docs/benchmarks.md.
///
/// `RegistryLookups load FOLDER HOLDERS MINUTES` fills a registry, with a PostgreSQL that does not survive a
/// loss of power, and says how many holders it came to; `RegistryLookups measure FOLDER HOLDERS HOLDERS
/// SECONDS LICENCES [MEMORY]` looks up in both by turns, with the product's own settings: so many licences from all
/// over the city again and again, or any of them (`all`). A PostgreSQL that is given its own memory (`15GB`) has read
/// what lookups touch before.
final class RegistryLookups {
    private static final String FAST = """
            fsync = off
            full_page_writes = off
            synchronous_commit = off
            wal_level = minimal
            max_wal_senders = 0
            max_wal_size = 16GB
            shared_buffers = 3GB
            autovacuum = off
            checkpoint_timeout = 1h
            """;

    private enum Key {
        HOLDER,
        IDENTIFIER,
        NUMBER
    }

    private RegistryLookups() {}

    public static void main(String[] arguments) throws Exception {
        var home = Path.of(arguments[1]).toAbsolutePath();
        int holders = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("load")) {
            load(home, holders, Duration.ofMinutes(Integer.parseInt(arguments[3])));
        } else {
            int asked = arguments[5].equals("all") ? Integer.MAX_VALUE : Integer.parseInt(arguments[5]);
            var cities = new int[] {holders, Integer.parseInt(arguments[3])};
            int seconds = Integer.parseInt(arguments[4]);
            if (arguments.length == 6) {
                measure(home, cities, seconds, asked, Registry::size);
            } else {
                var settings = settings(home, "shared_buffers = " + arguments[6]);
                measure(home, cities, seconds, asked, Registry::readAll);
                Files.delete(settings);
            }
        }
    }

    private static void load(Path home, int holders, Duration most) throws Exception {
        if (!Files.exists(home.resolve("data"))) {
            Database.embedded(home).close();
            Files.writeString(
                    home.resolve("data/postgresql.conf"), "include_if_exists 'load.conf'\n", StandardOpenOption.APPEND);
        }
        var settings = settings(home, FAST);
        try (var server = Database.embedded(home)) {
            var address = address(server, home, holders);
            execute(server, "CREATE DATABASE " + name(holders));
            address.open().close();
            var city = new City(holders);
            int complete = city.holderOf(new RegistryLoad(city, address)
                    .run(2, java.time.Instant.now().plus(most)));
            if (complete < holders) {
                execute(server, "ALTER DATABASE " + name(holders) + " RENAME TO " + name(complete));
            }
            System.out.printf("%d holders%n", complete);
        } finally {
            Files.delete(settings);
        }
    }

    private static Path settings(Path home, String text) throws IOException {
        return Files.writeString(home.resolve("data/load.conf"), text);
    }

    private static void execute(Database server, String sql) throws SQLException {
        try (var connection = server.connection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(sql);
        }
    }

    private static void measure(Path home, int[] cities, int seconds, int asked, Consumer<Registry> prepare)
            throws Exception {
        try (var server = Database.embedded(home)) {
            var registries = new ArrayList<Registry>();
            for (int holders : cities) {
                registries.add(new Registry(new City(holders), address(server, home, holders), home, asked));
            }
            registries.forEach(prepare);
            for (var key : Key.values()) {
                registries.forEach(registry -> registry.run(key, 4, Duration.ofSeconds(seconds)));
            }
            System.out.println("| key | at once | licences | lookups/s | p50 ms | p99 ms |");
            for (int atOnce : new int[] {1, 2, 4, 8, 16}) {
                for (var key : Key.values()) {
                    // in turns, so that a disturbance meets both
                    var times = new ArrayList<List<long[]>>(List.of(new ArrayList<>(), new ArrayList<>()));
                    for (int turn = 0; turn < 2; turn++) {
                        for (int i = 0; i < 2; i++) {
                            times.get(i).add(registries.get(i).run(key, atOnce, Duration.ofSeconds(seconds)));
                        }
                    }
                    for (int i = 0; i < 2; i++) {
                        print(key, atOnce, registries.get(i).city.licences(), times.get(i), 2 * seconds);
                    }
                }
            }
            registries.forEach(Registry::close);
        }
    }

    private static void print(Key key, int atOnce, int licences, List<long[]> turns, int seconds) {
        var times = turns.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "| %s | %d | %,d | %,d | %.2f | %.2f |%n",
                key.name().toLowerCase(java.util.Locale.ROOT),
                atOnce,
                licences,
                times.length / seconds,
                times[times.length / 2] / 1e6,
                times[(int) (times.length * 0.99)] / 1e6);
    }

    private static TestPostgres.Address address(Database server, Path home, int holders) throws IOException {
        var host = server.address().substring(0, server.address().indexOf('/'));
        return new TestPostgres.Address(
                "jdbc:postgresql://" + host + "/" + name(holders),
                Files.readString(home.resolve("password")).strip());
    }

    private static String name(int holders) {
        return "city_" + holders;
    }

    private static final class Registry implements AutoCloseable {
        private final City city;
        private final TestPostgres.Address address;
        private final Database database;
        private final PostgresLicences licences;
        /// How many licences are asked for, each as often as the others.
        private final int asked;

        private int turns;

        Registry(City city, TestPostgres.Address address, Path home, int asked) throws IOException {
            this.city = city;
            this.address = address;
            this.asked = Math.min(asked, city.licences());
            this.database = address.open();
            this.licences = new PostgresLicences(
                    database, RegistryLoad.VAULT, new DirectoryStore(home.resolve("documents")), Clock.systemUTC());
        }

        /// @return nanoseconds of each lookup
        long[] run(Key key, int atOnce, Duration duration) {
            turns++;
            long end = System.nanoTime() + duration.toNanos();
            try (var pool = Executors.newFixedThreadPool(atOnce)) {
                var parts = IntStream.range(0, atOnce)
                        .mapToObj(i -> pool.submit(() -> lookUp(key, new SplittableRandom(turns * 1000L + i), end)))
                        .toList();
                return parts.stream()
                        .map(Registry::get)
                        .flatMapToLong(Arrays::stream)
                        .toArray();
            }
        }

        private static long[] get(Future<long[]> part) {
            try {
                return part.get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private long[] lookUp(Key key, SplittableRandom random, long end) {
            var times = new long[1024];
            int count = 0;
            while (System.nanoTime() < end) {
                int wanted = (int) ((long) random.nextInt(asked) * city.licences() / asked);
                var holder = city.holder(city.holderOf(wanted));
                var id = city.id(wanted);
                long start = System.nanoTime();
                boolean found =
                        switch (key) {
                            case HOLDER ->
                                !licences.ofHolder(holder, 20, Optional.empty())
                                        .licences()
                                        .isEmpty();
                            case IDENTIFIER -> licences.find(id).isPresent();
                            case NUMBER ->
                                licences.byNumber(city.typeCode(wanted), city.number(wanted))
                                        .isPresent();
                        };
                if (!found) {
                    throw new IllegalStateException("not found: " + id);
                }
                if (count == times.length) {
                    times = Arrays.copyOf(times, 2 * count);
                }
                times[count++] = System.nanoTime() - start;
            }
            return Arrays.copyOf(times, count);
        }

        void size() {
            database.reading(on -> {
                try (var statement = on.prepareStatement("""
                                SELECT coalesce(p.inhparent::regclass, c.oid::regclass)::text AS name,
                                       sum(pg_table_size(c.oid)) AS rows, sum(pg_indexes_size(c.oid)) AS indexes
                                  FROM pg_class c LEFT JOIN pg_inherits p ON p.inhrelid = c.oid
                                 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                                 GROUP BY 1 HAVING sum(pg_total_relation_size(c.oid)) > 10000000 ORDER BY 2 DESC
                                """);
                        var row = statement.executeQuery()) {
                    double total = 0;
                    while (row.next()) {
                        double rows = row.getLong("rows") / (double) city.licences();
                        double indexes = row.getLong("indexes") / (double) city.licences();
                        total += rows + indexes;
                        System.out.printf(
                                "%s: rows %.0f, indexes %.0f bytes a licence%n", row.getString("name"), rows, indexes);
                    }
                    System.out.printf(
                            "%,d licences of %,d holders: %.0f bytes a licence%n",
                            city.licences(), city.holders(), total);
                    return total;
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        /// See `docs/scaling.md`, "Memory".
        void readAll() {
            size();
            try (var on = address.connect();
                    var statement = on.createStatement()) {
                statement.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm");
                try (var row = statement.executeQuery("""
                        SELECT sum(pg_prewarm(part.relid) * current_setting('block_size')::bigint) / 1e9
                          FROM unnest(ARRAY['licence', 'licence_pkey', 'licence_of_holder', 'rendition_pkey', 'holder_key',
                                            'holder_key_pkey', 'licence_directory', 'licence_directory_pkey',
                                            'licence_number', 'licence_number_pkey', 'licence_holder',
                                            'licence_holder_pkey', 'holder_entry_pkey']) hot,
                               pg_partition_tree(hot::regclass) part
                         WHERE part.isleaf
                        """)) {
                    row.next();
                    System.out.printf("%,d licences: %.1f GB read%n", city.licences(), row.getDouble(1));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
