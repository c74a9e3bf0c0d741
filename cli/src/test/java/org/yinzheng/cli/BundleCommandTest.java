package org.yinzheng.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.key.Cryptography;

/// The proof of the log in an evidence bundle: written by a server's answer, judged again without one.
class BundleCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROOF = "attachments/log-proof.txt";

    @TempDir
    private static Path folder = Path.of("");

    private static Path data = Path.of("");
    private static Path bundle = Path.of("");
    private static JsonNode copyAnswer = JSON.nullNode();

    @BeforeAll
    static void oneBundle() throws Exception {
        data = folder.resolve("data");
        bundle = folder.resolve("bundle.zip");
        var request = Files.writeString(
                folder.resolve("request.json"),
                Terminal.run("issue", "--example", "营业执照").out());
        var issued = Terminal.run("issue", "--data", data, "--output", folder.resolve("out"), request);
        assertThat(issued.exitCode()).as(issued.err()).isEqualTo(ExitCode.DONE);
        var log = Terminal.run("audit", "--data", data, "list", "--json");
        assertThat(log.out()).contains("licence.issue");
        try (var serve = ServeProcess.start(data);
                var files = Files.list(folder.resolve("out"))) {
            var licence = files.filter(file -> file.toString().endsWith(".pdf"))
                    .findFirst()
                    .orElseThrow();
            var written = Terminal.run("verify", "--bundle", bundle, "--server", serve.url(), "--data", data, licence);
            assertThat(written.exitCode()).as(written.out() + written.err()).isEqualTo(ExitCode.DONE);
            assertThat(written.err()).doesNotContain("日志证明");
            copyOf(serve.url());
        }
    }

    /// A copy for one use, as somebody gets it who asks the server about it.
    private static void copyOf(URI server) throws IOException {
        var licence =
                JSON.readTree(contents().get("report.json")).path("licenceId").asText();
        var made = Terminal.run(
                "licence",
                "copy",
                licence,
                "--server",
                server,
                "--as",
                "issuing-officer",
                "--data",
                data,
                "--purpose",
                "贷款",
                "--recipient",
                "某银行",
                "--until",
                LocalDate.now(ZoneId.of("Asia/Shanghai")),
                "--output",
                folder.resolve("copies"));
        assertThat(made.exitCode()).as(made.out() + made.err()).isEqualTo(ExitCode.DONE);
        copyAnswer = ofCopy("--server", server);
    }

    private static JsonNode ofCopy(Object... options) throws IOException {
        var asked = Terminal.run(Stream.concat(
                        Stream.of("verify", "--json", "--data", data, folder.resolve("copies")), Stream.of(options))
                .toArray());
        return JSON.readTree(asked.out());
    }

    @Test
    void copy_isComparedWithWhatItIsPresentedFor_alsoWithoutAServer() throws IOException {
        assertThat(copyAnswer.at("/answers/holder/code").asText()).isEqualTo("PURPOSE_NOT_ASKED");
        var fits = ofCopy("--purpose", "办理贷款");
        assertThat(fits.at("/answers/holder/code").asText()).isEqualTo("HOLDER_NOT_ASKED");
        var another = ofCopy("--purpose", "落户");
        assertThat(another.at("/answers/holder/code").asText()).isEqualTo("PURPOSE_DIFFERS");
        assertThat(another.at("/answers/holder/zh").asText()).contains("仅限办理贷款使用");
    }

    @Test
    void copy_isSaidToBeOne_byTheServersWord() {
        assertThat(copyAnswer.at("/answers/genuine/code").asText()).isEqualTo("GENUINE_COPY");
        assertThat(copyAnswer.at("/answers/inForce/code").asText()).isEqualTo("COPY_IN_FORCE");
        assertThat(copyAnswer.at("/answers/inForce/zh").asText()).contains("仅限办理贷款使用", "某银行");
        assertThat(copyAnswer.at("/standing/copy/expired").asBoolean(true)).isFalse();
    }

    @Test
    void bundleOfAServer_hasTheProof_andStands() throws Exception {
        assertThat(contents().keySet()).contains(PROOF, "attachments/log-key.txt");
        var judged = judged(bundle, data.resolve("trust"));
        assertThat(judged.path("indication").asText()).isEqualTo("TOTAL-PASSED");
        assertThat(judged.path("checks").findValuesAsText("step"))
                .contains("log-checkpoint", "log-inclusion", "log-witnesses", "log-document");
    }

    @Test
    void proofReplaced_isNotWhatTheManifestSays() throws Exception {
        var contents = contents();
        contents.put(PROOF, "another".getBytes(UTF_8));
        assertThat(reasons(judged(zip(contents), data.resolve("trust")))).containsExactly("SIGNED_FILE_CHANGED");
    }

    /// Whoever changes the proof can write a new manifest, and loses its timestamp only.
    @Test
    void proofAndManifestReplaced_isAProofThatDoesNotHold() throws Exception {
        var wrong = changed(proof -> proof.replaceFirst("index [0-9]+", "index 0"));
        assertThat(reasons(judged(wrong, data.resolve("trust")))).containsExactly("LOG_PROOF_INVALID");
    }

    @Test
    void logNobodyVouchesFor_isSaid() throws Exception {
        var trust = folder.resolve("without-logs");
        copy(data.resolve("trust"), trust);
        try (var keys = Files.list(trust.resolve("logs"))) {
            for (var key : keys.toList()) {
                Files.delete(key);
            }
        }
        var judged = judged(bundle, trust);
        assertThat(judged.path("indication").asText()).isEqualTo("INDETERMINATE");
        assertThat(reasons(judged)).containsExactly("LOG_UNCONFIRMED");
        assertThat(judged.path("integrity").asText()).isEqualTo("INTACT");
    }

    private static Path changed(UnaryOperator<String> change) throws Exception {
        var contents = contents();
        var proof = change.apply(new String(contents.get(PROOF), UTF_8)).getBytes(UTF_8);
        contents.put(PROOF, proof);
        contents.remove("MANIFEST.tst");
        var manifest = (ObjectNode) JSON.readTree(contents.get("MANIFEST.json"));
        ((ObjectNode) manifest.path("files").path(PROOF))
                .put("size", proof.length)
                .put("sha256", hex(MessageDigest.getInstance("SHA-256").digest(proof)))
                .put("sm3", hex(Cryptography.digest("SM3").digest(proof)));
        contents.put("MANIFEST.json", JSON.writeValueAsBytes(manifest));
        return zip(contents);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static JsonNode judged(Path file, Path trust) throws IOException {
        var judged = Terminal.run(
                "verify", "--json", "--offline", "--trust", trust, "--data", folder.resolve("nobody"), file);
        return JSON.readTree(judged.out());
    }

    private static List<String> reasons(JsonNode judged) {
        return JSON.convertValue(
                judged.path("reasons"), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static Map<String, byte[]> contents() throws IOException {
        var contents = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipFile(bundle.toFile())) {
            for (var entry : zip.stream().toList()) {
                contents.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return contents;
    }

    private static Path zip(Map<String, byte[]> contents) throws IOException {
        var file = Files.createTempFile(folder, "changed", ".zip");
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            for (var content : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(content.getKey()));
                zip.write(content.getValue());
            }
        }
        return file;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
