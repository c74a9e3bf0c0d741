package org.yinzheng.signing.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Suite;

/// A second opinion by a tool that is not Java: it asks, and it judges what we answered.
class OpenSslTimestampTest {
    @TempDir
    Path folder;

    @Test
    void queriesOfOpenssl_areAnsweredAndVerified() throws Exception {
        Files.writeString(folder.resolve("data"), "印证");
        trust(Suite.RSA_SHA256);
        for (var digest : List.of("-sha256", "-sha384", "-sha512")) {
            answer(digest);
            var verified = verify("-queryfile", "query.tsq");
            assertThat(verified.text()).as(digest).contains("Verification: OK");
            assertThat(verified.exit()).isZero();
            assertThat(verify("-data", "data").text()).contains("Verification: OK");
        }
    }

    @Test
    void openssl_refusesATokenOverOtherData() throws Exception {
        Files.writeString(folder.resolve("data"), "印证");
        trust(Suite.RSA_SHA256);
        answer("-sha256");
        Files.writeString(folder.resolve("data"), "印章");
        assertThat(verify("-data", "data").text()).contains("Verification: FAILED");
    }

    @Test
    void openssl_readsATokenOfSm2() throws Exception {
        Files.writeString(folder.resolve("data"), "印证");
        trust(Suite.SM2_SM3);
        answer("-sm3");
        var text = Tool.run(folder, "openssl", "ts", "-reply", "-in", "reply.tsr", "-text");
        assertThat(text.text())
                .contains("Status: Granted")
                .contains("Hash Algorithm: sm3")
                .contains(TimestampAuthority.DEMONSTRATION_POLICY);
        // OpenSSL 3.0 checks certificates of SM2 with an empty user ID and so none that is made by the standard
        assertThat(verify("-queryfile", "query.tsq").text()).contains("certificate signature failure");
    }

    private void answer(String digest) throws IOException, InterruptedException {
        var asked = Tool.run(folder, "openssl", "ts", "-query", "-data", "data", digest, "-cert", "-out", "query.tsq");
        assertThat(asked.exit()).as(asked.text()).isZero();
        var query = DocumentBytes.of(Files.readAllBytes(folder.resolve("query.tsq")));
        Files.write(folder.resolve("reply.tsr"), Parties.AUTHORITY.answer(query).toByteArray());
    }

    private Tool.Answer verify(String what, String file) throws IOException, InterruptedException {
        var at = Long.toString(Parties.AT.getEpochSecond());
        return Tool.run(
                folder,
                "openssl",
                "ts",
                "-verify",
                what,
                file,
                "-in",
                "reply.tsr",
                "-CAfile",
                "roots.pem",
                "-untrusted",
                "issuing.pem",
                "-attime",
                at);
    }

    private void trust(Suite suite) throws IOException {
        var issuing = Parties.signer(suite).chain().get(1);
        Files.writeString(folder.resolve("issuing.pem"), Certificates.pem(issuing));
        var roots = Parties.TRUST.anchors().stream()
                .filter(anchor -> anchor.getSubjectX500Principal().equals(issuing.getIssuerX500Principal()))
                .map((X509Certificate anchor) -> Certificates.pem(anchor));
        Files.writeString(folder.resolve("roots.pem"), String.join("", roots.toList()));
    }
}
