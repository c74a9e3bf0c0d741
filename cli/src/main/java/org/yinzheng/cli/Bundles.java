package org.yinzheng.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.api.client.RemoteTimestampSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.evidence.BundleVerdict;
import org.yinzheng.signing.evidence.EvidenceBundle;
import org.yinzheng.signing.trustlist.TrustListStore;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// Evidence bundles (证据包) as files: written beside a verdict, and judged again years later.
final class Bundles {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CLAUSE = "ETSI EN 319 102-1 §5.6";

    private final Trust trust;
    private final Path trustLists;

    Bundles(Trust trust, Path trustLists) {
        this.trust = trust;
        this.trustLists = trustLists;
    }

    static boolean isBundle(Path file) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /// @param server gives a receipt and the timestamp that proves when the bundle was made
    void write(Path bundle, Path file, ObjectNode answer, Instant at, @Nullable URI server) throws IOException {
        var document = DocumentBytes.owning(Files.readAllBytes(file));
        var enclosed = new EvidenceBundle.Enclosed(
                file.getFileName().toString(), document, answer.toString(), receipt(document, server), lists());
        var partial = bundle.resolveSibling("." + bundle.getFileName() + ".partial");
        try (var timestamps = server == null ? null : new RemoteTimestampSource(server.resolve("/tsa"), PATIENCE)) {
            try (var output = Files.newOutputStream(partial)) {
                EvidenceBundle.write(output, enclosed, trust, at, Optional.ofNullable(timestamps));
            }
            Files.move(partial, bundle, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private List<TrustListStore.Stored> lists() {
        var store = new TrustListStore(trustLists);
        return Stream.concat(store.own().stream(), store.imported().stream()).toList();
    }

    private static Optional<String> receipt(DocumentBytes document, @Nullable URI server) {
        if (server == null) {
            return Optional.empty();
        }
        try (var client = new ApiClient(server, Optional.empty())) {
            return Optional.of(client.receipt(client.verify(document)));
        }
    }

    /// Without a network, by what is in the bundle and whom the operator trusts now.
    Report judge(Path file, Instant now) {
        try {
            return switch (EvidenceBundle.read(file).verify(trust, now)) {
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
                case BundleVerdict.Judged judged -> whole(judged);
            };
        } catch (InvalidInput e) {
            return new Report.Malformed("BUNDLE", String.valueOf(e.getMessage()));
        }
    }

    private static Report whole(BundleVerdict.Judged bundle) {
        return switch (bundle.report()) {
            case Report.Judged judged ->
                new Report.Judged(
                        judged.format(),
                        judged.integrity(),
                        judged.signatures(),
                        Stream.of(judged.documentChecks(), bundle.timestamp(), bundle.receipt())
                                .flatMap(List::stream)
                                .toList(),
                        judged.content());
            case Report.Unsigned unsigned -> unsigned;
            case Report.Malformed malformed -> malformed;
        };
    }
}
