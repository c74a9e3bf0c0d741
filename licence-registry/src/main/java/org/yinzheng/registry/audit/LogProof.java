package org.yinzheng.registry.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

/// An entry with all that proves it to somebody who has the log's key and no network (C2SP tlog-proof, file extension
/// `.tlog-proof`). The extra data is `{"entry":…,"salt":hex}`, of which the leaf is computed.
///
/// @param salt 32 bytes in hexadecimal
/// @param path from the leaf to the root, the lowest first
/// @param note the signed checkpoint, with the witnesses' signatures when it has any
public record LogProof(AuditEntry entry, String salt, long index, List<Digest> path, String note) {
    /// More is no proof of ours: sixty hashes and a few signatures.
    public static final int LONGEST = 128 << 10;

    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final int MOST_HASHES = 63;
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,17})");
    private static final ObjectMapper JSON = new ObjectMapper();

    public LogProof {
        path = List.copyOf(path);
    }

    public String text() {
        var extra = "{\"entry\":" + new String(entry.canonicalJson(), UTF_8) + ",\"salt\":\"" + salt + "\"}";
        var text = new StringBuilder(FIRST + "\nextra ")
                .append(Base64.getEncoder().encodeToString(extra.getBytes(UTF_8)))
                .append("\nindex ")
                .append(index)
                .append('\n');
        path.forEach(hash ->
                text.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
        return text.append('\n').append(note).toString();
    }

    /// @throws InvalidInput `log-proof`
    public static LogProof parse(String text) {
        if (text.length() > LONGEST) {
            throw wrong("too long");
        }
        int end = text.indexOf("\n\n");
        var lines = end < 0 ? List.<String>of() : text.substring(0, end).lines().toList();
        if (lines.size() < 3
                || lines.size() > 3 + MOST_HASHES
                || !lines.getFirst().equals(FIRST)
                || !lines.get(1).startsWith("extra ")) {
            throw wrong("not a proof of an entry of such a log");
        }
        var index = INDEX.matcher(lines.get(2));
        if (!index.matches()) {
            throw wrong("no index");
        }
        try {
            var extra = JSON.readTree(Base64.getDecoder().decode(lines.get(1).substring("extra ".length())));
            var path = new ArrayList<Digest>();
            for (var line : lines.subList(3, lines.size())) {
                path.add(new Digest(HexFormat.of().formatHex(Base64.getDecoder().decode(line))));
            }
            var salt = extra.path("salt").asText();
            HexFormat.of().parseHex(salt);
            var proof = new LogProof(
                    entry(extra.path("entry")), salt, Long.parseLong(index.group(1)), path, text.substring(end + 2));
            if (proof.text().equals(text)) { // one proof has one text
                return proof;
            }
            throw wrong("not as it was written");
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw wrong("unreadable");
        }
    }

    /// That the log has this entry.
    ///
    /// @return the checkpoint under which it is
    /// @throws InvalidInput `note`, `checkpoint`: not what that log signed; `log-proof`: the entry is not in it
    public Checkpoint check(LogKey log) {
        log.open(note);
        return included();
    }

    /// That the entry is where the proof says under the checkpoint, whoever signed that.
    ///
    /// @throws InvalidInput `note`, `checkpoint`, `log-proof`
    public Checkpoint included() {
        var checkpoint = Checkpoint.parse(Note.text(note));
        var leaf =
                Merkle.leafHash(entry.commitment(HexFormat.of().parseHex(salt)).bytes());
        if (!Merkle.provesInclusion(leaf, index, checkpoint.size(), path, checkpoint.root())) {
            throw wrong("the log has no such entry there");
        }
        return checkpoint;
    }

    private static AuditEntry entry(JsonNode json) throws JsonProcessingException {
        var details = new TreeMap<String, String>();
        json.path("details")
                .properties()
                .forEach(
                        detail -> details.put(detail.getKey(), detail.getValue().asText()));
        return new AuditEntry(
                Instant.parse(json.path("at").asText()),
                new Actor(json.path("actor").asText(), json.path("role").asText()),
                json.path("action").asText(),
                json.path("subject").asText(),
                json.path("reason").asText(),
                details);
    }

    private static InvalidInput wrong(String why) {
        return new InvalidInput("log-proof", "", "not a proof of the audit log: " + why);
    }
}
