package org.yinzheng.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.api.client.RemoteTimestampSource;
import org.yinzheng.registry.witness.AccompanyingProof;
import org.yinzheng.registry.witness.KnownLogs;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.evidence.BundleVerdict;
import org.yinzheng.signing.evidence.EvidenceBundle;
import org.yinzheng.signing.trustlist.TrustListStore;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// Evidence bundles (证据包) as files: written beside a verdict, and judged again years later.
final class Bundles {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CLAUSE = "ETSI EN 319 102-1 §5.6";

    private static final String LOG_PROOF = "log-proof.txt";
    private static final String LOG_KEY = "log-key.txt";

    private final Trust trust;
    private final KnownLogs logs;
    private final Path trustLists;

    Bundles(Trust trust, KnownLogs logs, Path trustLists) {
        this.trust = trust;
        this.logs = logs;
        this.trustLists = trustLists;
    }

    static boolean isBundle(Path file) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /// @param server gives a receipt, the proof of its log, and the timestamp that proves when the bundle was made
    /// @return whether a proof of the log is in it
    boolean write(Path bundle, Path file, ObjectNode answer, Instant at, @Nullable URI server) throws IOException {
        var document = DocumentBytes.owning(Files.readAllBytes(file));
        var asked = server == null ? Asked.NOBODY : ask(server, document);
        var proof = attachments(asked.proof(), answer, document);
        var enclosed = new EvidenceBundle.Enclosed(
                file.getFileName().toString(), document, answer.toString(), asked.receipt(), lists(), proof);
        var partial = bundle.resolveSibling("." + bundle.getFileName() + ".partial");
        try (var timestamps = server == null ? null : new RemoteTimestampSource(server.resolve("/tsa"), PATIENCE)) {
            try (var output = Files.newOutputStream(partial)) {
                EvidenceBundle.write(output, enclosed, trust, at, Optional.ofNullable(timestamps));
            }
            Files.move(partial, bundle, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return !proof.isEmpty();
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private List<TrustListStore.Stored> lists() {
        var store = new TrustListStore(trustLists);
        return Stream.concat(store.own().stream(), store.imported().stream()).toList();
    }

    private record Asked(Optional<String> receipt, Optional<AccompanyingProof> proof) {
        static final Asked NOBODY = new Asked(Optional.empty(), Optional.empty());
    }

    private static Asked ask(URI server, DocumentBytes document) {
        try (var client = new ApiClient(server, Optional.empty())) {
            var verification = client.verifications().verify(document);
            var proof = Optional.ofNullable(verification.path("logProof").textValue());
            return new Asked(
                    Optional.of(client.verifications().receipt(verification)),
                    proof.map(text -> new AccompanyingProof(
                            text(text), Optional.of(text(client.verifications().logKey())))));
        }
    }

    /// A file that was changed lawfully since its issue, by an archive timestamp for one, is not what the log has: the
    /// proof would speak of another file.
    private static Map<String, DocumentBytes> attachments(
            Optional<AccompanyingProof> proof, ObjectNode answer, DocumentBytes document) {
        var id = Optional.ofNullable(answer.path("licenceId").textValue());
        return proof.filter(one -> one.judge(KnownLogs.NONE, id, document.sha256()).stream()
                        .flatMap(check -> check.reason().stream())
                        .allMatch(Gap.LOG_UNCONFIRMED::equals))
                .map(one -> Map.of(LOG_PROOF, one.proof(), LOG_KEY, one.key().orElseThrow()))
                .orElse(Map.of());
    }

    private static DocumentBytes text(String text) {
        return DocumentBytes.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Without a network, by what is in the bundle and whom the operator trusts now.
    Report judge(Path file, Instant now) {
        try {
            var bundle = EvidenceBundle.read(file);
            return switch (bundle.verify(trust, now)) {
                case BundleVerdict.Altered altered ->
                    new Report.Judged(
                            "BUNDLE",
                            Integrity.MODIFIED,
                            List.of(),
                            List.of(Check.failed(
                                    "reference-digests",
                                    "not what the manifest says: " + String.join(", ", altered.files()),
                                    CLAUSE,
                                    Flaw.SIGNED_FILE_CHANGED)),
                            Optional.empty());
                case BundleVerdict.Judged judged -> whole(judged, bundle);
            };
        } catch (InvalidInput e) {
            return new Report.Malformed("BUNDLE", String.valueOf(e.getMessage()));
        }
    }

    private Report whole(BundleVerdict.Judged verdict, EvidenceBundle bundle) {
        return switch (verdict.report()) {
            case Report.Judged judged ->
                new Report.Judged(
                        judged.format(),
                        judged.integrity(),
                        judged.signatures(),
                        Stream.of(
                                        judged.documentChecks(),
                                        verdict.timestamp(),
                                        verdict.receipt(),
                                        logProof(bundle, judged))
                                .flatMap(List::stream)
                                .toList(),
                        judged.content());
            case Report.Unsigned unsigned -> unsigned;
            case Report.Malformed malformed -> malformed;
        };
    }

    private List<Check> logProof(EvidenceBundle bundle, Report.Judged judged) {
        return bundle.attachment(LOG_PROOF)
                .map(proof -> new AccompanyingProof(proof, bundle.attachment(LOG_KEY))
                        .judge(logs, judged.licenceId(), bundle.document().sha256()))
                .orElse(List.of());
    }
}
