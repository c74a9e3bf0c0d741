package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.signing.DocumentBytes;

/// Receipts of an installation from their first, which are a demonstration's, to those under the certificate of an
/// authority, which is openssl here.
class ReceiptCommandTest {
    private static final ObjectMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder = Path.of("");

    private static Path data = Path.of("");
    private static Path licence = Path.of("");

    @BeforeAll
    static void oneLicence() throws Exception {
        data = folder.resolve("data");
        var request = Files.writeString(
                folder.resolve("request.json"),
                Terminal.run("issue", "--example", "营业执照").out());
        var issued = Terminal.run("issue", "--data", data, "--output", folder.resolve("out"), request);
        assertThat(issued.exitCode()).as(issued.err()).isEqualTo(ExitCode.DONE);
        try (var files = Files.list(folder.resolve("out"))) {
            licence = files.filter(file -> file.toString().endsWith(".pdf"))
                    .findFirst()
                    .orElseThrow();
        }
        authority("root", Optional.empty(), 3650);
        authority("issuing", Optional.of("root"), 3650);
        authority("foreign", Optional.empty(), 3650);
        Files.createDirectories(folder.resolve("trusted"));
        Files.copy(folder.resolve("root.crt"), folder.resolve("trusted/root.crt"));
    }

    @Test
    void receipts_areADemonstrations_untilAnAuthorityCertifiedTheirKey() throws Exception {
        assertThat(run("status").out()).contains("仅供演示");
        try (var serve = ServeProcess.start(data)) {
            var receipts = Receipts.of(serve.url());

            assertThat(serve.said()).contains("WARN").contains("核验回执仅供演示");
            assertThat(receipts.header().has("x5c")).isFalse();
            assertThat(receipts.claims().at("/signedBy/zh").asText()).contains("仅供演示");
            assertThat(receipts.text()).contains("仅供演示").contains("Demonstration only");
            assertThat(keys(serve.url()).at("/keys/0").has("x5c")).isFalse();
            assertThat(verify(receipts.jws(), data.resolve("trust"))).isEqualTo("TOTAL-PASSED");
            assertThat(verify(receipts.jws(), folder.resolve("trusted"))).isEqualTo("INDETERMINATE");
            assertThat(bundled(serve.url(), "demonstration.zip").has("x5c")).isFalse();
        }

        assertThat(run("csr").err()).contains("verifying-body");
        setting("verifyingBody: 云泽市政务服务中心");
        var request =
                Files.writeString(folder.resolve("receipts.csr"), run("csr").out());
        openssl("req", "-in", request.toString(), "-noout", "-verify");
        var own = certified("receipts", request, "issuing", 365);
        assertThat(run("certificate", own, file("issuing")).err()).contains("certificate-untrusted");
        setting("trust: " + folder.resolve("trusted"));

        assertThat(run("certificate", file("issuing"), own).err()).contains("certificate-order");
        assertThat(run("certificate", own, file("foreign")).err()).contains("certificate-order");
        assertThat(run("certificate", own).err()).contains("certificate-untrusted");
        assertThat(run("certificate", certified("ended", request, "issuing", 0), file("issuing"))
                        .err())
                .contains("certificate-expired");
        assertThat(run("certificate", certified("foreigner", request, "foreign", 365), file("foreign"))
                        .err())
                .contains("certificate-untrusted");
        openssl(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                path("x.key"),
                "-out",
                path("x.csr"),
                "-subj",
                "/CN=another");
        assertThat(run("certificate", certified("another", folder.resolve("x.csr"), "issuing", 365), file("issuing"))
                        .err())
                .contains("certificate-key-mismatch");
        assertThat(run("certificate", licence).err()).contains("certificate-form");
        assertThat(run("status").out()).contains("仅供演示");
        assertThat(run("certificate", own, file("issuing"), file("root")).out())
                .contains("云泽市政务服务中心")
                .contains("issuing");
        assertThat(run("status").out()).doesNotContain("演示").contains("issuing");

        try (var serve = ServeProcess.start(data)) {
            var receipts = Receipts.of(serve.url());

            assertThat(serve.said()).doesNotContain("仅供演示").contains("云泽市政务服务中心");
            assertThat(receipts.header().path("x5c")).hasSize(2);
            assertThat(receipts.claims().at("/signedBy/zh").asText()).doesNotContain("演示");
            assertThat(receipts.text()).doesNotContain("演示").contains("云泽市政务服务中心");
            assertThat(keys(serve.url()).at("/keys/0/x5c"))
                    .isEqualTo(receipts.header().path("x5c"));
            // whoever knows the authority's root and nothing of us
            assertThat(verify(receipts.jws(), folder.resolve("trusted"))).isEqualTo("TOTAL-PASSED");
            assertThat(verify(receipts.paper(), folder.resolve("trusted"))).isEqualTo("TOTAL-PASSED");
            assertThat(verify(receipts.jws(), data.resolve("trust"))).isEqualTo("TOTAL-PASSED");
            assertThat(bundled(serve.url(), "certified.zip").path("x5c")).hasSize(2);
        }
    }

