package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.DecisionResult;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.dispute.Disputes;
import org.yinzheng.registry.dispute.FilingResult;
import org.yinzheng.registry.dispute.WorkingDays;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.notice.Notice;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

/// Disputes, in PostgreSQL. Filing and deciding lock the licence, as its transitions do.
public final class PostgresDisputes implements Disputes {
    private static final int LONGEST_REASON = 1000;
    private static final int LARGEST_PAGE = 100;

    private final Database database;
    private final Vault vault;
    private final WorkingDays calendar;
    private final int daysToDecide;
    private final LicenceRows licences;
    private final DisputeRows rows;

    /// @param daysToDecide working days from the day after a dispute is filed
    public PostgresDisputes(Database database, Vault vault, WorkingDays calendar, int daysToDecide, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.calendar = calendar;
        this.daysToDecide = daysToDecide;
        this.licences = new LicenceRows(vault, clock);
        this.rows = new DisputeRows(vault);
    }

    @Override
    public FilingResult file(LicenceId licence, Claim claim, Dispute.FiledAs as, Actor by, String idempotencyKey) {
        return database.transaction(on -> file(on, licence, claim, as, by, idempotencyKey));
    }

    /// Crash: the dispute is there with everything that tells of it, or not at all.
    private FilingResult file(
            Connection on, LicenceId licence, Claim claim, Dispute.FiledAs as, Actor by, String idempotencyKey)
            throws SQLException {
        var locked = LifeRows.lock(on, licence);
        if (locked.isEmpty()) {
            return new FilingResult.NotFound();
        }
        var key = vault.lookup("dispute-key", idempotencyKey.getBytes(UTF_8));
        var asked = vault.lookup(
                "dispute", (licence.value() + "\0" + new String(DisputeRows.bytes(claim), UTF_8)).getBytes(UTF_8));
        var before = filedUnder(on, key);
        if (before.isPresent()) {
            return before.get().request().equals(LicenceRows.digest(asked))
                    ? new FilingResult.AlreadyFiled(find(on, before.get().id()).orElseThrow())
                    : new FilingResult.KeyReused();
        }
        var recorded = locked.get().recorded();
        if (recorded != Standing.IN_FORCE && recorded != Standing.SUSPENDED) {
            return new FilingResult.NotDisputable(recorded);
        }
        var id = UUID.randomUUID();
        try (var statement = on.prepareStatement("""
                INSERT INTO dispute (dispute_id, licence_id, authority_code, state, filed_as, filed_by, claim_sealed,
                       filed_at, due_on, idempotency_key, request_key)
                SELECT ?, l.licence_id, l.authority_code, 'OPEN', ?, ?, ?, ?, ?, ?, ?
                  FROM licence l WHERE l.holder_key = ? AND l.licence_id = ?
                ON CONFLICT DO NOTHING
                """)) {
            statement.setObject(1, id);
            statement.setString(2, as.name());
            statement.setString(3, by.subject());
            statement.setBytes(4, vault.seal(id.toString(), "dispute.claim", DisputeRows.bytes(claim)));
            statement.setObject(5, LifeRows.utc(licences.now()));
            statement.setObject(6, calendar.after(licences.today(), daysToDecide));
            statement.setBytes(7, key);
            statement.setBytes(8, asked);
            statement.setBytes(9, locked.get().place().homeKey());
            statement.setString(10, licence.value());
            if (statement.executeUpdate() == 0) {
                // the key may have been used for another licence in this moment
                return filedUnder(on, key).isPresent() ? new FilingResult.KeyReused() : new FilingResult.OpenAlready();
            }
        }
        LifeRows.touch(on, locked.get().place());
        NoticeRows.write(on, licence, Notice.Kind.DISPUTED, null, licences.now());
        log(on, "licence.dispute", licence, by, id);
        return new FilingResult.Filed(find(on, id).orElseThrow());
    }

