package org.yinzheng.hsm.token;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder `token` of a data directory: where the PINs are and, for a managed SoftHSM, its configuration and
/// its tokens.
record TokenFolder(Path directory, TokenProfile profile) {
    static TokenFolder of(TokenProfile profile, Path dataDirectory) {
        return new TokenFolder(dataDirectory.toAbsolutePath().normalize().resolve("token"), profile);
    }

    Path pinFile() {
        return profile.pinFile().orElse(directory.resolve("pin"));
    }

    Path securityOfficerPinFile() {
        return directory.resolve("so-pin");
    }

    Path tokens() {
        return directory.resolve("tokens");
    }

    Path lockFile() {
        return directory.resolve("init.lock");
    }

    /// The serial number of the token that was made here, once it is complete.
    Path serialFile() {
        return directory.resolve("serial");
    }

    Optional<String> expectedSerial() {
        try {
            return profile.managed() && Files.exists(serialFile())
                    ? Optional.of(Files.readString(serialFile()).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// A managed token's files are where they should be; for any other token that is not ours to say.
    boolean inPlace() {
        return !profile.managed() || Files.isDirectory(tokens());
    }

    /// Points SoftHSM at this folder. It reads the variable each time it is initialised, so this comes before.
    /// The file is written anew when the data directory has moved.
    void point() throws IOException {
        if (!profile.managed()) {
            return;
        }
        var configuration = directory.resolve("softhsm2.conf");
        var wanted = """
                # Written by yinzheng; changes are lost.
                directories.tokendir = %s
                objectstore.backend = file
                objectstore.umask = 0077
                log.level = ERROR
                slots.removable = false
                """.formatted(tokens()).getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(configuration) || !java.util.Arrays.equals(Files.readAllBytes(configuration), wanted)) {
            DurableFile.write(configuration, wanted);
        }
        setEnvironment("SOFTHSM2_CONF", configuration.toString());
    }

    /// What tells whether the PIN file has been changed since it was refused: time, size and inode.
    Optional<String> pinFileStamp() {
        try {
            var attributes = Files.readAttributes(pinFile(), java.nio.file.attribute.BasicFileAttributes.class);
            return Optional.of(attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Java cannot change its own environment; libc can.
    @SuppressWarnings("restricted")
    private static void setEnvironment(String name, String value) {
        var linker = Linker.nativeLinker();
        var setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            var result = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (result != 0) {
                throw new IllegalStateException("setenv failed for " + name);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }
}
