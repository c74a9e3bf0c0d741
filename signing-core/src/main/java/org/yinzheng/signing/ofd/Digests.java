package org.yinzheng.signing.ofd;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.policy.Use;

/// Digests of a package's files, each computed once however many signatures refer to it.
final class Digests {
    static final String SM3_OID = "1.2.156.10197.1.401";
    private static final int SM3_BYTES = 32;

    private final OfdPackage ofd;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    Digests(OfdPackage ofd) {
        this.ofd = ofd;
    }

    /// Begins with the files that are large, on processors that are free: digesting scans is what judging a package
    /// waits for. Nothing else is asked of them meanwhile, but for what is the same whoever finds it out.
    ///
    /// @return to be run before these digests are asked for: does what nobody has begun, waits for what somebody
    /// has; empty when there is no such file
    Optional<Runnable> begin(String method, Set<String> paths) {
        var large = paths.stream()
                .filter(path -> !known.containsKey(key(method, path)))
                .map(ofd::part)
                .filter(part -> part != null && part.size > Part.LARGEST_KEPT)
                .toList();
        if (large.isEmpty()) {
            return Optional.empty();
        }
        var waiting = new ConcurrentLinkedQueue<>(large);
        Runnable work = () -> {
            for (var part = waiting.poll(); part != null; part = waiting.poll()) {
                of(method, part.name);
            }
        };
        var others = Stream.generate(() -> new FutureTask<>(work, method))
                .limit(Math.min(large.size(), ForkJoinPool.getCommonPoolParallelism()))
                .toList();
        others.forEach(ForkJoinPool.commonPool()::execute);
        return Optional.of(() -> {
            work.run();
            others.forEach(Digests::finish);
        });
    }

    /// The common pool may be busy with what is not ours: then the caller does it.
    private static void finish(FutureTask<?> task) {
        task.run();
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException _) {
            // asked for again, and told there
        }
    }

    /// Empty when there is no such file or it cannot be unpacked.
    Optional<byte[]> of(String method, String path) {
        var key = key(method, path);
        var digest = known.get(key);
        if (digest == null) {
            var part = ofd.part(path);
            var computed = part == null ? Optional.<byte[]>empty() : part.digest(Cryptography.digest(method));
            computed.ifPresent(value -> known.put(key, value));
            return computed;
        }
        return Optional.of(digest);
    }

    /// Whether a file is there and has this digest.
    boolean agrees(String method, String path, byte[] digest) {
        return of(method, path).filter(own -> Arrays.equals(own, digest)).isPresent();
    }

    /// Whether all files are as a signature describes them, by whatever known algorithm.
    boolean agree(Description description) {
        var method = method(description);
        return method.isPresent()
                && description.references().stream()
                        .allMatch(reference -> agrees(
                                method.get(),
                                reference.path(),
                                reference.digest().toByteArray()));
    }

    /// The algorithm that a signature names. A silent one means MD5 (§18.2.2), but for writers that mean SM3 and leave
    /// it out: their digests are too long for MD5.
    static Optional<String> method(Description description) {
        return description.checkMethod().isPresent()
                ? algorithm(description.checkMethod().get())
                : Optional.of(
                        description.references().stream()
                                        .allMatch(
                                                reference -> reference.digest().size() == SM3_BYTES)
                                ? "SM3"
                                : "MD5");
    }

    /// The weak ones are computed too: they cannot prove a file genuine and still show that it was changed.
    private static Optional<String> algorithm(String checkMethod) {
        return switch (checkMethod.toUpperCase(Locale.ROOT)) {
            case "SM3", SM3_OID -> Optional.of("SM3");
            case "SHA256", "SHA-256", "2.16.840.1.101.3.4.2.1" -> Optional.of("SHA-256");
            case "MD5", "1.2.840.113549.2.5" -> Optional.of("MD5");
            case "SHA1", "SHA-1", "1.3.14.3.2.26" -> Optional.of("SHA-1");
            default -> Optional.empty();
        };
    }

    /// For the policy: by the weak ones other files could have been made that agree as well.
    static List<Use> uses(Description description) {
        return method(description).stream()
                .map(method -> (Use) new Use.OfDigest("the files", method))
                .toList();
    }

    private static String key(String method, String path) {
        return method + " " + path;
    }
}