    /// Writes a bundle by the command line, and judges it again by the command line without the server.
    ///
    /// @return the header of the receipt in it
    private static JsonNode bundled(URI server, String name) throws IOException {
        var bundle = folder.resolve(name);
        var written = Terminal.run("verify", "--bundle", bundle, "--server", server, "--data", data, licence);
        assertThat(written.exitCode()).as(written.out() + written.err()).isEqualTo(ExitCode.DONE);
        var judged = Terminal.run("verify", "--json", "--data", data, bundle);
        assertThat(judged.exitCode()).as(judged.out() + judged.err()).isEqualTo(ExitCode.DONE);
        var checks = JSON.readTree(judged.out()).findValues("step").stream()
                .map(JsonNode::asText)
                .toList();
        assertThat(checks).contains("timestamp-imprint", "receipt-signature", "receipt-document", "receipt-time");
        try (var zip = new ZipFile(bundle.toFile())) {
            var jws = new String(
                    zip.getInputStream(zip.getEntry("receipt.jws")).readAllBytes(), StandardCharsets.US_ASCII);
            return JSON.readTree(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[0]));
        }
    }

    @Test
    void rsaKey_isCertifiedAsWell() throws Exception {
        var other = folder.resolve("rsa");
        var csr = Terminal.run("receipt", "csr", "--kind", "RSA_2048", "--subject", "CN=核验,C=CN", "--data", other);
        var request = Files.writeString(folder.resolve("rsa.csr"), csr.out());

        assertThat(openssl("req", "-in", request.toString(), "-noout", "-text", "-verify"))
                .contains("rsaEncryption");
        assertThat(Terminal.run("receipt", "csr", "--kind", "SM2", "--subject", "CN=x", "--data", other)
                        .err())
                .contains("key-kind");
    }

    /// A receipt as it is fetched.
    private record Receipts(Path jws, Path paper) {
        static Receipts of(URI server) throws IOException, InterruptedException {
            try (var client = new ApiClient(server, Optional.empty());
                    var http = HttpClient.newHttpClient()) {
                var answer = client.verifications().verify(DocumentBytes.owning(Files.readAllBytes(licence)));
                var jws = Files.writeString(
                        Files.createTempFile(folder, "receipt", ".jws"),
                        client.verifications().receipt(answer));
                var paper = Files.createTempFile(folder, "receipt", ".pdf");
                http.send(
                        HttpRequest.newBuilder(
                                        server.resolve(answer.at("/receipt/pdf").asText()))
                                .build(),
                        BodyHandlers.ofFile(paper));
                return new Receipts(jws, paper);
            }
        }

        JsonNode header() throws IOException {
            return part(0);
        }

        JsonNode claims() throws IOException {
            return part(1);
        }

        private JsonNode part(int number) throws IOException {
            return JSON.readTree(
                    Base64.getUrlDecoder().decode(Files.readString(jws).split("\\.", -1)[number]));
        }

        String text() throws Exception {
            return ReceiptCommandTest.output("pdftotext", paper.toString(), "-");
        }
    }

    private static JsonNode keys(URI server) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.resolve("/.well-known/jwks.json"))
                    .build();
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    private static String verify(Path file, Path trust) throws IOException {
        var out = Terminal.run("verify", "--json", "--trust", trust, "--data", folder.resolve("nobody"), file)
                .out();
        return JSON.readTree(out).path("indication").asText();
    }

    private static Terminal run(Object... words) {
        var all = new java.util.ArrayList<Object>(java.util.List.of("receipt"));
        all.addAll(java.util.List.of(words));
        all.addAll(java.util.List.of("--data", data));
        return Terminal.run(all.toArray());
    }

    private static void setting(String line) throws IOException {
        var file = data.resolve("yinzheng.yaml");
        Files.writeString(file, line + "\n" + Files.readString(file));
    }

    private static void authority(String name, Optional<String> above, int days) throws Exception {
        var extensions = Files.writeString(
                folder.resolve(name + ".ext"),
                "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\n");
        openssl(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                path(name + ".key"),
                "-out",
                path(name + ".csr"),
                "-subj",
                "/C=CN/CN=" + name);
        issue(name, folder.resolve(name + ".csr"), above.orElse(name), extensions, days, above.isEmpty());
    }

    private static Path certified(String name, Path request, String issuer, int days) throws Exception {
        var extensions = Files.writeString(
                folder.resolve(name + ".ext"),
                "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n");
        issue(name, request, issuer, extensions, days, false);
        return file(name);
    }

    private static void issue(String name, Path request, String issuer, Path extensions, int days, boolean root)
            throws Exception {
        var command = new java.util.ArrayList<>(java.util.List.of(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-out",
                file(name).toString(),
                "-extfile",
                extensions.toString(),
                "-days",
                String.valueOf(days),
                "-set_serial",
                "0x" + Integer.toHexString(name.hashCode() & 0x7fffffff)));
        command.addAll(
                root
                        ? java.util.List.of("-signkey", path(issuer + ".key"))
                        : java.util.List.of("-CA", file(issuer).toString(), "-CAkey", path(issuer + ".key")));
        openssl(command.toArray(String[]::new));
    }

    private static Path file(String name) {
        return folder.resolve(name + ".crt");
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String openssl(String... words) throws Exception {
        var all = new java.util.ArrayList<>(java.util.List.of("openssl"));
        all.addAll(java.util.List.of(words));
        return output(all.toArray(String[]::new));
    }

    private static String output(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
