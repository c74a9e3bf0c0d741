package org.yinzheng.signing.ofd;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.key.Cryptography;

/// Digests of a package's files, each computed once however many signatures refer to it.
final class Digests {
    static final String SM3_OID = "1.2.156.10197.1.401";

    private final OfdPackage ofd;
    private final Map<String, byte[]> known = new HashMap<>();

    Digests(OfdPackage ofd) {
        this.ofd = ofd;
    }

    /// Empty when there is no such file or it cannot be unpacked.
    Optional<byte[]> of(String method, String path) {
        return ofd.content(path)
                .map(content -> known.computeIfAbsent(
                        method + " " + path, key -> Cryptography.digest(method).digest(content)));
    }

    /// Whether a file is there and has this digest.
    boolean agrees(String method, String path, byte[] digest) {
        return of(method, path).filter(own -> Arrays.equals(own, digest)).isPresent();
    }

    /// Whether all files are as a signature describes them, by whatever known algorithm.
    boolean agree(Description description) {
        var method = algorithm(description.checkMethod());
        return method.isPresent()
                && description.digests().entrySet().stream()
                        .allMatch(file -> agrees(
                                method.get(), file.getKey(), file.getValue().toByteArray()));
    }

    /// The weak ones are computed too: they cannot prove a file genuine and still show that it was changed.
    static Optional<String> algorithm(String checkMethod) {
        return switch (checkMethod.toUpperCase(Locale.ROOT)) {
            case "SM3", SM3_OID -> Optional.of("SM3");
            case "MD5", "1.2.840.113549.2.5" -> Optional.of("MD5");
            case "SHA1", "SHA-1", "1.3.14.3.2.26" -> Optional.of("SHA-1");
            default -> Optional.empty();
        };
    }
}
