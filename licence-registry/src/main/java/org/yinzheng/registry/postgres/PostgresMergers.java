package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.merger.Merger;
import org.yinzheng.registry.merger.MergerResult;
import org.yinzheng.registry.merger.Mergers;
import org.yinzheng.signing.InvalidInput;

/// Mergers, in PostgreSQL. There are few: all of them are kept in memory for two seconds.
public final class PostgresMergers implements Mergers {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final String COLUMNS = """
            SELECT from_code, from_name, into_code, into_name, current_code, current_name, reason_code, legal_basis,
                   note, actor_subject, actor_role, at
              FROM authority_merger
            """;

    private final Database database;
    private final Clock clock;
    private volatile Known known = new Known(List.of(), Instant.MIN);

    private record Known(List<Merger> mergers, Instant at) {}

    public PostgresMergers(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Extent extent(CreditCode from) {
        return database.reading(on -> {
            try (var statement = on.prepareStatement("""
                    WITH bodies AS (SELECT ? AS code UNION
                                    SELECT from_code FROM authority_merger WHERE current_code = ?)
                    SELECT (SELECT count(*) FROM licence WHERE authority_code IN (SELECT code FROM bodies)) AS licences,
                           (SELECT count(*) FROM dispute WHERE authority_code IN (SELECT code FROM bodies)
                               AND state = 'OPEN') AS disputes
                    """)) {
                statement.setString(1, from.value());
                statement.setString(2, from.value());
                try (var row = statement.executeQuery()) {
                    row.next();
                    return new Extent(row.getLong("licences"), row.getLong("disputes"));
                }
            }
        });
    }

    /// Crash: the merger is there with its line of the log, or not at all.
    @Override
    public MergerResult merge(Authority from, Authority into, Grounds grounds, Actor actor) {
        if (from.code().equals(into.code())) {
            throw new InvalidInput("merger", "into", "a body is merged into another");
        }
        var result = database.transaction(on -> {
            lock(on); // one at a time: two at once could make a circle
            var before = find(on, from.code());
            if (before.isPresent()) {
                return new MergerResult.MergedBefore(before.get());
            }
            var gone = find(on, into.code());
            if (gone.isPresent()) {
                return new MergerResult.IntoMerged(gone.get());
            }
            var merger = new Merger(from, into, into, grounds, actor, clock.instant());
            insert(on, merger);
            passOn(on, from, into);
            AuditTrail.append(
                    on,
                    new AuditEntry(
                            merger.at(),
                            actor,
                            "authority.merge",
                            from.code().value(),
                            grounds.reasonCode(),
                            Map.of(
                                    "into", into.code().value(),
                                    "legalBasis", grounds.legalBasis(),
                                    "note", grounds.note())));
            return new MergerResult.Done(merger);
        });
        known = new Known(List.of(), Instant.MIN);
        return result;
    }

    @Override
    public Authority current(Authority issued) {
        return fresh().stream()
                .filter(merger -> merger.from().code().equals(issued.code()))
                .findFirst()
                .map(Merger::current)
                .orElse(issued);
    }

    @Override
    public Set<CreditCode> takenOver(CreditCode authority) {
        return fresh().stream()
                .filter(merger -> merger.current().code().equals(authority))
                .map(merger -> merger.from().code())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Merger> all() {
        return database.reading(on -> {
            try (var statement = on.prepareStatement(COLUMNS + " ORDER BY at, from_code");
                    var row = statement.executeQuery()) {
                var mergers = new ArrayList<Merger>();
                while (row.next()) {
                    mergers.add(read(row));
                }
                return mergers;
            }
        });
    }

    private List<Merger> fresh() {
        var now = clock.instant();
        var seen = known;
        if (seen.at().isBefore(now.minus(FRESH))) {
            seen = new Known(all(), now);
            known = seen;
        }
        return seen.mergers();
    }

    private static void lock(Connection on) throws SQLException {
        try (var statement = on.prepareStatement("LOCK TABLE authority_merger IN SHARE ROW EXCLUSIVE MODE")) {
            statement.execute();
        }
    }

    private static Optional<Merger> find(Connection on, CreditCode from) throws SQLException {
        try (var statement = on.prepareStatement(COLUMNS + " WHERE from_code = ?")) {
            statement.setString(1, from.value());
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static void insert(Connection on, Merger merger) throws SQLException {
        try (var statement = on.prepareStatement("""
                INSERT INTO authority_merger (from_code, from_name, into_code, into_name, current_code, current_name,
                       reason_code, legal_basis, note, actor_subject, actor_role, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            statement.setString(1, merger.from().code().value());
            statement.setString(2, merger.from().name());
            statement.setString(3, merger.into().code().value());
            statement.setString(4, merger.into().name());
            statement.setString(5, merger.current().code().value());
            statement.setString(6, merger.current().name());
            statement.setString(7, merger.grounds().reasonCode());
            statement.setString(8, merger.grounds().legalBasis());
            statement.setString(9, merger.grounds().note());
            statement.setString(10, merger.actor().subject());
            statement.setString(11, merger.actor().role());
            statement.setObject(12, LifeRows.utc(merger.at()));
            statement.executeUpdate();
        }
    }

    /// What had come to `from` before comes to `into` with it.
    private static void passOn(Connection on, Authority from, Authority into) throws SQLException {
        try (var statement = on.prepareStatement(
                "UPDATE authority_merger SET current_code = ?, current_name = ? WHERE current_code = ?")) {
            statement.setString(1, into.code().value());
            statement.setString(2, into.name());
            statement.setString(3, from.code().value());
            statement.executeUpdate();
        }
    }

    private static Merger read(ResultSet row) throws SQLException {
        return new Merger(
                authority(row, "from"),
                authority(row, "into"),
                authority(row, "current"),
                new Grounds(row.getString("reason_code"), row.getString("legal_basis"), row.getString("note")),
                new Actor(row.getString("actor_subject"), row.getString("actor_role")),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static Authority authority(ResultSet row, String which) throws SQLException {
        return new Authority(new CreditCode(row.getString(which + "_code")), row.getString(which + "_name"));
    }
}
