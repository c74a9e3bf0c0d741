package org.yinzheng.signing.trustlist;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;

/// The trust lists of an installation, in a folder: `own.jws` and `own.pem`, and for each region that is recognised
/// `imported/<region>.jws`, `.pem` and `.json` (the profile). If we crash here there is the old file or the new one,
/// whole; a list is opened with the key beside it each time, so that a changed file is an error and never a list.
public final class TrustListStore {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final Pattern REGION = Pattern.compile("[0-9]{6}");
    private static final int LARGEST = 8 << 20;

    private final Path folder;
    private final Path imported;

    /// A list, whose key was pinned.
    ///
    /// @param profile of an imported one
    public record Stored(TrustList list, ListSigner signer, String compact, Optional<RegionProfile> profile) {
        public ListedTrust listed() {
            return new ListedTrust(list, profile);
        }
    }

    public TrustListStore(Path folder) {
        this.folder = folder;
        imported = folder.resolve("imported");
    }

    /// @throws InvalidInput as [ListSigner#open]
    public Optional<Stored> own() {
        return read(folder, "own");
    }

    /// @throws InvalidInput as [ListSigner#open]
    public List<Stored> imported() {
        if (!Files.isDirectory(imported)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(imported)) {
            var regions = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jws"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .filter(name -> REGION.matcher(name).matches())
                    .sorted()
                    .toList();
            var lists = new ArrayList<Stored>();
            regions.forEach(region -> read(imported, region).ifPresent(lists::add));
            return lists;
        } catch (IOException e) {
            throw cannot("be read", e);
        }
    }

    /// All lists together, judged by what they say.
    public Trust trust() {
        return Stream.concat(own().stream(), imported().stream())
                .map(stored -> stored.listed().trust())
                .reduce(Trust.NONE, Trust::plus);
    }

    /// Keeps the next edition of our own list.
    ///
    /// @throws InvalidInput `trust-list-rollback`, `trust-list-signature`, `trust-list-form`
    public TrustList keepOwn(String compact, ListSigner signer) {
        var list = signer.open(compact);
        requireNext(own(), list, compact);
        // Crash between the two: a new key beside the old list is the error that the next start names.
        write(folder.resolve("own.pem"), signer.pem());
        write(folder.resolve("own.jws"), compact);
        return list;
    }

    /// Keeps another region's list. The first time its key is pinned: the caller has had the fingerprint confirmed.
    ///
    /// @throws InvalidInput `trust-list-key` when another key was pinned, `trust-list-rollback`,
    /// `trust-list-signature`,
    /// `trust-list-form`
    public TrustList keepImported(String compact, ListSigner signer, RegionProfile profile) {
        var list = signer.open(compact);
        if (own().filter(mine -> mine.list().region().equals(list.region())).isPresent()) {
            throw new InvalidInput("trust-list-region", "region", "this is our own region: its list is made here");
        }
        var before = read(imported, list.region());
        if (before.isPresent() && !before.get().signer().fingerprint().equals(signer.fingerprint())) {
            throw new InvalidInput(
                    "trust-list-key", "", "another key is pinned for " + list.region() + ": remove that list first");
        }
        requireNext(before, list, compact);
        write(imported.resolve(list.region() + ".json"), profile.toJson().toPrettyString());
        write(imported.resolve(list.region() + ".pem"), signer.pem());
        write(imported.resolve(list.region() + ".jws"), compact);
        return list;
    }

    /// @return whether there was one
    public boolean remove(String region) {
        if (!REGION.matcher(region).matches()) {
            throw new InvalidInput("trust-list-region", "region", "a division code has six digits (GB/T 2260)");
        }
        try {
            boolean there =
                    Files.deleteIfExists(imported.resolve(region + ".jws")); // without it, the others are nothing
            Files.deleteIfExists(imported.resolve(region + ".pem"));
            Files.deleteIfExists(imported.resolve(region + ".json"));
            return there;
        } catch (IOException e) {
            throw cannot("be written", e);
        }
    }

    private static void requireNext(Optional<Stored> before, TrustList list, String compact) {
        if (before.isPresent()
                && list.sequence() <= before.get().list().sequence()
                && !before.get().compact().equals(compact)) {
            throw new InvalidInput(
                    "trust-list-rollback",
                    "sequence",
                    "edition " + list.sequence() + " does not follow edition "
                            + before.get().list().sequence() + ", which is here");
        }
    }

    private static Optional<Stored> read(Path dir, String name) {
        var jws = dir.resolve(name + ".jws");
        if (!Files.exists(jws)) {
            return Optional.empty();
        }
        try {
            if (Files.size(jws) > LARGEST) {
                throw new InvalidInput("trust-list-form", "", "a trust list of at most 8 MB");
            }
            var compact = Files.readString(jws).strip();
            var signer = ListSigner.parse(Files.readString(dir.resolve(name + ".pem")));
            var profile = dir.resolve(name + ".json");
            return Optional.of(new Stored(
                    signer.open(compact),
                    signer,
                    compact,
                    Files.exists(profile)
                            ? Optional.of(RegionProfile.read(JSON.readTree(Files.readString(profile))))
                            : Optional.empty()));
        } catch (IOException e) {
            throw cannot("be read", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            var temporary = Files.createTempFile(file.getParent(), "list", ".new");
            Files.writeString(temporary, text);
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannot("be written", e);
        }
    }

    private static Failure cannot(String what, IOException e) {
        return new Failure.NotDone("the folder of trust lists cannot " + what + ": check its permissions", e);
    }
}
