package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Which data keys there are, and the way from one to the next while the registry is in use:
/// made → every process opens it → everybody seals under it → what is under the old one moves → the old one goes.
public final class PostgresDataKeys {
    /// How often a process looks ([#round]).
    public static final Duration EVERY = Duration.ofSeconds(5);

    /// After how long a process that says nothing is taken for dead.
    public static final Duration ALIVE = EVERY.multipliedBy(4);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Actor SYSTEM = new Actor("yinzheng", "system");

    private final Database database;
    private final Vault vault;
    private final RegistryKeys keys;
    private final Clock clock;
    private final Duration alive;
    private final Consumer<Step> reached;
    private final UUID node = UUID.randomUUID();

    public enum State {
        MADE,
        SEALING,
        OPENING,
        RETIRED
    }

    /// Of a rotation and a retirement, for tests that kill the process there.
    enum Step {
        KEY_MADE,
        KEY_RECORDED,
        SWITCHED,
        SOME_MOVED,
        RETIRED
    }

    /// @param values that stand under it, by table
    public record DataKey(int number, State state, Optional<Instant> madeAt, Map<String, Long> values) {
        public long total() {
            return values.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// @param number of the key that is sealed under now
    /// @param left values that stayed under older keys
    public record Rotated(int number, long left) {}

    @FunctionalInterface
    public interface Progress {
        void moved(long done, long total);
    }

    public PostgresDataKeys(Database database, Vault vault, Clock clock) {
        this(database, vault, clock, ALIVE);
    }

    /// @param alive instead of [#ALIVE]: longer than the time from one [#round] to the next, in every process
    public PostgresDataKeys(Database database, Vault vault, Clock clock, Duration alive) {
        this(database, vault, clock, alive, step -> {});
    }

    PostgresDataKeys(Database database, Vault vault, Clock clock, Duration alive, Consumer<Step> reached) {
        this.database = database;
        this.vault = vault;
        this.keys = vault.keys();
        this.clock = clock;
        this.alive = alive;
        this.reached = reached;
    }

    /// At the start, before anything is sealed or opened. Makes the first key of a new registry.
    ///
    /// @throws Failure.NotDone when this node lacks a key under which there may be values
    public void open() {
        database.transaction(this::makeFirst);
        for (var key : database.reading(PostgresDataKeys::recorded)) {
            if (key.state() != State.RETIRED && !keys.opens(key.number())) {
                throw new Failure.NotDone(
                        "registry data key " + key.number()
                                + " is not in this node's folder of keys: copy its file from the node that made it",
                        null);
            }
        }
        round();
    }

    /// Again and again: learns of new keys, tells which ones this process opens, drops retired ones. Dead between a
    /// retirement and the end of its file: this ends it.
    public void round() {
        for (var key : database.reading(PostgresDataKeys::recorded)) {
            switch (key.state()) {
                case RETIRED -> {
                    keys.forget(key.number());
                    keys.store().destroy(key.number());
                }
                case MADE, OPENING -> confirm(key.number());
                case SEALING -> {
                    confirm(key.number());
                    keys.sealUnder(key.number());
                }
            }
        }
    }

    /// Every key that is not retired.
    public List<DataKey> status() {
        return database.reading(on -> {
            unhurried(on);
            var values = Resealing.count(on);
            return recorded(on).stream()
                    .filter(key -> key.state() != State.RETIRED)
                    .map(key -> new DataKey(
                            key.number(), key.state(), key.madeAt(), values.getOrDefault(key.number(), Map.of())))
                    .toList();
        });
    }

    /// Takes up a rotation that did not come to its end, else begins one: while an old key is not retired, nobody
    /// makes another.
    ///
    /// @throws Failure.NotDone when another rotation runs, or a process of the registry cannot open the new key
    public Rotated rotate(Progress progress) {
        try (var _ = HeldKey.take(database, "yinzheng data keys")
                .orElseThrow(() -> new Failure.NotDone("the registry's data keys are being rotated", null))) {
            var old = database.reading(PostgresDataKeys::recorded).stream()
                    .filter(key -> key.state() == State.OPENING)
                    .toList();
            int number = old.isEmpty() ? next() : sealing();
            keys.sealUnder(number);
            long total = olderThan(number);
            var done = new long[1];
            progress.moved(0, total);
            new Resealing(database, vault, values -> {
                        done[0] += values;
                        progress.moved(Math.min(done[0], total), total);
                        reached.accept(Step.SOME_MOVED);
                    })
                    .run(number);
            return new Rotated(number, olderThan(number));
        }
    }

    /// Dead after the key is made: it is in its file, and the next rotation finds it there. After it is recorded:
    /// nobody seals under it, and the next rotation goes on with it. After the switch: there is an old key with
    /// values under it, and the next rotation moves these.
    private int next() {
        int number = database.reading(PostgresDataKeys::recorded).stream()
                        .filter(key -> key.state() != State.MADE)
                        .mapToInt(Recorded::number)
                        .max()
                        .orElseThrow()
                + 1;
        Arrays.fill(keys.store().findOrMake(number), (byte) 0);
        reached.accept(Step.KEY_MADE);
        database.transaction(on -> {
            try (var statement = on.prepareStatement(
                    "INSERT INTO data_key (number, state, made_at) VALUES (?, 'MADE', ?) ON CONFLICT DO NOTHING")) {
                statement.setInt(1, number);
                statement.setObject(2, LifeRows.utc(clock.instant()));
                return statement.executeUpdate();
            }
        });
        reached.accept(Step.KEY_RECORDED);
        round();
        awaitReaders(number);
        database.transaction(on -> {
            move(on, State.SEALING, State.OPENING);
            move(on, State.MADE, State.SEALING);
            log(on, "data-key.rotate", number);
            return number;
        });
        reached.accept(Step.SWITCHED);
        return number;
    }

    /// Ends a key under which nothing stands any more, for good.
    ///
    /// @return what still stands under it, by table; empty: it is gone
    /// @throws InvalidInput `data-key`
    public Map<String, Long> retire(int number) {
        Map<String, Long> left = database.transaction(on -> {
            unhurried(on);
            try (var lock = on.prepareStatement("SELECT pg_advisory_xact_lock(1501136507, ?)")) {
                lock.setInt(1, number); // whoever sealed under it has committed
                lock.execute();
            }
            var known =
                    recorded(on).stream().filter(key -> key.number() == number).findFirst();
            if (known.isEmpty() || known.get().state() != State.OPENING) {
                throw new InvalidInput("data-key", "number", "a key that was rotated, and is not retired yet");
            }
            var values = Resealing.count(on).getOrDefault(number, Map.of());
            if (values.isEmpty()) {
                try (var statement = on.prepareStatement(
                        "UPDATE data_key SET state = 'RETIRED', retired_at = ? WHERE number = ? AND state = 'OPENING'")) {
                    statement.setObject(1, LifeRows.utc(clock.instant()));
                    statement.setInt(2, number);
                    statement.executeUpdate();
                }
                log(on, "data-key.retire", number);
            }
            return values;
        });
        if (left.isEmpty()) {
            reached.accept(Step.RETIRED);
            round();
        }
        return left;
    }

    private record Recorded(int number, State state, Optional<Instant> madeAt) {}

    private static List<Recorded> recorded(Connection on) throws SQLException {
        try (var statement = on.prepareStatement("SELECT number, state, made_at FROM data_key ORDER BY number");
                var row = statement.executeQuery()) {
            var found = new ArrayList<Recorded>();
            while (row.next()) {
                found.add(new Recorded(
                        row.getInt("number"),
                        State.valueOf(row.getString("state")),
                        Optional.ofNullable(row.getObject("made_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)));
            }
            return found;
        }
    }

    /// Whoever looks before the commit has sealed nothing yet. If we crash before it, the same key is found again. A
    /// registry from before keys had numbers has its key, which is found.
    private int makeFirst(Connection on) throws SQLException {
        try (var waiting = on.prepareStatement(
                        "SELECT number FROM data_key WHERE number = ? AND made_at IS NULL FOR UPDATE");
                var record = on.prepareStatement("UPDATE data_key SET made_at = ? WHERE number = ?")) {
            waiting.setInt(1, RegistryKeys.FIRST);
            try (var row = waiting.executeQuery()) {
                if (!row.next()) {
                    return 0;
                }
            }
            Arrays.fill(keys.store().findOrMake(RegistryKeys.FIRST), (byte) 0);
            record.setObject(1, LifeRows.utc(clock.instant()));
            record.setInt(2, RegistryKeys.FIRST);
            return record.executeUpdate();
        }
    }

    private int sealing() {
        return database.reading(PostgresDataKeys::recorded).stream()
                .filter(key -> key.state() == State.SEALING)
                .findFirst()
                .orElseThrow()
                .number();
    }

    private long olderThan(int number) {
        return status().stream()
                .filter(key -> key.number() < number)
                .mapToLong(DataKey::total)
                .sum();
    }

    private void confirm(int number) {
        if (!keys.opens(number)) {
            return;
        }
        database.transaction(on -> {
            try (var confirm = on.prepareStatement("""
                            INSERT INTO data_key_reader (node, number, seen_at) VALUES (?, ?, ?)
                            ON CONFLICT (node, number) DO UPDATE SET seen_at = EXCLUDED.seen_at
                            """);
                    var gone = on.prepareStatement("DELETE FROM data_key_reader WHERE seen_at < ?")) {
                confirm.setObject(1, node);
                confirm.setInt(2, number);
                confirm.setObject(3, LifeRows.utc(clock.instant()));
                confirm.executeUpdate();
                gone.setObject(1, LifeRows.utc(clock.instant().minus(alive.multipliedBy(2))));
                return gone.executeUpdate();
            }
        });
    }

    /// Until every process that was seen lately opens the key. One that is not running now looks when it starts.
    private void awaitReaders(int number) {
        var until = clock.instant().plus(PATIENCE);
        for (long without = without(number); without > 0; without = without(number)) {
            if (clock.instant().isAfter(until)) {
                throw new Failure.NotDone(
                        without + " running processes of this registry do not open data key " + number
                                + ": copy its file into their folders of keys, then rotate again",
                        null);
            }
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure.NotDone("interrupted before anybody seals under the new key", e);
            }
        }
    }

    private long without(int number) {
        return database.reading(on -> {
            try (var statement = on.prepareStatement("""
                    SELECT count(DISTINCT node) AS nodes FROM data_key_reader r
                     WHERE seen_at > ? AND NOT EXISTS (
                           SELECT 1 FROM data_key_reader o WHERE o.node = r.node AND o.number = ?)
                    """)) {
                statement.setObject(1, LifeRows.utc(clock.instant().minus(alive)));
                statement.setInt(2, number);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong("nodes");
                }
            }
        });
    }

    private static void move(Connection on, State from, State to) throws SQLException {
        try (var statement = on.prepareStatement("UPDATE data_key SET state = ? WHERE state = ?")) {
            statement.setString(1, to.name());
            statement.setString(2, from.name());
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("not one data key is " + from);
            }
        }
    }

    private void log(Connection on, String action, int number) throws SQLException {
        AuditTrail.append(
                on,
                new AuditEntry(
                        clock.instant(), SYSTEM, action, "registry", "", Map.of("number", String.valueOf(number))));
    }

    /// Millions of rows are counted.
    static void unhurried(Connection on) throws SQLException {
        try (var statement = on.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 0");
        }
    }
}
