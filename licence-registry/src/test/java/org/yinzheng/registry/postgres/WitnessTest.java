package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.registry.audit.LogProof;
import org.yinzheng.registry.audit.Merkle;
import org.yinzheng.registry.audit.Note;
import org.yinzheng.registry.audit.TestKey;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.witness.Cosigner;
import org.yinzheng.registry.witness.Cosigning;
import org.yinzheng.registry.witness.Witness;
import org.yinzheng.registry.witness.Witness.Answer;
import org.yinzheng.registry.witness.WitnessKey;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.SigningKey;

/// Our log in one database, another city's witness in a second one.
class WitnessTest {
    private static final String ORIGIN = "audit.example.cn/yinzheng";
    private static final Instant AT = Instant.parse("2026-11-22T04:00:00Z");
    private static final Clock CLOCK = Clock.fixed(AT, ZoneOffset.UTC);
    private static final SigningKey KEY = TestKey.p256();
    private static final String NAME = "witness.example.cn/other";

    private Database ours;
    private Database theirs;
    private PostgresAuditLog log;
    private Witness witness;
    private boolean tokenAway;

    @BeforeEach
    void open() {
        ours = TestPostgres.fresh().open();
        theirs = TestPostgres.fresh().open();
        log = new PostgresAuditLog(ours, ORIGIN, KEY, CLOCK);
        var cosigner = new Cosigner(NAME, this::seed, CLOCK);
        witness = new Witness(List.of(log.key()), new PostgresSeenLogs(theirs), cosigner);
    }

    @AfterEach
    void close() {
        ours.close();
        theirs.close();
    }

    @Test
    void checkpointShown_isCosigned_andContinuedNextTime() {
        append(300);
        cosigning().round();
        assertThat(witness.key().saw(log.checkpoint().orElseThrow())).contains(AT);
        assertThat(log.key().open(log.checkpoint().orElseThrow()).size()).isEqualTo(300);

        append(7);
        assertThat(witness.key().saw(log.checkpoint().orElseThrow())).isEmpty();
        cosigning().round();
        cosigning().round();
        assertThat(witness.key().saw(log.checkpoint().orElseThrow())).contains(AT);
        assertThat(log.seenBy(NAME)).isEqualTo(307);
    }

    @Test
    void proofOfAnEntry_isUnderTheCheckpointThatTheWitnessSaw() {
        append(3);
        assertThat(log.proof("licence-3", "licence.issue")).isEmpty();
        assertThat(log.proof("licence-1", "licence.revoke")).isEmpty();
        cosigning().round();
        append(2);
        var proof = LogProof.parse(
                log.proof("licence-1", "licence.issue").orElseThrow().text());
        assertThat(proof.check(log.key()).size()).isEqualTo(3);
        assertThat(witness.key().saw(proof.note())).contains(AT);
        assertThat(proof.entry().subject()).isEqualTo("licence-1");
        // not yet seen by the witness
        var newer = log.proof("licence-4", "licence.issue").orElseThrow();
        assertThat(newer.check(log.key()).size()).isEqualTo(5);
        assertThat(witness.key().saw(newer.note())).isEmpty();
    }

