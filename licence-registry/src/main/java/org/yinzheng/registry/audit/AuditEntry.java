package org.yinzheng.registry.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.Mask;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.CanonicalJson;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

/// One thing that was done. A citizen's identity number that somebody typed into any of its texts is masked here: the
/// log is kept for decades and is read by people who need not know it.
///
/// @param at to the microsecond
/// @param action dotted and stable, what it was done to first: `licence.revoke`, `seal.approve`
/// @param subject the identifier of what it was done to, by which it is found: a licence's, a seal's, a key's
/// @param reason a code or a sentence, may be empty
/// @param details names to texts, such as a document's digest
public record AuditEntry(
        Instant at, Actor actor, String action, String subject, String reason, SortedMap<String, String> details) {
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern CITIZEN = Pattern.compile("(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])");
    private static final int LONGEST = 1000;
    private static final int MOST_DETAILS = 50;

    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (action.length() > 64 || !ACTION.matcher(action).matches()) {
            throw new InvalidInput("audit-action", "action", "dotted lower-case words, such as licence.revoke");
        }
        if (details.size() > MOST_DETAILS
                || !details.keySet().stream()
                        .allMatch(name -> NAME.matcher(name).matches())) {
            throw new InvalidInput("audit-details", "details", "at most 50 names of letters, digits, . _ and -");
        }
        actor = new Actor(text("actor", actor.subject(), 1), text("role", actor.role(), 0));
        subject = text("subject", subject, 1);
        reason = text("reason", reason, 0);
        var masked = new TreeMap<String, String>();
        details.forEach((name, value) -> masked.put(name, text("details." + name, value, 0)));
        details = Collections.unmodifiableSortedMap(masked);
    }

    public AuditEntry(
            Instant at, Actor actor, String action, String subject, String reason, Map<String, String> details) {
        this(at, actor, action, subject, reason, new TreeMap<>(details));
    }

    /// What the tree knows of this entry: whoever has entry and salt can prove that it is the one, and nobody can guess
    /// it from the commitment.
    ///
    /// @param salt 32 random bytes, this entry's own
    public Digest commitment(byte[] salt) {
        var json = canonicalJson();
        var message = new byte[salt.length + json.length];
        System.arraycopy(salt, 0, message, 0, salt.length);
        System.arraycopy(json, 0, message, salt.length, json.length);
        return Digest.sha256(message);
    }

    /// The entry as one text, the same wherever it is written: see [CanonicalJson].
    public byte[] canonicalJson() {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("at", at.toString())
                .put("actor", actor.subject())
                .put("role", actor.role())
                .put("action", action)
                .put("subject", subject)
                .put("reason", reason);
        node.set("details", detailsNode());
        return CanonicalJson.bytes(node);
    }

    public byte[] detailsJson() {
        return CanonicalJson.bytes(detailsNode());
    }

    private ObjectNode detailsNode() {
        var node = JsonNodeFactory.instance.objectNode();
        details.forEach(node::put);
        return node;
    }

    private static String text(String field, String value, int shortest) {
        if (value.length() < shortest || value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw new InvalidInput(
                    "audit-text", field, "a text of " + shortest + " to " + LONGEST + " characters without NUL");
        }
        // bytes and back: a lone surrogate would not survive the database
        return CITIZEN.matcher(new String(value.getBytes(UTF_8), UTF_8)).replaceAll(found -> {
            try {
                var number = new CitizenId(found.group().toUpperCase(Locale.ROOT));
                return Mask.number(number.value());
            } catch (InvalidInput none) {
                return found.group();
            }
        });
    }
}
