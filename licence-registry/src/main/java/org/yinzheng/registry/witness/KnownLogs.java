package org.yinzheng.registry.witness;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// The logs and witnesses that an operator believes. A proof brings a key of its own; that nobody changed the proof
/// it shows, and not that the log is anybody's.
public record KnownLogs(List<LogKey> logs, List<WitnessKey> witnesses) {
    public static final KnownLogs NONE = new KnownLogs(List.of(), List.of());

    private static final String FILES = "*.vkey";
    private static final int LONGEST = 64 << 10;

    public KnownLogs {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
    }

    /// The keys of a folder, in files `.vkey` of one key a line, as `yinzheng audit keys` tells them. A folder that is
    /// not there has none.
    ///
    /// @throws InvalidInput `log-key-file` when a line is no such key
    public static KnownLogs read(Path folder) {
        if (!Files.isDirectory(folder)) {
            return NONE;
        }
        var known = NONE;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FILES)) {
            for (var file : files) {
                var text = Files.size(file) > LONGEST ? "too long" : Files.readString(file);
                for (var line : text.lines().filter(one -> !one.isBlank()).toList()) {
                    known = known.plus(key(line, file));
                }
            }
        } catch (IOException e) {
            throw new Failure.NotDone("the folder of log keys cannot be read: check its permissions", e);
        }
        return known;
    }

    private static KnownLogs key(String line, Path file) {
        try {
            return new KnownLogs(List.of(LogKey.parse(line)), List.of());
        } catch (InvalidInput noLog) {
            try {
                return new KnownLogs(List.of(), List.of(WitnessKey.parse(line)));
            } catch (InvalidInput neither) {
                throw new InvalidInput(
                        "log-key-file", "", file.getFileName() + ": a line is neither a log's key nor a witness's");
            }
        }
    }

    public KnownLogs plus(KnownLogs other) {
        return new KnownLogs(
                Stream.concat(logs.stream(), other.logs.stream()).distinct().toList(),
                Stream.concat(witnesses.stream(), other.witnesses.stream())
                        .distinct()
                        .toList());
    }

    /// What [#read] reads.
    public String text() {
        return Stream.concat(logs.stream().map(LogKey::text), witnesses.stream().map(WitnessKey::text))
                .map(key -> key + "\n")
                .collect(Collectors.joining());
    }

    Optional<LogKey> log(String origin) {
        return logs.stream().filter(log -> log.origin().equals(origin)).findFirst();
    }
}
