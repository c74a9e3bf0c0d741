package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.ChangeResult;
import org.yinzheng.registry.life.LicenceLife;
import org.yinzheng.registry.life.Passage;
import org.yinzheng.registry.life.Transition;

/// The transitions of licences, in PostgreSQL.
public final class PostgresLicenceLife implements LicenceLife {
    private final Database database;
    private final Vault vault;
    private final LicenceRows rows;

    public PostgresLicenceLife(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.rows = new LicenceRows(vault, clock);
    }

    @Override
    public ChangeResult change(LicenceId id, Change change) {
        return database.transaction(on -> change(on, id, change));
    }

    /// Crash: the transaction is there as a whole, or not at all.
    ChangeResult change(Connection on, LicenceId id, Change change) throws SQLException {
        var locked = LifeRows.lock(on, id);
        if (locked.isEmpty()) {
            return new ChangeResult.NotFound();
        }
        var now = locked.get();
        var once = change.idempotencyKey().map(key -> once(key, change)).orElse(null);
        if (once != null) {
            var before = LifeRows.askedUnder(on, now.place(), once.key());
            if (before.isPresent()) {
                return before.get().equals(once.request())
                        ? new ChangeResult.AlreadyDone(
                                rows.find(on, now.place()).orElseThrow())
                        : new ChangeResult.KeyReused();
            }
        }
        if (change.transition() == Transition.REVOKE && now.recorded() == Standing.REVOKED) {
            return new ChangeResult.AlreadyDone(rows.find(on, now.place()).orElseThrow());
        }
        if (change.seen().filter(seen -> seen != now.version()).isPresent()) {
            return new ChangeResult.Overtaken(now.version());
        }
        if (!change.transition().leaves(now.recorded())) {
            return new ChangeResult.NotAllowed(now.recorded());
        }
        LifeRows.move(on, now, change.transition().to());
        var grounds = change.grounds();
        LifeRows.record(
                on,
                now.place(),
                new Passage(
                        now.recorded().name(), change.transition().to().name(), change.actor(), grounds, rows.now()),
                once);
        NoticeRows.write(on, id, change.transition().notice(), null, rows.now());
        AuditTrail.append(
                on,
                new AuditEntry(
                        rows.now(),
                        change.actor(),
                        change.transition().action(),
                        id.value(),
                        grounds.reasonCode(),
                        Map.of("legalBasis", grounds.legalBasis(), "note", grounds.note())));
        return new ChangeResult.Done(rows.find(on, now.place()).orElseThrow());
    }

    @Override
    public List<Passage> history(LicenceId id) {
        return database.reading(on -> {
            var place = LicencePlaces.find(on, id);
            return place.isEmpty() ? List.of() : LifeRows.history(on, place.get());
        });
    }

    private LifeRows.Once once(String key, Change change) {
        var grounds = change.grounds();
        var asked = String.join(
                "\0", change.transition().name(), grounds.reasonCode(), grounds.legalBasis(), grounds.note());
        return new LifeRows.Once(
                LicenceRows.digest(vault.lookup("change-key", key.getBytes(UTF_8))),
                LicenceRows.digest(vault.lookup("change", asked.getBytes(UTF_8))));
    }
}
