package org.yinzheng.api.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Another program's responder (`openssl ocsp`), asked by POST over HTTP on this machine.
@Timeout(120)
class OcspResponderTest {
    @TempDir
    Path folder;

    private final int port = freePort();
    private final List<Process> started = new ArrayList<>();
    private X509Certificate issuer;
    private X509Certificate signer;

    @AfterEach
    void stop() throws Exception {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void goodAndRevokedAndUnknown_areTold() throws Exception {
        respond("V\t351231235959Z\t\t1001\tunknown\t/CN=signer\n");
        assertThat(reasons(AlgorithmPolicy.standard())).isEmpty();
        stop();
        respond("R\t351231235959Z\t260101000000Z,keyCompromise\t1001\tunknown\t/CN=signer\n");
        assertThat(reasons(AlgorithmPolicy.standard())).containsExactly(Flaw.REVOKED);
        stop();
        respond("V\t351231235959Z\t\t1002\tunknown\t/CN=another\n");
        assertThat(reasons(AlgorithmPolicy.standard())).containsExactly(Gap.TRY_LATER);
        stop();
        assertThat(reasons(AlgorithmPolicy.standard())).containsExactly(Gap.TRY_LATER);
    }

    @Test
    void answerSignedWithSha1_clearsNobody_butMayAccuse() throws Exception {
        respond("V\t351231235959Z\t\t1001\tunknown\t/CN=signer\n", "-rmd", "sha1");
        assertThat(reasons(AlgorithmPolicy.standard())).containsExactly(Gap.REVOCATION_DATA_WEAK);
        var lenient = AlgorithmPolicy.parse(AlgorithmPolicy.standard()
                .text()
                .replaceAll("(?m)^(\\s*digest\\s*\\|\\s*SHA-1\\s*\\|)[^|]*", "$1 open "));
        assertThat(reasons(lenient)).isEmpty();
        stop();
        respond("R\t351231235959Z\t260101000000Z\t1001\tunknown\t/CN=signer\n", "-rmd", "sha1");
        assertThat(reasons(AlgorithmPolicy.standard())).containsExactly(Flaw.REVOKED);
    }

    @Test
    void delegatedResponder_clearsByAStrongKeyOnly_butAWeakOneMayAccuse() throws Exception {
        delegate("strong", 2048, "-sha256");
        delegate("short", 1024, "-sha256");
        delegate("old", 2048, "-sha1");
        respondAs("strong", "V\t351231235959Z\t\t1001\tunknown\t/CN=signer\n");
        assertThat(reasons(AlgorithmPolicy.standard())).isEmpty();
        for (var weak : List.of("short", "old")) {
            stop();
            respondAs(weak, "V\t351231235959Z\t\t1001\tunknown\t/CN=signer\n");
            assertThat(reasons(AlgorithmPolicy.standard())).as(weak).containsExactly(Gap.REVOCATION_DATA_WEAK);
            stop();
            respondAs(weak, "R\t351231235959Z\t260101000000Z\t1001\tunknown\t/CN=signer\n");
            assertThat(reasons(AlgorithmPolicy.standard())).as(weak).containsExactly(Flaw.REVOKED);
        }
    }

    /// A responder that the issuer certified for it.
    ///
    /// @param digest of the issuer's signature on its certificate
    private void delegate(String name, int bits, String digest) throws Exception {
        Files.writeString(folder.resolve("responder.ext"), "extendedKeyUsage=OCSPSigning\nnoCheck=ignored\n");
        openssl("req -newkey rsa:" + bits + " -nodes -keyout " + name + ".key -out " + name + ".csr -subj /CN=" + name);
        openssl("x509 -req " + digest + " -in " + name + ".csr -CA ca.pem -CAkey ca.key -set_serial 77 -days 20"
                + " -extfile responder.ext -out " + name + ".pem");
    }

    private List<Reason> reasons(AlgorithmPolicy policy) throws IOException {
        var cache = Files.createTempDirectory(folder, "cache");
        try (var source = new RemoteRevocationSource(Set.of("127.0.0.1:" + port), cache, policy, Clock.systemUTC())) {
            var trust = new Trust(Set.of(issuer), Set.of(), List.of())
                    .withPolicy(policy)
                    .with(source);
            var now = Instant.now();
            return PathCheck.check(signer, List.of(), trust, now, now).stream()
                    .flatMap(check -> check.reason().stream())
                    .toList();
        }
    }

    @BeforeEach
    void certificates() throws Exception {
        Files.writeString(folder.resolve("ext"), "authorityInfoAccess=OCSP;URI:http://127.0.0.1:" + port + "/\n");
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=issuer");
        openssl("req -newkey rsa:2048 -nodes -keyout signer.key -out signer.csr -subj /CN=signer");
        openssl("x509 -req -in signer.csr -CA ca.pem -CAkey ca.key -set_serial 4097 -days 20 -extfile ext -out s.pem");
        issuer = Certificates.parse(Files.readAllBytes(folder.resolve("ca.pem")));
        signer = Certificates.parse(Files.readAllBytes(folder.resolve("s.pem")));
    }

    private void respond(String index, String... more) throws Exception {
        respondAs("ca", index, more);
    }

    private void respondAs(String name, String index, String... more) throws Exception {
        Files.writeString(folder.resolve("index"), index);
        var command = new ArrayList<>(List.of(("openssl ocsp -index index -port " + port + " -rsigner " + name
                        + ".pem -rkey " + name + ".key -CA ca.pem -ndays 1")
                .split(" ")));
        command.addAll(List.of(more));
        var log = folder.resolve("responder.log").toFile();
        var responder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        started.add(responder);
        while (!Files.readString(log.toPath()).contains("waiting for OCSP client connections")) {
            assertThat(responder.isAlive()).as(Files.readString(log.toPath())).isTrue();
            Thread.sleep(50);
        }
    }

    private void openssl(String arguments) throws Exception {
        var command = ("openssl " + arguments).split(" ");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
