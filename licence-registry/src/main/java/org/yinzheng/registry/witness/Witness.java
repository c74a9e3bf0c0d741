package org.yinzheng.registry.witness;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yinzheng.registry.audit.Checkpoint;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.registry.audit.Merkle;
import org.yinzheng.registry.audit.Note;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

/// Co-signs the checkpoints of logs that it was told to watch, as long as each continues what it saw before.
public final class Witness {
    /// A note and 63 hashes.
    public static final int LONGEST = 80 << 10;

    private static final int MOST_HASHES = 63;
    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");

    /// The answer to a request to co-sign, in the words of the protocol.
    public sealed interface Answer {
        /// @param line for the note
        record Cosigned(String line) implements Answer {}

        /// The request begins at another size than the one on record, or shows another tree of the same size.
        ///
        /// @param size on record
        record Conflict(long size) implements Answer {}

        record LogUnknown() implements Answer {}

        record NotSigned() implements Answer {}

        record Malformed() implements Answer {}

        /// The log has not only grown, or the proof of it is wrong.
        record Inconsistent() implements Answer {}
    }

    private final Map<String, LogKey> logs;
    private final SeenLogs seen;
    private final Cosigner cosigner;

    public Witness(Collection<LogKey> logs, SeenLogs seen, Cosigner cosigner) {
        this.logs = logs.stream().collect(Collectors.toUnmodifiableMap(LogKey::origin, Function.identity()));
        this.seen = seen;
        this.cosigner = cosigner;
    }

    public WitnessKey key() {
        return cosigner.key();
    }

    /// Answers a request as C2SP tlog-witness has it: `old` and a size, the proof's hashes, an empty line, the note.
    /// If we crash before the record is written, nothing is signed; after it, the sender finds our size in the
    /// conflict that it gets, asks again from there and has its signature.
    ///
    /// @throws org.yinzheng.signing.Failure while database or token is away
    public Answer add(String request) {
        int end = request.indexOf("\n\n");
        if (request.length() > LONGEST || end < 0) {
            return new Answer.Malformed();
        }
        var head = request.substring(0, end).lines().toList();
        var note = request.substring(end + 2);
        var old = OLD.matcher(head.isEmpty() ? "" : head.getFirst());
        var proof = hashes(head);
        if (!old.matches() || proof.isEmpty()) {
            return new Answer.Malformed();
        }
        var log = Optional.ofNullable(logs.get(note.lines().findFirst().orElse("")));
        if (log.isEmpty()) {
            return new Answer.LogUnknown();
        }
        Checkpoint newer;
        try {
            newer = log.get().open(note);
        } catch (InvalidInput notSigned) {
            return new Answer.NotSigned();
        }
        return add(Long.parseLong(old.group(1)), proof.get(), newer, note);
    }

    private Answer add(long old, List<Digest> proof, Checkpoint newer, String note) {
        if (old > newer.size()) {
            return new Answer.Malformed();
        }
        var latest = latest(newer.origin());
        if (latest.size() != old || (old == newer.size() && !latest.root().equals(newer.root()))) {
            return new Answer.Conflict(latest.size());
        }
        if (!Merkle.provesConsistency(old, latest.root(), newer.size(), newer.root(), proof)) {
            return new Answer.Inconsistent();
        }
        if (!seen.advance(old, newer)) {
            return new Answer.Conflict(latest(newer.origin()).size());
        }
        return new Answer.Cosigned(cosigner.line(Note.text(note)));
    }

    private Checkpoint latest(String origin) {
        return seen.latest(origin).orElseGet(() -> new Checkpoint(origin, 0, Merkle.EMPTY));
    }

    private static Optional<List<Digest>> hashes(List<String> head) {
        if (head.isEmpty() || head.size() > 1 + MOST_HASHES) {
            return Optional.empty();
        }
        var hashes = new ArrayList<Digest>();
        try {
            for (var line : head.subList(1, head.size())) {
                hashes.add(
                        new Digest(HexFormat.of().formatHex(Base64.getDecoder().decode(line))));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(hashes);
    }
}
