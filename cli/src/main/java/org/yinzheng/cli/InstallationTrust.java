package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;

/// Whom an installation believes: its own authority, what its operator names, the signers that it has itself. What
/// changes while it runs is seen after a second: a document does not wait for a look into folders.
final class InstallationTrust implements Supplier<Trust> {
    private static final long LOOK_AGAIN = Duration.ofSeconds(1).toNanos();

    private final List<Supplier<Trust>> sources;
    private final AlgorithmPolicy policy;
    private KnownSigners ownSigners = KnownSigners.NONE;
    private Trust last = Trust.NONE;
    private DocumentVerifier verifier = DocumentVerifier.ofOwn(last);
    private long lookedAt = System.nanoTime() - LOOK_AGAIN;

    /// @param sources the first one's word counts where there can be one only
    private InstallationTrust(List<Supplier<Trust>> sources, AlgorithmPolicy policy) {
        this.sources = List.copyOf(sources);
        this.policy = policy;
    }

    /// The demonstration's word first, then the operator's.
    static InstallationTrust of(Settings settings, Path root, DemonstrationAuthority authority, Clock clock)
            throws IOException {
        var timestampAnchors = timestampAnchors(settings);
        return new InstallationTrust(
                List.of(authority::trust, () -> timestampAnchors, OperatorTrust.of(settings, root, clock)),
                settings.algorithmPolicy());
    }

    /// Another timestamp authority's, beside the demonstration's.
    private static Trust timestampAnchors(Settings settings) throws IOException {
        if (settings.timestamps().isEmpty()) {
            return Trust.NONE;
        }
        var anchors = Certificates.parseAll(
                Files.readAllBytes(settings.timestamps().get().anchor()));
        return new Trust(Set.copyOf(anchors), Set.of(), List.of());
    }

    /// From now on these are believed, too.
    synchronized void know(KnownSigners signers) {
        ownSigners = signers;
        look();
    }

    /// The same one as long as it says the same: it remembers the signatures that it has checked.
    @Override
    public synchronized Trust get() {
        if (System.nanoTime() - lookedAt >= LOOK_AGAIN) {
            look();
        }
        return last;
    }

    /// Of a document that was made here a moment ago.
    Report selfCheck(DocumentBytes document, Instant at) {
        return verifier().verify(document, at);
    }

    private synchronized DocumentVerifier verifier() {
        get();
        return verifier;
    }

    private void look() {
        var now = sources.stream()
                .map(Supplier::get)
                .reduce(Trust.NONE, Trust::plus)
                .with(ownSigners)
                .withPolicy(policy);
        if (!now.equals(last)) {
            last = now;
            verifier = DocumentVerifier.ofOwn(now);
        }
        lookedAt = System.nanoTime();
    }
}
