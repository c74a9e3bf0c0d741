package org.yinzheng.registry.stamping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealState;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.stamping.Level;

/// Finds out, before a seal is suspended or destroyed, whether what was stamped with it could be stamped again with
/// another one. It really stamps and checks, and keeps nothing: no use is recorded, because no stamp comes of it.
public final class Rehearsal {
    private static final int PAGE = 100;
    private static final int MOST = 1000;
    private static final StampOptions UNSEEN = new StampOptions(
            List.of(),
            Level.B,
            Level.Shortfall.REQUIRE,
            StampOptions.Signatures.BOTH,
            StampOptions.AllowedChanges.UNSAID,
            false,
            Set.of());

    /// Makes a registered licence's renditions again with another seal, and throws them away.
    @FunctionalInterface
    public interface Reissue {
        /// @throws InvalidInput when they cannot be made
        void rehearse(LicenceId licence, SealRecord with);
    }

    /// @param tried the newest documents, as many as were asked for
    /// @param fine those that were stamped again and passed our verifier
    /// @param obstacles by code, how many could not be
    public record Result(String with, int tried, int fine, Map<String, Integer> obstacles) {
        public Result {
            obstacles = Map.copyOf(obstacles);
        }
    }

    private final Seals seals;
    private final SealUses uses;
    private final DocumentStore documents;
    private final StampPress press;
    private final Reissue licences;
    private final Clock clock;

    public Rehearsal(
            Seals seals, SealUses uses, DocumentStore documents, StampPress press, Reissue licences, Clock clock) {
        this.seals = seals;
        this.uses = uses;
        this.documents = documents;
        this.press = press;
        this.licences = licences;
        this.clock = clock;
    }

    /// @param with the seal to stamp with instead; it must be in use
    /// @param most 1 to 1000
    /// @param folder for files on the way; the caller's to delete
    /// @throws InvalidInput `seal-unknown`, `seal-not-in-use`, `rehearsal-size`
    public Result rehearse(String sealId, String with, int most, Path folder) {
        if (most < 1 || most > MOST) {
            throw new InvalidInput("rehearsal-size", "most", "1 to " + MOST);
        }
        var other =
                seals.find(with).orElseThrow(() -> new InvalidInput("seal-unknown", "with", "there is no such seal"));
        if (other.state() != SealState.IN_USE || other.current().isEmpty()) {
            throw new InvalidInput("seal-not-in-use", "with", "a seal that is in use");
        }
        var obstacles = new TreeMap<String, Integer>();
        var tried = 0;
        var next = Optional.<String>empty();
        do {
            var page = uses.search(SealUses.Query.ofSeal(sealId), PAGE, next);
            for (var use : page.uses()) {
                if (tried < most && use.outcome().orElse(null) instanceof SealUse.Stamped stamped) {
                    tried++;
                    obstacle(use, stamped.result(), other, folder)
                            .ifPresent(code -> obstacles.merge(code, 1, Integer::sum));
                }
            }
            next = page.next();
        } while (next.isPresent() && tried < most);
        var stuck = obstacles.values().stream().mapToInt(Integer::intValue).sum();
        return new Result(with, tried, tried - stuck, obstacles);
    }

    private Optional<String> obstacle(SealUse use, Digest stamped, SealRecord with, Path folder) {
        try {
            switch (use.kind()) {
                case LICENCE -> licences.rehearse(use.licence().orElseThrow(), with);
                case PDF, OFD, XML -> again(stamped, with, folder);
                case DIGEST -> {
                    return Optional.of("document-elsewhere");
                }
            }
            return Optional.empty();
        } catch (InvalidInput refused) {
            return Optional.of(refused.code());
        }
    }

    /// The document as it was handed out takes a further stamp: nobody has to find the original.
    private void again(Digest stamped, SealRecord with, Path folder) {
        var file = folder.resolve("again");
        var output = folder.resolve("again.stamped");
        try {
            documents.fetch(stamped, file);
            var document = StampRequest.Document.of("", file);
            press.stamp(
                    with,
                    document,
                    UUID.randomUUID(),
                    UNSEEN,
                    output,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS));
        } finally {
            delete(file);
            delete(output);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure.NotDone("a file could not be deleted: " + file, e);
        }
    }
}
