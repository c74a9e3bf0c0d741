package org.yinzheng.registry.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.audit.LoggedEntry;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;

/// Between rows and entries of the audit log.
final class AuditRows {
    static final String COLUMNS =
            "entry_id, leaf_index, commitment, salt, at, actor, role, action, subject, reason, details";

    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditRows() {}

    /// @throws InvalidInput when somebody wrote into the row what no entry can hold
    static LoggedEntry read(ResultSet row) throws SQLException {
        long index = row.getLong("leaf_index");
        var place = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(index);
        byte @Nullable [] salt = row.getBytes("salt");
        return new LoggedEntry(
                row.getLong("entry_id"),
                place,
                LicenceRows.digest(row.getBytes("commitment")),
                salt == null ? Optional.empty() : Optional.of(entry(row)),
                Optional.ofNullable(salt).map(HexFormat.of()::formatHex));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        try {
            Map<String, String> details =
                    JSON.readValue(row.getString("details"), new TypeReference<Map<String, String>>() {});
            return new AuditEntry(
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    new Actor(row.getString("actor"), row.getString("role")),
                    row.getString("action"),
                    row.getString("subject"),
                    row.getString("reason"),
                    details);
        } catch (JsonProcessingException e) {
            throw new InvalidInput("audit-details", "details", "a JSON object of texts");
        }
    }
}
