package org.yinzheng.registry.witness;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.Checkpoint;
import org.yinzheng.registry.witness.Witness.Answer;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Has our checkpoints co-signed by other cities. A witness that is away is asked again; the log goes on without it.
public final class Cosigning {
    public static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Cosigning.class);

    /// Another city's witness.
    ///
    /// @param ask sends a request of [Witness#add]; [Failure.NotDone] when there is no answer
    public record Peer(WitnessKey key, Function<String, Answer> ask) {}

    private final AuditLog log;
    private final List<Peer> peers;

    public Cosigning(AuditLog log, List<Peer> peers) {
        this.log = log;
        this.peers = List.copyOf(peers);
    }

    /// Shows the latest checkpoint to each witness that has not seen it.
    public void round() {
        var note = log.checkpoint();
        if (note.isEmpty()) {
            return;
        }
        var checkpoint = log.key().open(note.get());
        for (var peer : peers) {
            var name = peer.key().name();
            try {
                long known = log.seenBy(name);
                if (known < checkpoint.size()) {
                    show(peer, known, checkpoint, note.get());
                }
            } catch (Failure away) {
                LOG.warn("witness {}: {}", name, away.getMessage());
            } catch (InvalidInput wrong) {
                LOG.error("witness {} gave what is not its signature", name);
            }
        }
    }

    private void show(Peer peer, long known, Checkpoint checkpoint, String note) {
        var name = peer.key().name();
        var answer = peer.ask().apply(request(known, checkpoint, note));
        if (answer instanceof Answer.Conflict conflict
                && conflict.size() != known
                && conflict.size() <= checkpoint.size()) {
            answer = peer.ask().apply(request(conflict.size(), checkpoint, note));
        }
        switch (answer) {
            case Answer.Cosigned cosigned -> {
                if (peer.key().saw(note + cosigned.line()).isEmpty()) {
                    throw new InvalidInput("cosignature", "", "a line of another witness");
                }
                log.witnessed(checkpoint.size(), name, cosigned.line());
            }
            case Answer.Conflict conflict ->
                LOG.error(
                        "witness {} has seen this log with {} entries; here it has {}, or others: the database was set"
                                + " back or changed. Stop, and run `yinzheng audit verify`",
                        name,
                        conflict.size(),
                        checkpoint.size());
            case Answer.Inconsistent inconsistent ->
                LOG.error(
                        "witness {} says that this log is not the continuation of what it saw: run `yinzheng audit verify`",
                        name);
            case Answer.LogUnknown unknown ->
                LOG.warn(
                        "witness {} does not watch this log: give its operator the key of `yinzheng audit keys`", name);
            case Answer.NotSigned notSigned -> LOG.warn("witness {} knows another key of this log", name);
            case Answer.Malformed malformed -> LOG.warn("witness {} does not understand the request", name);
        }
    }

    private String request(long old, Checkpoint checkpoint, String note) {
        var text = new StringBuilder("old ").append(old).append('\n');
        if (old > 0) {
            log.consistency(old, checkpoint.size())
                    .forEach(hash -> text.append(Base64.getEncoder().encodeToString(hash.bytes()))
                            .append('\n'));
        }
        return text.append('\n').append(note).toString();
    }
}
