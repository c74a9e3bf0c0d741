package org.yinzheng.registry.postgres;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.notice.Delivery;
import org.yinzheng.registry.notice.Notice;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.registry.notice.Reliance;
import org.yinzheng.registry.notice.Webhook;

/// The outbox, in PostgreSQL.
public final class PostgresOutbox implements Outbox {
    private static final int LONGEST_ERROR = 200;

    private final Database database;
    private final Clock clock;

    public PostgresOutbox(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void relied(LicenceId licence, String subject) {
        database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    INSERT INTO reliance (home_key, licence_id, relying_subject, first_at, last_at, times)
                    SELECT home_key, licence_id, ?, ?, ?, 1 FROM licence_directory WHERE licence_id = ?
                    ON CONFLICT (home_key, licence_id, relying_subject)
                    DO UPDATE SET last_at = EXCLUDED.last_at, times = reliance.times + 1
                    """)) {
                statement.setString(1, subject);
                statement.setObject(2, now());
                statement.setObject(3, now());
                statement.setString(4, licence.value());
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public List<Reliance> relyingOn(LicenceId licence) {
        return database.reading(on -> {
            try (var statement = on.prepareStatement("""
                    SELECT r.relying_subject, r.first_at, r.last_at, r.times,
                           count(*) FILTER (WHERE d.state = 'DELIVERED') AS told,
                           count(*) FILTER (WHERE d.state = 'WAITING') AS waiting
                      FROM licence_directory p
                      JOIN reliance r ON r.home_key = p.home_key AND r.licence_id = p.licence_id
                      LEFT JOIN webhook w ON w.owner_subject = r.relying_subject AND w.scope = 'RELIED'
                      LEFT JOIN notice_delivery d ON d.webhook_id = w.webhook_id AND d.licence_id = r.licence_id
                     WHERE p.licence_id = ?
                     GROUP BY r.relying_subject, r.first_at, r.last_at, r.times
                     ORDER BY r.last_at DESC, r.relying_subject
                    """)) {
                statement.setString(1, licence.value());
                try (var row = statement.executeQuery()) {
                    var all = new ArrayList<Reliance>();
                    while (row.next()) {
                        all.add(new Reliance(
                                row.getString("relying_subject"),
                                instant(row, "first_at"),
                                instant(row, "last_at"),
                                row.getInt("times"),
                                row.getInt("told"),
                                row.getInt("waiting")));
                    }
                    return all;
                }
            }
        });
    }

    @Override
    public Webhook subscribe(String owner, Optional<CreditCode> issuedBy, URI url) {
        var webhook = new Webhook(UUID.randomUUID(), owner, issuedBy, url, clock.instant());
        database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    INSERT INTO webhook (webhook_id, owner_subject, scope, authority_code, url, since)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """)) {
                statement.setObject(1, webhook.id());
                statement.setString(2, owner);
                statement.setString(3, issuedBy.isPresent() ? "ISSUED" : "RELIED");
                statement.setString(4, issuedBy.map(CreditCode::value).orElse(null));
                statement.setString(5, url.toString());
                statement.setObject(6, LifeRows.utc(webhook.since()));
                return statement.executeUpdate();
            }
        });
        return webhook;
    }

    @Override
    public List<Webhook> webhooks(String owner) {
        return database.reading(on -> {
            try (var statement = on.prepareStatement("""
                    SELECT webhook_id, owner_subject, authority_code, url, since
                      FROM webhook WHERE owner_subject = ? AND ended_at IS NULL ORDER BY since, webhook_id
                    """)) {
                statement.setString(1, owner);
                try (var row = statement.executeQuery()) {
                    var all = new ArrayList<Webhook>();
                    while (row.next()) {
                        all.add(new Webhook(
                                row.getObject("webhook_id", UUID.class),
                                row.getString("owner_subject"),
                                Optional.ofNullable(row.getString("authority_code"))
                                        .map(CreditCode::new),
                                URI.create(row.getString("url")),
                                instant(row, "since")));
                    }
                    return all;
                }
            }
        });
    }

    @Override
    public boolean unsubscribe(String owner, UUID webhook) {
        return database.transaction(on -> {
            try (var statement = on.prepareStatement(
                    "UPDATE webhook SET ended_at = ? WHERE webhook_id = ? AND owner_subject = ? AND ended_at IS NULL")) {
                statement.setObject(1, now());
                statement.setObject(2, webhook);
                statement.setString(3, owner);
                if (statement.executeUpdate() == 0) {
                    return false;
                }
            }
            try (var statement = on.prepareStatement("""
                    UPDATE notice_delivery SET state = 'GIVEN_UP', ended_at = ?, last_error = 'unsubscribed'
                     WHERE webhook_id = ? AND state = 'WAITING'
                    """)) {
                statement.setObject(1, now());
                statement.setObject(2, webhook);
                statement.executeUpdate();
            }
            return true;
        });
    }

    @Override
    public List<Delivery> take(int most, Duration lease) {
        return database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    WITH due AS (
                        SELECT d.webhook_id, d.notice_id FROM notice_delivery d
                         WHERE d.state = 'WAITING' AND d.next_at <= ?
                           AND NOT EXISTS (SELECT 1 FROM notice_delivery e
                                            WHERE e.webhook_id = d.webhook_id AND e.licence_id = d.licence_id
                                              AND e.state = 'WAITING' AND e.notice_id < d.notice_id)
                         ORDER BY d.next_at, d.notice_id LIMIT ?
                           FOR UPDATE SKIP LOCKED)
                    UPDATE notice_delivery t SET attempts = attempts + 1, next_at = ?
                      FROM due, webhook w, licence_notice n
                     WHERE t.webhook_id = due.webhook_id AND t.notice_id = due.notice_id
                       AND w.webhook_id = t.webhook_id AND n.notice_id = t.notice_id
                    RETURNING t.webhook_id, w.url, t.attempts, t.since, n.notice_id, n.licence_id, n.kind, n.successor,
                              n.part_id, n.part_kind, n.at
                    """)) {
                statement.setObject(1, now());
                statement.setInt(2, most);
                statement.setObject(3, LifeRows.utc(clock.instant().plus(lease)));
                try (var row = statement.executeQuery()) {
                    var taken = new ArrayList<Delivery>();
                    while (row.next()) {
                        taken.add(delivery(row));
                    }
                    return taken;
                }
            }
        });
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getObject("webhook_id", UUID.class),
                URI.create(row.getString("url")),
                new Notice(
                        row.getLong("notice_id"),
                        new LicenceId(row.getString("licence_id")),
                        Notice.Kind.valueOf(row.getString("kind")),
                        Optional.ofNullable(row.getString("successor")).map(LicenceId::new),
                        ofPart(row),
                        instant(row, "at")),
                row.getInt("attempts"),
                instant(row, "since"));
    }

    private static Optional<Notice.OfPart> ofPart(ResultSet row) throws SQLException {
        var part = row.getString("part_id");
        return part == null
                ? Optional.empty()
                : Optional.of(new Notice.OfPart(new LicenceId(part), Notice.Kind.valueOf(row.getString("part_kind"))));
    }

    @Override
    public void delivered(Delivery delivery) {
        database.transaction(on -> end(on, delivery, "DELIVERED", null));
    }

    @Override
    public void failed(Delivery delivery, Optional<Duration> next, String error) {
        var words = error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
        if (next.isEmpty()) {
            database.transaction(on -> end(on, delivery, "GIVEN_UP", words));
            return;
        }
        database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    UPDATE notice_delivery SET next_at = ?, last_error = ?
                     WHERE webhook_id = ? AND notice_id = ? AND state = 'WAITING' AND attempts = ?
                    """)) {
                statement.setObject(1, LifeRows.utc(clock.instant().plus(next.get())));
                statement.setString(2, words);
                statement.setObject(3, delivery.webhook());
                statement.setLong(4, delivery.notice().id());
                statement.setInt(5, delivery.attempts());
                return statement.executeUpdate();
            }
        });
    }

    private int end(Connection on, Delivery delivery, String state, @org.jspecify.annotations.Nullable String error)
            throws SQLException {
        try (var statement = on.prepareStatement("""
                UPDATE notice_delivery SET state = ?, last_error = ?, ended_at = ?
                 WHERE webhook_id = ? AND notice_id = ? AND state = 'WAITING'
                """)) {
            statement.setString(1, state);
            statement.setString(2, error);
            statement.setObject(3, now());
            statement.setObject(4, delivery.webhook());
            statement.setLong(5, delivery.notice().id());
            return statement.executeUpdate();
        }
    }

    @Override
    public int announceExpiring(int days, int most) {
        var today = LocalDate.ofInstant(clock.instant(), LicenceRows.ZONE);
        return database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    WITH told AS (
                        INSERT INTO licence_notice (licence_id, kind, at)
                        SELECT l.licence_id, 'EXPIRING', ? FROM licence l
                         WHERE l.state = 'IN_FORCE' AND l.valid_until BETWEEN ? AND ?
                           AND NOT EXISTS (SELECT 1 FROM licence_notice o
                                            WHERE o.licence_id = l.licence_id AND o.kind = 'EXPIRING')
                         ORDER BY l.valid_until LIMIT ?
                        ON CONFLICT (licence_id) WHERE kind = 'EXPIRING' DO NOTHING
                        RETURNING notice_id, licence_id, kind, at)
                    """ + NoticeRows.DELIVERIES)) {
                statement.setObject(1, now());
                statement.setObject(2, today);
                statement.setObject(3, today.plusDays(days));
                statement.setInt(4, most);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getInt("many");
                }
            }
        });
    }

    private OffsetDateTime now() {
        return LifeRows.utc(clock.instant());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
