package org.yinzheng.registry.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;

class DirectoryStoreTest {
    @TempDir
    Path directory;

    private final DocumentBytes document = DocumentBytes.of("一份文件".getBytes(UTF_8));

    @Test
    void put_thenGet_isTheSame_andOnce() throws Exception {
        var store = new DirectoryStore(directory);
        var digest = store.put(document);
        assertThat(store.put(document)).isEqualTo(digest).isEqualTo(document.sha256());
        assertThat(store.get(digest)).isEqualTo(document);
        assertThat(files(directory))
                .containsExactly(directory
                        .resolve(digest.hex().substring(0, 2))
                        .resolve(digest.hex().substring(2, 4))
                        .resolve(digest.hex()));
    }

    @Test
    void changedOnDisk_isNotHandedOut() throws Exception {
        var store = new DirectoryStore(directory);
        var digest = store.put(document);
        Files.writeString(files(directory).getFirst(), "anything else");
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> store.get(digest));
    }

    @Test
    void file_putThenFetched_isTheSame_andUnderTheSameName() throws Exception {
        var store = new DirectoryStore(directory.resolve("store"));
        var file = Files.write(directory.resolve("file"), document.toByteArray());
        var digest = store.put(file);
        assertThat(digest).isEqualTo(document.sha256());
        store.fetch(digest, directory.resolve("copy"));
        assertThat(directory.resolve("copy")).hasSameBinaryContentAs(file);
        assertThat(store.get(digest)).isEqualTo(document);
    }

    @Test
    void changedOnDisk_isNotFetched_andLeavesNoCopy() throws Exception {
        var store = new DirectoryStore(directory.resolve("store"));
        var digest = store.put(document);
        Files.writeString(files(directory.resolve("store")).getFirst(), "anything else");
        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> store.fetch(digest, directory.resolve("copy")));
        assertThat(directory.resolve("copy")).doesNotExist();
    }

    @Test
    void missing_isNotDone() {
        var store = new DirectoryStore(directory);
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> store.get(Digest.sha256(new byte[0])));
    }

    /// A file system of 256 kB, in a mount namespace of its own.
    @Test
    void diskFull_isNotDone_andNothingIsLeft() throws Exception {
        var log = directory.resolve("child.log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var script = "mount -t tmpfs -o size=256k tmpfs \"$1\" && exec \"$2\" -cp \"$3\" \"$4\" \"$1\"";
        var mountPoint = Files.createDirectory(directory.resolve("small"));
        var child = new ProcessBuilder(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        script,
                        "sh",
                        mountPoint.toString(),
                        java,
                        System.getProperty("java.class.path"),
                        FillsTheDisk.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(child.waitFor()).as(Files.readString(log)).isZero();
    }

    static final class FillsTheDisk {
        private FillsTheDisk() {}

        static void main(String[] arguments) throws IOException {
            var root = Path.of(arguments[0]);
            var store = new DirectoryStore(root);
            var small = store.put(DocumentBytes.of(new byte[100_000]));
            assertThatExceptionOfType(Failure.NotDone.class)
                    .isThrownBy(() -> store.put(DocumentBytes.of(new byte[400_000])));
            assertThat(files(root)).singleElement().satisfies(file -> assertThat(file)
                    .hasFileName(small.hex()));
            // and there is room again for what fits
            store.put(DocumentBytes.of(new byte[50_000]));
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
