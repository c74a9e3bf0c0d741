package org.yinzheng.signing.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;

/// What openssl signs.
class DetachedVerifierTest {
    @SuppressWarnings("TimeInStaticInitializer") // openssl signs with certificates of today
    private static final Instant NOW = Instant.now();

    private static final DocumentBytes ORIGINAL = DocumentBytes.owning("the file\n".getBytes(UTF_8));

    @TempDir
    static Path dir;

    @BeforeAll
    static void sign() throws Exception {
        Files.write(dir.resolve("file.txt"), ORIGINAL.toByteArray());
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=somebody");
        openssl("cms -sign -binary -in file.txt -signer cert.pem -inkey key.pem -outform DER -out file.p7s");
        openssl("cms -sign -binary -in file.txt -signer cert.pem -inkey key.pem -outform PEM -out file.pem");
        openssl("cms -sign -binary -in file.txt -signer cert.pem -inkey key.pem -noattr -outform DER -out plain.p7s");
        openssl("cms -sign -binary -nodetach -in file.txt -signer cert.pem -inkey key.pem -outform DER -out file.p7m");
        openssl("cms -sign -binary -md sha1 -in file.txt -signer cert.pem -inkey key.pem -outform DER -out sha1.p7s");
        openssl("cms -sign -binary -in file.txt -signer cert.pem -inkey key.pem -keyopt rsa_padding_mode:pss"
                + " -outform DER -out pss.p7s");
        openssl("cms -sign -binary -stream -nodetach -in file.txt -signer cert.pem -inkey key.pem -outform DER"
                + " -out ber.p7m");
        openssl("crl2pkcs7 -nocrl -certfile cert.pem -outform DER -out certificates.p7b");
    }

    @Test
    void cmsOfAnotherProgram_isIntactAndItsSignerUnknown() throws Exception {
        for (var name : new String[] {"file.p7s", "file.pem", "plain.p7s", "pss.p7s", "file.p7m"}) {
            var report = detached(name, ORIGINAL);
            assertThat(report.integrity()).as(name).isEqualTo(Integrity.INTACT);
            assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
            assertThat(report.reasons()).contains(Gap.NO_CERTIFICATE_CHAIN_FOUND);
        }
    }

    @Test
    void otherFile_isNotWhatWasSigned() throws Exception {
        for (var name : new String[] {"file.p7s", "file.pem", "plain.p7s", "pss.p7s", "file.p7m"}) {
            var report = detached(name, DocumentBytes.owning("the fi1e\n".getBytes(UTF_8)));
            assertThat(report.integrity()).as(name).isEqualTo(Integrity.MODIFIED);
            assertThat(report.reasons()).containsAnyOf(Flaw.HASH_FAILURE, Flaw.SIG_CRYPTO_FAILURE);
        }
    }

    @Test
    void oldDigest_isIntactAndWeak() throws Exception {
        var report = detached("sha1.p7s", ORIGINAL);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(report.reasons()).contains(Gap.ALGORITHM_WEAK);
    }

    @Test
    void cmsWithItsContent_isADocument_inDerAndInBer() throws Exception {
        for (var name : new String[] {"file.p7m", "ber.p7m"}) {
            var report = new DocumentVerifier(Trust.NONE).verify(read(name), NOW);
            assertThat(report.format()).isEqualTo("CMS");
            assertThat(report.integrity()).as(name).isEqualTo(Integrity.INTACT);
        }
    }

    @Test
    void signatureWithoutItsFile_cannotTell() throws Exception {
        var report = new DocumentVerifier(Trust.NONE).verify(read("file.p7s"), NOW);
        assertThat(report.reasons()).contains(Gap.ORIGINAL_MISSING);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
    }

    @Test
    void certificatesOnly_areNoSignature() throws Exception {
        assertThat(new DocumentVerifier(Trust.NONE)
                        .verify(read("certificates.p7b"), NOW)
                        .indication())
                .isEqualTo(Indication.NO_SIGNATURE);
    }

    @Test
    void whatIsNoSignature_isMalformed() {
        var report = new DetachedVerifier(Trust.NONE).verify(ORIGINAL, ORIGINAL, "file.txt", NOW);
        assertThat(report.indication()).isEqualTo(Indication.MALFORMED);
    }

    private static org.yinzheng.signing.verdict.Report detached(String name, DocumentBytes original) throws Exception {
        return new DetachedVerifier(Trust.NONE).verify(read(name), original, "file.txt", NOW);
    }

    private static DocumentBytes read(String name) throws Exception {
        return DocumentBytes.owning(Files.readAllBytes(dir.resolve(name)));
    }

    private static void openssl(String arguments) throws Exception {
        Tool.run(dir, ("openssl " + arguments).split(" "));
    }
}
