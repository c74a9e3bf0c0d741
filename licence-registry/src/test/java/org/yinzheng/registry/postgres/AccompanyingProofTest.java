package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.registry.audit.TestKey;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.witness.AccompanyingProof;
import org.yinzheng.registry.witness.Cosigner;
import org.yinzheng.registry.witness.Cosigning;
import org.yinzheng.registry.witness.KnownLogs;
import org.yinzheng.registry.witness.Witness;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// A proof beside a document, as somebody hands it in years later: right, of another file, changed, of a stranger.
class AccompanyingProofTest {
    private static final String ORIGIN = "audit.example.cn/yinzheng";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T04:00:00Z"), ZoneOffset.UTC);
    private static final SigningKey KEY = TestKey.p256();
    private static final Optional<String> LICENCE = Optional.of("licence-1");

    private final Database database = TestPostgres.fresh().open();
    private final PostgresAuditLog log = new PostgresAuditLog(database, ORIGIN, KEY, CLOCK);
    private final Witness witness = new Witness(
            List.of(log.key()), new PostgresSeenLogs(database), new Cosigner("city.cn", () -> new byte[32], CLOCK));
    private final KnownLogs known = new KnownLogs(List.of(log.key()), List.of(witness.key()));

    @BeforeEach
    void issue() {
        for (var licence : List.of("licence-0", "licence-1", "licence-2")) {
            log.append(entry("licence.issue", licence, Digest.sha256(licence.getBytes(UTF_8))));
        }
        log.append(entry("licence.revoke", "licence-3", file("licence-3")));
        log.advance();
        new Cosigning(log, List.of(new Cosigning.Peer(witness.key(), witness::add))).round();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void proofOfThisFile_holds_andSaysWhoSawIt() {
        var checks = judge(proof("licence-1"), known);
        assertThat(checks)
                .extracting(Check::step)
                .containsExactly("log-checkpoint", "log-inclusion", "log-witnesses", "log-document");
        assertThat(checks).allMatch(Check::passed);
        assertThat(found(checks, "log-witnesses")).contains("city.cn");
        assertThat(found(checks, "log-document")).contains("PDF");
    }

    @Test
    void noWitnessKnown_isSaid() {
        var checks = judge(proof("licence-1"), new KnownLogs(List.of(log.key()), List.of()));
        assertThat(checks).allMatch(Check::passed);
        assertThat(found(checks, "log-witnesses")).contains("none");
    }

    @Test
    void logThatNobodyKnows_isUnconfirmed_whateverKeyLiesBeside() {
        assertThat(reasons(judge(proof("licence-1"), KnownLogs.NONE))).containsExactly(Gap.LOG_UNCONFIRMED);
        var keyless = new AccompanyingProof(text(proof("licence-1")), Optional.empty());
        assertThat(reasons(keyless.judge(KnownLogs.NONE, LICENCE, file("licence-1"))))
                .containsExactly(Gap.LOG_UNCONFIRMED);
    }

    @Test
    void keyBeside_doesNotReplaceTheKnownOne() {
        var forged = TestKey.p256();
        var forger = new PostgresAuditLog(TestPostgres.fresh().open(), ORIGIN, forged, CLOCK);
        forger.append(entry("licence.issue", "licence-1", file("licence-1")));
        forger.advance();
        var proof = forger.proof("licence-1", "licence.issue").orElseThrow().text();
        var beside = Optional.of(text(forger.key().text()));
        assertThat(reasons(new AccompanyingProof(text(proof), beside).judge(known, LICENCE, file("licence-1"))))
                .containsExactly(Flaw.LOG_PROOF_INVALID);
        assertThat(reasons(
                        new AccompanyingProof(text(proof), beside).judge(KnownLogs.NONE, LICENCE, file("licence-1"))))
                .containsExactly(Gap.LOG_UNCONFIRMED);
    }

    @Test
    void wrongKeyBeside_isNamed() {
        for (var other : List.of(new LogKey(ORIGIN, TestKey.p256().publicKey()).text(), "nonsense", "a".repeat(2000))) {
            var proof = new AccompanyingProof(text(proof("licence-1")), Optional.of(text(other)));
            assertThat(reasons(proof.judge(KnownLogs.NONE, LICENCE, file("licence-1"))))
                    .containsExactly(Flaw.LOG_PROOF_INVALID);
        }
    }

    @Test
    void foreignProof_isNamed() {
        assertThat(reasons(judge(proof("licence-2"), known))).containsExactly(Flaw.LOG_PROOF_OF_ANOTHER_DOCUMENT);
        var other = new AccompanyingProof(text(proof("licence-1")), Optional.empty());
        assertThat(reasons(other.judge(known, LICENCE, file("licence-1 forged"))))
                .as("the identifier of one, the bytes of another")
                .containsExactly(Flaw.LOG_PROOF_OF_ANOTHER_DOCUMENT);
        assertThat(reasons(other.judge(known, Optional.empty(), file("licence-1"))))
                .containsExactly(Flaw.LOG_PROOF_OF_ANOTHER_DOCUMENT);
    }

    @Test
    void proofOfAnotherEvent_isNoProofOfIssue() {
        var revoked = new AccompanyingProof(
                text(log.proof("licence-3", "licence.revoke").orElseThrow().text()), Optional.empty());
        assertThat(reasons(revoked.judge(known, Optional.of("licence-3"), file("licence-3"))))
                .containsExactly(Flaw.LOG_PROOF_OF_ANOTHER_DOCUMENT);
    }

    @Test
    void changedProof_isNamedByWhatIsWrong() {
        var proof = proof("licence-1");
        assertThat(steps(proof.replaceFirst("index 1", "index 2"))).containsExactly("log-inclusion");
        assertThat(steps(proof.substring(0, proof.length() / 2))).containsExactly("log-inclusion");
        assertThat(steps("a".repeat(200_000))).containsExactly("log-inclusion");
        assertThat(steps("")).containsExactly("log-inclusion");
        int signature = proof.indexOf("\u2014 " + ORIGIN) + ORIGIN.length() + 20;
        assertThat(steps(flipped(proof, signature))).containsExactly("log-checkpoint");
        int cosignature = proof.lastIndexOf("\u2014 ") + 40;
        assertThat(steps(flipped(proof, cosignature))).containsExactly("log-witnesses");
    }

    @Test
    void keysOfAFolder_areReadBack_andOthersRefused(@TempDir Path folder) throws Exception {
        assertThat(KnownLogs.read(folder.resolve("nowhere"))).isEqualTo(KnownLogs.NONE);
        Files.writeString(folder.resolve("own.vkey"), known.text());
        Files.writeString(folder.resolve("readme.txt"), "not a key");
        assertThat(KnownLogs.read(folder)).isEqualTo(known);
        assertThat(known.plus(known)).isEqualTo(known);
        for (var bad : List.of("nonsense", known.text() + "x", "x\n".repeat(100_000))) {
            Files.writeString(folder.resolve("bad.vkey"), bad);
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> KnownLogs.read(folder))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("log-key-file"));
        }
    }

    private String proof(String licence) {
        return log.proof(licence, "licence.issue").orElseThrow().text();
    }

    private List<Check> judge(String proof, KnownLogs logs) {
        return new AccompanyingProof(text(proof), Optional.of(text(log.key().text())))
                .judge(logs, LICENCE, file("licence-1"));
    }

    private List<String> steps(String changed) {
        return judge(changed, known).stream()
                .filter(check ->
                        check.reason().filter(Flaw.LOG_PROOF_INVALID::equals).isPresent())
                .map(Check::step)
                .toList();
    }

    private static List<Reason> reasons(List<Check> checks) {
        return checks.stream().flatMap(check -> check.reason().stream()).toList();
    }

    private static String found(List<Check> checks, String step) {
        return checks.stream()
                .filter(check -> check.step().equals(step))
                .findFirst()
                .orElseThrow()
                .found();
    }

    private static String flipped(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    private static Digest file(String content) {
        return Digest.sha256(content.getBytes(UTF_8));
    }

    private static DocumentBytes text(String text) {
        return DocumentBytes.owning(text.getBytes(UTF_8));
    }

    private static AuditEntry entry(String action, String subject, Digest document) {
        return new AuditEntry(
                CLOCK.instant(),
                new Actor("officer", "issuer"),
                action,
                subject,
                "",
                Map.of("PDF", document.hex(), "data", "00ff"));
    }
}
