package org.yinzheng.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.client.RemoteRevocationSource;
import org.yinzheng.registry.witness.KnownLogs;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.certificate.TrustFolder;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.trustlist.TrustListStore;

/// Whom the operator trusts: folders of certificates, the signed lists of the data folder, and where revocation data
/// may
/// be fetched from. Asked again for each document, it reads what has changed.
final class OperatorTrust implements Supplier<Trust> {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorTrust.class);

    /// The place of log keys in a trust folder.
    static final String LOGS = "logs";

    private final List<TrustFolder> folders;
    private final Path lists;
    private final RevocationSource source;
    private List<FileTime> seen;
    private Trust listed;
    private Trust last = Trust.NONE;

    /// @throws InvalidInput when a folder or a list cannot be used
    private OperatorTrust(List<Path> folders, Path data, RevocationSource source) {
        this.folders = folders.stream().map(TrustFolder::new).toList();
        this.source = source;
        lists = lists(data);
        seen = changed();
        listed = new TrustListStore(lists).trust();
    }

    /// As a data folder's settings name it.
    static OperatorTrust of(Settings settings, Path root, Clock clock) {
        var source = source(settings.revocation(), root, settings.algorithmPolicy(), clock);
        return new OperatorTrust(settings.trust().stream().toList(), root, source);
    }

    static Path lists(Path data) {
        return data.resolve("trust-lists");
    }

    /// For one run of `verify`: the folder that is named, or else all of the data folder.
    static Trust of(Optional<Path> named, Path data, boolean offline) {
        var file = data.resolve("yinzheng.yaml");
        var settings = Files.exists(file) ? Optional.of(Settings.load(file)) : Optional.<Settings>empty();
        var hosts = settings.filter(ignored -> !offline).flatMap(Settings::revocation);
        var policy = settings.map(Settings::algorithmPolicy).orElse(AlgorithmPolicy.standard());
        var source = source(hosts, data, policy, Clock.systemUTC());
        if (named.isPresent()) {
            return Trust.load(named.get()).with(source).withPolicy(policy);
        }
        var own = DataDirectory.trust(data);
        return new OperatorTrust(Files.isDirectory(own) ? List.of(own) : List.of(), data, source)
                .get()
                .withPolicy(policy);
    }

    /// Whose proofs are believed: the same for logs, beside whom the settings name.
    static KnownLogs logs(Optional<Path> named, Path data) {
        var own = KnownLogs.read(named.orElse(DataDirectory.trust(data)).resolve(LOGS));
        var file = data.resolve("yinzheng.yaml");
        return named.isPresent() || !Files.exists(file)
                ? own
                : own.plus(Settings.load(file)
                        .audit()
                        .orElse(Settings.AuditSettings.ALONE)
                        .known());
    }

    private static RevocationSource source(
            Optional<Settings.RevocationSettings> settings, Path data, AlgorithmPolicy policy, Clock clock) {
        return settings.filter(revocation -> !revocation.hosts().isEmpty())
                .<RevocationSource>map(revocation ->
                        new RemoteRevocationSource(revocation.hosts(), data.resolve("revocation"), policy, clock))
                .orElse(RevocationSource.NONE);
    }

    @Override
    public synchronized Trust get() {
        var now = changed();
        if (!now.equals(seen)) {
            try {
                listed = new TrustListStore(lists).trust();
                seen = now;
            } catch (InvalidInput | Failure.NotDone e) {
                LOG.warn("the trust lists stay as they were: {}", e.getMessage());
            }
        }
        var all = listed;
        for (var folder : folders) {
            all = all.plus(folder.get());
        }
        var fresh = all.with(source);
        // the same one as long as it says the same: it remembers the signatures that it has checked
        last = fresh.equals(last) ? last : fresh;
        return last;
    }

    /// Lists are replaced by moving, which their folders show.
    private List<FileTime> changed() {
        return List.of(changed(lists), changed(lists.resolve("imported")));
    }

    private static FileTime changed(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