    @Test
    void proofChangedAnywhere_isRefused() {
        append(5);
        cosigning().round();
        var text = log.proof("licence-2", "licence.issue").orElseThrow().text();
        int cosignature = text.lastIndexOf("\u2014 ");
        for (int i = 0; i < cosignature; i++) {
            var changed = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            assertThatExceptionOfType(InvalidInput.class).as(changed).isThrownBy(() -> LogProof.parse(changed)
                    .check(log.key()));
        }
        for (int i = cosignature; i < text.length() - 1; i++) {
            var changed = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            // changed beyond recognition it is nobody's signature; else it is a wrong one
            try {
                assertThat(witness.key().saw(LogProof.parse(changed).note()))
                        .as(changed)
                        .isEmpty();
            } catch (InvalidInput wrong) {
                assertThat(wrong.code()).isIn("cosignature", "note");
            }
        }
        for (var other : List.of("", "\n\n", "c2sp.org/tlog-proof@v1\nindex 0\n\n", text + "x", "a".repeat(200_000))) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> LogProof.parse(other).check(log.key()));
        }
    }

    // a witness trusts no word of the log

    @Test
    void logThatForked_isNotCosigned() {
        append(5);
        cosigning().round();
        var forked = new PostgresAuditLog(TestPostgres.fresh().open(), ORIGIN, KEY, CLOCK);
        for (int i = 0; i < 9; i++) {
            forked.append(entry("another-" + i));
        }
        forked.advance();
        new Cosigning(forked, List.of(new Cosigning.Peer(witness.key(), witness::add))).round();
        assertThat(witness.key().saw(forked.checkpoint().orElseThrow())).isEmpty();
        assertThat(witness.add(request(forked, 5))).isInstanceOf(Answer.Inconsistent.class);
    }

    @Test
    void logSetBack_isToldOfTheSizeThatWasSeen() {
        append(5);
        cosigning().round();
        var older = new PostgresAuditLog(TestPostgres.fresh().open(), ORIGIN, KEY, CLOCK);
        older.append(entry("licence-0"));
        older.advance();
        assertThat(witness.add(request(older, 0))).isEqualTo(new Answer.Conflict(5));
        assertThat(witness.add("old 5\n\n" + older.checkpoint().orElseThrow())).isInstanceOf(Answer.Malformed.class);
    }

    @Test
    void anotherTreeOfTheSameSize_isAConflict() {
        append(2);
        cosigning().round();
        var other = new PostgresAuditLog(TestPostgres.fresh().open(), ORIGIN, KEY, CLOCK);
        other.append(entry("a"));
        other.append(entry("b"));
        other.advance();
        assertThat(witness.add(request(other, 2))).isEqualTo(new Answer.Conflict(2));
        assertThat(witness.add(request(log, 2))).isInstanceOf(Answer.Cosigned.class);
    }

    @Test
    void unknownLog_orAnotherKey_isRefused() {
        append(1);
        var note = log.checkpoint().orElseThrow();
        assertThat(witness.add("old 0\n\n" + note.replace(ORIGIN, "audit.example.cn/other")))
                .isInstanceOf(Answer.LogUnknown.class);
        var forged = Note.sign(Note.text(note), ORIGIN, TestKey.p256());
        assertThat(witness.add("old 0\n\n" + forged)).isInstanceOf(Answer.NotSigned.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old 0",
                "old 00\n\nNOTE",
                "old -1\n\nNOTE",
                "old 2\n\nNOTE",
                "old 0\nnot base64!\n\nNOTE",
                "old 0\nAAAA\n\nNOTE"
            })
    void requestOfAnotherForm_isMalformed(String request) {
        append(1);
        assertThat(witness.add(request.replace("NOTE", log.checkpoint().orElseThrow())))
                .isInstanceOf(Answer.Malformed.class);
    }

    @Test
    void tooManyHashes_orTooMuchText_isMalformed() {
        append(1);
        var hash = Base64.getEncoder().encodeToString(Merkle.EMPTY.bytes()) + "\n";
        var note = log.checkpoint().orElseThrow();
        assertThat(witness.add("old 0\n" + hash.repeat(64) + "\n" + note)).isInstanceOf(Answer.Malformed.class);
        assertThat(witness.add("old 0\n" + hash.repeat(63) + "\n" + note)).isInstanceOf(Answer.Inconsistent.class);
        assertThat(witness.add("old 0\n\n" + note + "x".repeat(Witness.LONGEST)))
                .isInstanceOf(Answer.Malformed.class);
    }

    /// Dead after the record was written and before the signature: the log asks again from there.
    @Test
    void tokenAwayBetweenRecordAndSignature_nothingIsLost() {
        append(3);
        tokenAway = true;
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> witness.add(request(log, 0)));
        tokenAway = false;
        assertThat(witness.add(request(log, 0))).isEqualTo(new Answer.Conflict(3));
        cosigning().round();
        assertThat(witness.key().saw(log.checkpoint().orElseThrow())).contains(AT);
    }

    @Test
    void manyAtOnce_oneIsCosignedAndTheRecordNeverGoesBack() throws Exception {
        var requests = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            append(1);
            requests.add(request(log, 0));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<Answer>();
            for (var one : threads.invokeAll(requests.stream()
                    .<java.util.concurrent.Callable<Answer>>map(request -> () -> witness.add(request))
                    .toList())) {
                answers.add(one.get());
            }
            assertThat(answers).filteredOn(Answer.Cosigned.class::isInstance).hasSize(1);
        }
    }

    @Test
    void witnessThatLies_isNotBelieved() {
        append(2);
        var liar = new Cosigner(NAME, () -> new byte[32], CLOCK);
        var other = new Witness(List.of(log.key()), new PostgresSeenLogs(theirs), liar);
        new Cosigning(log, List.of(new Cosigning.Peer(witness.key(), other::add))).round();
        assertThat(log.seenBy(NAME)).isZero();
        new Cosigning(log, List.of(new Cosigning.Peer(witness.key(), _ -> new Answer.Cosigned("nothing\n")))).round();
        new Cosigning(log, List.of(new Cosigning.Peer(witness.key(), _ -> new Answer.Conflict(99)))).round();
        assertThat(log.seenBy(NAME)).isZero();
    }

    @Test
    void keys_areReadBack() {
        assertThat(WitnessKey.parse(witness.key().text())).isEqualTo(witness.key());
        for (var other : List.of("", "a+b+c", log.key().text(), witness.key().text() + "A")) {
            assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> WitnessKey.parse(other));
        }
        assertThat(LogKey.parse(log.key().text())).isEqualTo(log.key());
    }

    @Test
    void openssl_findsTheCosignatureValid(@TempDir Path files) throws Exception {
        append(2);
        cosigning().round();
        var note = log.checkpoint().orElseThrow();
        var signature = Base64.getDecoder().decode(note.strip().substring(note.lastIndexOf(' ') + 1));
        Files.writeString(
                files.resolve("message"), "cosignature/v1\ntime " + AT.getEpochSecond() + "\n" + Note.text(note));
        Files.write(files.resolve("value"), Arrays.copyOfRange(signature, 12, signature.length));
        var spki = new byte[44];
        System.arraycopy(
                new byte[] {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00}, 0, spki, 0, 12);
        System.arraycopy(witness.key().key().toByteArray(), 0, spki, 12, 32);
        Files.write(files.resolve("key.der"), spki);
        var openssl = new ProcessBuilder(
                        "openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message -sigfile value"
                                .split(" "))
                .directory(files.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(openssl.getInputStream().readAllBytes(), UTF_8))
                .contains("Signature Verified Successfully");
        assertThat(openssl.waitFor()).isZero();
    }

    private byte[] seed() {
        if (tokenAway) {
            throw new Failure.NotDone("the token is away", null);
        }
        var seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        return seed;
    }

    private Cosigning cosigning() {
        return new Cosigning(log, List.of(new Cosigning.Peer(witness.key(), witness::add)));
    }

    private static String request(PostgresAuditLog log, long old) {
        var note = log.checkpoint().orElseThrow();
        var text = new StringBuilder("old " + old + "\n");
        if (old > 0) {
            log.consistency(old, log.key().open(note).size())
                    .forEach(hash -> text.append(Base64.getEncoder().encodeToString(hash.bytes()))
                            .append('\n'));
        }
        return text.append('\n').append(note).toString();
    }

    private void append(int count) {
        long from = log.checkpoint().map(note -> log.key().open(note).size()).orElse(0L);
        for (int i = 0; i < count; i++) {
            log.append(entry("licence-" + (from + i)));
        }
        log.advance();
    }

    private static AuditEntry entry(String subject) {
        return new AuditEntry(
                AT, new Actor("officer", "issuer"), "licence.issue", subject, "", Map.of("digest", "00ff"));
    }
}
