package org.yinzheng.registry.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.RegisterEntry;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.signing.Digest;

/// Puts licences into a registry as the ceremony would, without documents.
final class TestLicences {
    static final String TYPE = "11100000000013338W009";
    static final Authority AUTHORITY = new Authority(new CreditCode("11330105002500287C"), "云泽市公安局");

    private final AtomicInteger serial = new AtomicInteger();
    private final Database database;
    private final LicenceRows rows;

    TestLicences(Database database, LicenceRows rows) {
        this.database = database;
        this.rows = rows;
    }

    Licence insert(CitizenId holder, Instant at, LocalDate from, Optional<LocalDate> until, CitizenId... others) {
        var number = "N%05d".formatted(serial.incrementAndGet());
        var licence = new Licence(
                LicenceId.of(TYPE, AUTHORITY.code(), number, 1),
                new LicenceNumber(number),
                TYPE,
                "居住证",
                Optional.of("1"),
                new Holder(holder, "林知远"),
                Stream.of(others)
                        .map(other -> new Party(new Holder(other, "周明"), Party.Role.SPOUSE))
                        .toList(),
                AUTHORITY,
                Standing.IN_FORCE,
                from,
                until,
                JsonNodeFactory.instance.objectNode().put("KZ_MZ", "汉族"),
                Map.of(),
                at,
                Digest.sha256(new byte[0]),
                Optional.empty(),
                RegisterEntry.first(Optional.empty(), Parts.NONE));
        database.transaction(connection -> {
            var place = rows.place(licence.id(), holder);
            LicencePlaces.enter(connection, place);
            LicencePlaces.reserveNumber(connection, rows.numberKey(TYPE, licence.number()), place, true);
            try (var statement = connection.prepareStatement("""
                    INSERT INTO issuance_intent (idempotency_key, request_key, licence_id, type_code, number_key, state,
                           authority_code, authority_name, actor_subject, actor_role, recorded_at, ended_at)
                    VALUES (?, ?, ?, ?, ?, 'DONE', '', '', '', '', now(), now())
                    """)) {
                statement.setString(1, "intent-" + UUID.randomUUID());
                statement.setBytes(2, new byte[32]);
                statement.setString(3, licence.id().value());
                statement.setString(4, TYPE);
                statement.setBytes(5, rows.numberKey(TYPE, licence.number()));
                statement.executeUpdate();
            }
            rows.insert(connection, licence);
            return licence.id();
        });
        return licence;
    }
}
