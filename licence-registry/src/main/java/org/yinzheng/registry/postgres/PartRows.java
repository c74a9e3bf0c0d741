package org.yinzheng.registry.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.HolderVault;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.Intents.Completion;
import org.yinzheng.registry.licence.Part;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Standing;

/// What combined licences bind.
final class PartRows {
    /// A column of every query for a licence `l`: its parts as JSON, null when it has none. They are its own first
    /// holder's, so they live beside it.
    static final String COLUMN = """
            (SELECT json_agg(json_build_object('id', p.licence_id, 'type', p.type_name,
                                               'number', encode(p.number_sealed, 'hex'), 'state', p.state,
                                               'from', p.valid_from, 'until', p.valid_until,
                                               'successor', p.superseded_by,
                                               'disputed', EXISTS (SELECT 1 FROM dispute d
                                                     WHERE d.licence_id = p.licence_id AND d.state = 'OPEN'))
                             ORDER BY b.position)
               FROM licence_part b JOIN licence p ON p.holder_key = l.holder_key AND p.licence_id = b.part_id
              WHERE b.licence_id = l.licence_id) AS parts""";

    private PartRows() {}

    static void insert(Connection on, LicenceId licence, Parts parts) throws SQLException {
        for (int i = 0; i < parts.all().size(); i++) {
            try (var statement =
                    on.prepareStatement("INSERT INTO licence_part (licence_id, position, part_id) VALUES (?, ?, ?)")) {
                statement.setString(1, licence.value());
                statement.setInt(2, i + 1);
                statement.setString(3, parts.all().get(i).id().value());
                statement.executeUpdate();
            }
        }
    }

    /// Keeps the parts as they are until the transaction ends: whoever changes one of them is before it or
    /// after it.
    ///
    /// @return the part that is not in force any more
    static Optional<Completion.PartEnded> lock(Connection on, LicenceRows rows, Parts parts) throws SQLException {
        var ids = parts.all().stream().map(part -> part.id().value()).toArray();
        if (ids.length == 0) {
            return Optional.empty();
        }
        try (var statement = on.prepareStatement("""
                SELECT l.licence_id, state, valid_from, valid_until
                  FROM licence_directory w JOIN licence l ON l.holder_key = w.home_key AND l.licence_id = w.licence_id
                 WHERE w.licence_id = ANY (?) ORDER BY l.licence_id FOR SHARE OF l
                """)) {
            statement.setArray(1, on.createArrayOf("text", ids));
            try (var row = statement.executeQuery()) {
                var seen = new HashSet<String>();
                var ended = Optional.<Completion.PartEnded>empty();
                while (row.next()) {
                    var id = row.getString("licence_id");
                    var standing = rows.standing(
                            row.getString("state"),
                            row.getObject("valid_from", LocalDate.class),
                            Optional.ofNullable(row.getObject("valid_until", LocalDate.class)));
                    seen.add(id);
                    if (standing != Standing.IN_FORCE && ended.isEmpty()) {
                        ended = Optional.of(new Completion.PartEnded(new LicenceId(id), standing));
                    }
                }
                if (seen.size() != ids.length) {
                    throw new IllegalStateException("a part that was read is gone");
                }
                return ended;
            }
        }
    }

    /// @param json of [#COLUMN]
    /// @param box of the licence's home
    static Parts read(LicenceRows rows, HolderVault box, @Nullable String json) {
        if (json == null) {
            return Parts.NONE;
        }
        var parts = new ArrayList<Part>();
        for (var node : LicenceRows.json(json.getBytes(StandardCharsets.UTF_8))) {
            parts.add(part(rows, box, node));
        }
        return new Parts(parts);
    }

    private static Part part(LicenceRows rows, HolderVault box, JsonNode node) {
        var id = node.path("id").asText();
        var sealed = HexFormat.of().parseHex(node.path("number").asText());
        return new Part(
                new LicenceId(id),
                node.path("type").asText(),
                LicenceRows.number(box, id, sealed).toString(),
                rows.standing(
                        node.path("state").asText(),
                        LocalDate.parse(node.path("from").asText()),
                        Optional.ofNullable(node.path("until").textValue()).map(LocalDate::parse)),
                node.path("disputed").asBoolean(),
                Optional.ofNullable(node.path("successor").textValue()).map(LicenceId::new));
    }
}