    @Override
    public DecisionResult reject(UUID id, String reason, Actor by) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new InvalidInput("reason", "reason", "a rejection says why, in 1 to 1000 characters");
        }
        return database.transaction(on -> reject(on, id, reason, by));
    }

    private DecisionResult reject(Connection on, UUID id, String reason, Actor by) throws SQLException {
        var dispute = find(on, id);
        if (dispute.isEmpty()) {
            return new DecisionResult.NotFound();
        }
        var licence = dispute.get().licence();
        var place = LifeRows.lock(on, licence).orElseThrow().place();
        try (var statement = on.prepareStatement("""
                UPDATE dispute SET state = 'REJECTED', decided_at = ?, decided_by = ?, decided_as = ?, decision_sealed = ?
                 WHERE dispute_id = ? AND state = 'OPEN'
                """)) {
            statement.setObject(1, LifeRows.utc(licences.now()));
            statement.setString(2, by.subject());
            statement.setString(3, by.role());
            statement.setBytes(4, vault.seal(id.toString(), "dispute.decision", reason.getBytes(UTF_8)));
            statement.setObject(5, id);
            if (statement.executeUpdate() == 0) {
                return new DecisionResult.DecidedBefore(find(on, id).orElseThrow());
            }
        }
        LifeRows.touch(on, place);
        NoticeRows.write(on, licence, Notice.Kind.DISPUTE_REJECTED, null, licences.now());
        log(on, "licence.dispute-rejected", licence, by, id);
        return new DecisionResult.Decided(find(on, id).orElseThrow());
    }

    @Override
    public DecisionResult withdraw(UUID id, Actor by) {
        return database.transaction(on -> withdraw(on, id, by));
    }

    private DecisionResult withdraw(Connection on, UUID id, Actor by) throws SQLException {
        var dispute = find(on, id);
        if (dispute.isEmpty()) {
            return new DecisionResult.NotFound();
        }
        if (!dispute.get().filedBy().equals(by.subject())) {
            return new DecisionResult.NotTheirs();
        }
        var licence = dispute.get().licence();
        var place = LifeRows.lock(on, licence).orElseThrow().place();
        try (var statement = on.prepareStatement("""
                UPDATE dispute SET state = 'WITHDRAWN', decided_at = ?, decided_by = ?, decided_as = ?
                 WHERE dispute_id = ? AND state = 'OPEN'
                """)) {
            statement.setObject(1, LifeRows.utc(licences.now()));
            statement.setString(2, by.subject());
            statement.setString(3, by.role());
            statement.setObject(4, id);
            if (statement.executeUpdate() == 0) {
                return new DecisionResult.DecidedBefore(find(on, id).orElseThrow());
            }
        }
        LifeRows.touch(on, place);
        NoticeRows.write(on, licence, Notice.Kind.DISPUTE_WITHDRAWN, null, licences.now());
        log(on, "licence.dispute-withdrawn", licence, by, id);
        return new DecisionResult.Decided(find(on, id).orElseThrow());
    }

    @Override
    public Optional<Dispute> find(UUID id) {
        return database.reading(on -> find(on, id));
    }

    @Override
    public List<Dispute> ofLicence(LicenceId licence) {
        return database.reading(on -> {
            try (var statement =
                    on.prepareStatement(DisputeRows.COLUMNS + " WHERE licence_id = ? ORDER BY filed_at, dispute_id")) {
                statement.setString(1, licence.value());
                try (var row = statement.executeQuery()) {
                    return rows.all(row);
                }
            }
        });
    }

    @Override
    public List<Dispute> open(
            Set<CreditCode> authorities, Optional<LocalDate> dueBefore, int limit, Optional<UUID> after) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput("limit", "limit", "from 1 to " + LARGEST_PAGE);
        }
        return database.reading(on -> {
            try (var statement = on.prepareStatement(DisputeRows.COLUMNS + """
                     WHERE authority_code = ANY (?) AND state = 'OPEN'
                       AND (?::date IS NULL OR due_on < ?::date)
                       AND (?::uuid IS NULL OR (due_on, dispute_id) >
                            (SELECT d.due_on, d.dispute_id FROM dispute d WHERE d.dispute_id = ?::uuid))
                     ORDER BY due_on, dispute_id LIMIT ?
                    """)) {
                statement.setArray(
                        1,
                        on.createArrayOf(
                                "text",
                                authorities.stream().map(CreditCode::value).toArray()));
                statement.setObject(2, dueBefore.orElse(null));
                statement.setObject(3, dueBefore.orElse(null));
                statement.setObject(4, after.orElse(null));
                statement.setObject(5, after.orElse(null));
                statement.setInt(6, limit);
                try (var row = statement.executeQuery()) {
                    return rows.all(row);
                }
            }
        });
    }

    private Optional<Dispute> find(Connection on, UUID id) throws SQLException {
        try (var statement = on.prepareStatement(DisputeRows.COLUMNS + " WHERE dispute_id = ?")) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                return rows.all(row).stream().findFirst();
            }
        }
    }

    private record FiledBefore(UUID id, Digest request) {}

    private static Optional<FiledBefore> filedUnder(Connection on, byte[] key) throws SQLException {
        try (var statement =
                on.prepareStatement("SELECT dispute_id, request_key FROM dispute WHERE idempotency_key = ?")) {
            statement.setBytes(1, key);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new FiledBefore(
                                row.getObject("dispute_id", UUID.class),
                                LicenceRows.digest(row.getBytes("request_key"))))
                        : Optional.empty();
            }
        }
    }

    /// What is disputed and why is personal, and stays out of the log.
    private void log(Connection on, String action, LicenceId licence, Actor by, UUID dispute) throws SQLException {
        AuditTrail.append(
                on,
                new AuditEntry(licences.now(), by, action, licence.value(), "", Map.of("dispute", dispute.toString())));
    }
}
