package org.yinzheng.signing.pdf;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.evidence.BundleVerdict;
import org.yinzheng.signing.evidence.EvidenceBundle;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;

/// Evidence bundles of stamped documents, judged when time has passed and when somebody has had a hand in them.
class EvidenceBundleTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Map<String, DocumentBytes> ATTACHED =
            Map.of("note.txt", DocumentBytes.owning("noted".getBytes(StandardCharsets.UTF_8)));

    @TempDir
    Path folder;

    private final Ages ages = new Ages();

    @Test
    void listsGoneAndSignerExpired_theSealedBundleStillPasses() throws Exception {
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            var ours = new Ages();
            var pdf = ours.stamped(suite, Level.B);
            ours.pass(YEAR.multipliedBy(4).plusDays(350)); // certificates are renewed before their end
            var file = write(ours, pdf, Optional.of(ours.timestamps()));
            ours.pass(YEAR.multipliedBy(2));
            assertThat(ours.verify(pdf).indication()).isEqualTo(Indication.INDETERMINATE);
            var judged = judge(file, ours.anchors(), ours);
            assertThat(judged.report().indication())
                    .as("%s", Ages.checks(judged.report()))
                    .isEqualTo(Indication.TOTAL_PASSED);
            assertThat(judged.provenTime()).isPresent();
        }
    }

    @Test
    void revokedAfterTheBundle_passes_andRevokedForAnEarlierTimeFails() throws Exception {
        var pdf = ages.stamped(Suite.RSA_SHA256, Level.B);
        ages.pass(Duration.ofHours(1));
        var file = write(ages, pdf, Optional.of(ages.timestamps()));
        ages.pass(Duration.ofHours(1));
        ages.authority().revoke(ages.signer(Suite.RSA_SHA256).certificate(), ages.now());
        ages.pass(Duration.ofHours(1));
        assertThat(ages.verify(pdf).reasons()).containsExactly(Gap.REVOKED_NO_POE);
        assertThat(judge(file, ages.authority().trust(), ages).report().indication())
                .isEqualTo(Indication.TOTAL_PASSED);

        var others = new Ages();
        var early = others.stamped(Suite.RSA_SHA256, Level.B);
        var before = write(others, early, Optional.of(others.timestamps()));
        others.authority()
                .revoke(
                        others.signer(Suite.RSA_SHA256).certificate(),
                        others.now().minusSeconds(60));
        others.pass(Duration.ofHours(1));
        assertThat(judge(before, others.authority().trust(), others).report().reasons())
                .containsExactly(Flaw.REVOKED);
    }

    @Test
    void withoutTimestamp_itIsJudgedForNow() throws Exception {
        var pdf = ages.stamped(Suite.RSA_SHA256, Level.B);
        var file = write(ages, pdf, Optional.empty());
        assertThat(judge(file, ages.authority().trust(), ages).report().indication())
                .isEqualTo(Indication.TOTAL_PASSED);
        ages.pass(YEAR.multipliedBy(6));
        var judged = judge(file, ages.anchors(), ages);
        assertThat(judged.provenTime()).isEmpty();
        assertThat(judged.report().reasons()).contains(Gap.OUT_OF_BOUNDS_NO_POE);
        assertThat(judged.report().integrity()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void anchorsInTheBundle_areShownAndNotBelieved() throws Exception {
        var file = write(ages, ages.stamped(Suite.RSA_SHA256, Level.B), Optional.of(ages.timestamps()));
        var bundle = EvidenceBundle.read(file);
        assertThat(bundle.anchors()).isNotEmpty();
        assertThat(judge(file, Trust.NONE, ages).report().reasons()).contains(Gap.NO_CERTIFICATE_CHAIN_FOUND);
        var told = new Trust(bundle.anchors(), java.util.Set.of(), List.of());
        assertThat(judge(file, told, ages).report().indication()).isEqualTo(Indication.TOTAL_PASSED);
    }

    @Test
    void anythingChanged_isNamed() throws Exception {
        var file = write(ages, ages.stamped(Suite.RSA_SHA256, Level.B), Optional.of(ages.timestamps()));
        for (var path : List.of(
                "document.pdf", "report.json", "crls/001.crl", "certificates/001.crt", "attachments/note.txt")) {
            var contents = contents(file);
            var changed = requireNonNull(contents.get(path)).clone();
            changed[changed.length / 2] ^= 1;
            contents.put(path, changed);
            assertThat(EvidenceBundle.read(zip(contents))
                            .verify(ages.authority().trust(), ages.now()))
                    .isEqualTo(new BundleVerdict.Altered(List.of(path)));
            contents.remove(path);
            contents.put("crls/extra.crl", changed);
            assertThat(EvidenceBundle.read(zip(contents))
                            .verify(ages.authority().trust(), ages.now()))
                    .isInstanceOfSatisfying(BundleVerdict.Altered.class, altered -> assertThat(altered.files())
                            .contains(path, "crls/extra.crl"));
        }
    }

    @Test
    void attachments_areKeptAsTheyAre() throws Exception {
        var bundle = EvidenceBundle.read(
                write(ages, ages.stamped(Suite.RSA_SHA256, Level.B), Optional.of(ages.timestamps())));
        assertThat(bundle.attachment("note.txt")).contains(requireNonNull(ATTACHED.get("note.txt")));
        assertThat(bundle.attachment("document.pdf")).isEmpty();
    }

    @Test
    void manifestRewritten_losesItsTimestamp() throws Exception {
        var file = write(ages, ages.stamped(Suite.RSA_SHA256, Level.B), Optional.of(ages.timestamps()));
        var contents = contents(file);
        var manifest = new String(contents.get("MANIFEST.json"), StandardCharsets.UTF_8);
        contents.put(
                "MANIFEST.json", manifest.replace("licence.pdf", "another.pdf").getBytes(StandardCharsets.UTF_8));
        var judged = judge(zip(contents), ages.authority().trust(), ages);
        assertThat(judged.provenTime()).isEmpty();
        assertThat(judged.timestamp()).anyMatch(check -> !check.passed());
    }

    @Test
    void hostileZips_areRefused() throws Exception {
        var file = write(ages, ages.stamped(Suite.RSA_SHA256, Level.B), Optional.empty());
        var whole = Files.readAllBytes(file);
        var hostile = new ArrayList<byte[]>();
        hostile.add(new byte[0]);
        hostile.add(java.util.Arrays.copyOf(whole, whole.length / 2));
        var outside = contents(file);
        outside.put("../outside", new byte[1]);
        hostile.add(Files.readAllBytes(zip(outside)));
        var without = contents(file);
        without.remove("MANIFEST.json");
        hostile.add(Files.readAllBytes(zip(without)));
        // the directory gives the second file the name of the first
        var twofold = whole.clone();
        var text = new String(whole, StandardCharsets.ISO_8859_1);
        int directory = text.lastIndexOf("document.pdf");
        twofold[directory] = 'D';
        hostile.add(twofold);
        for (var bytes : hostile) {
            var broken = Files.write(folder.resolve("broken.zip"), bytes);
            assertThatThrownBy(() -> EvidenceBundle.read(broken))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("bundle-form"));
        }
    }

    @Test
    void unzipAndOpenssl_readIt() throws Exception {
        var file = write(ages, ages.stamped(Suite.RSA_SHA256, Level.B), Optional.of(ages.timestamps()));
        assertThat(Tool.run(folder, "openssl", "version").exit()).isZero();
        for (var content : contents(file).entrySet()) {
            var path = folder.resolve("out").resolve(content.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, content.getValue());
        }
        var out = folder.resolve("out");
        assertThat(Tool.run(out, "openssl", "crl", "-inform", "DER", "-in", "crls/001.crl", "-noout", "-issuer")
                        .exit())
                .isZero();
        assertThat(Tool.run(out, "openssl", "ts", "-reply", "-in", "MANIFEST.tst", "-token_in", "-text")
                        .text())
                .contains("Hash Algorithm: sha256");
    }

    private Path write(Ages theirs, DocumentBytes pdf, Optional<TimestampSource> timestamps) throws IOException {
        var bytes = new ByteArrayOutputStream();
        EvidenceBundle.write(
                bytes,
                new EvidenceBundle.Enclosed("licence.pdf", pdf, "{}", Optional.of("a.b.c"), List.of(), ATTACHED),
                theirs.authority().trust(),
                theirs.now(),
                timestamps);
        return Files.write(Files.createTempFile(folder, "bundle", ".zip"), bytes.toByteArray());
    }

    private static BundleVerdict.Judged judge(Path file, Trust trust, Ages theirs) {
        return (BundleVerdict.Judged) EvidenceBundle.read(file).verify(trust, theirs.now());
    }

    private static Map<String, byte[]> contents(Path file) throws IOException {
        var contents = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                contents.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return contents;
    }

    private Path zip(Map<String, byte[]> contents) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var content : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(content.getKey()));
                zip.write(content.getValue());
            }
        }
        return Files.write(Files.createTempFile(folder, "changed", ".zip"), bytes.toByteArray());
    }
}
