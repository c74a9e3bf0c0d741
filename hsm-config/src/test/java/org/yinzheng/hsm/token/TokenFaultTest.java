package org.yinzheng.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.hsm.Eventually;
import org.yinzheng.signing.Failure;

/// Each way in which a token is not to be had; on the real SoftHSM.
class TokenFaultTest {
    private static final TokenProfile PROFILE = TokenProfile.softHsm();
    private static final long PIN_COUNT_LOW = 0x10000;
    private static final long PIN_FINAL_TRY = 0x20000;
    private static final long PIN_LOCKED = 0x40000;

    @TempDir
    Path data;

    @Test
    void noToken_isSaid() {
        try (var token = Token.open(PROFILE, data)) {
            failsWith(token, TokenFault.NO_TOKEN);
        }
    }

    @Test
    void pinFileMissing_isSaid_andHeals() throws Exception {
        Token.init(PROFILE, data).close();
        Files.move(pin(), data.resolve("kept"));
        try (var token = Token.open(PROFILE, data)) {
            failsWith(token, TokenFault.PIN_FILE_MISSING);

            Files.move(data.resolve("kept"), pin());
            assertThat(Eventually.isTrue(token::ready)).isTrue();
        }
    }

    @Test
    void pinWrong_isSaid_andHealsWhenTheFileIsCorrected() throws Exception {
        Token.init(PROFILE, data).close();
        var right = Files.readString(pin());
        Files.writeString(pin(), "wrong" + right);
        try (var token = Token.open(PROFILE, data)) {
            failsWith(token, TokenFault.PIN_WRONG);

            Files.writeString(pin(), right + "\n");
            assertThat(Eventually.isTrue(token::ready)).isTrue();
        }
    }

    /// A real HSM locks after a few attempts. SoftHSM does not count them, but notes in its token that there
    /// was one.
    @Test
    void pinWrong_isNotTriedTwice() throws Exception {
        Token.init(PROFILE, data).close();
        Files.writeString(pin(), "wrong");
        try (var token = Token.open(PROFILE, data)) {
            assertThat(flags() & PIN_COUNT_LOW).isEqualTo(PIN_COUNT_LOW);
            setFlags(flags() & ~PIN_COUNT_LOW);

            Thread.sleep(600); // longer than the pause between attempts
            failsWith(token, TokenFault.PIN_WRONG);
            assertThat(flags() & PIN_COUNT_LOW).isZero();
        }
    }

    /// SoftHSM never locks a PIN by itself; it does report the flag that it keeps in its token, which is set
    /// here.
    @Test
    void pinLocked_isSaid_andHealsWhenItIsReset() throws Exception {
        Token.init(PROFILE, data).close();
        setFlags(flags() | PIN_LOCKED);
        try (var token = Token.open(PROFILE, data)) {
            failsWith(token, TokenFault.PIN_LOCKED);

            setFlags(flags() & ~PIN_LOCKED);
            assertThat(Eventually.isTrue(token::ready)).isTrue();
        }
    }

    @Test
    void pinWithOneTryLeft_isNotSpent_andHealsWhenTheCountIsSetBack() throws Exception {
        Token.init(PROFILE, data).close();
        setFlags(flags() | PIN_FINAL_TRY);
        try (var token = Token.open(PROFILE, data)) {
            failsWith(token, TokenFault.PIN_LAST_TRY);

            setFlags(flags() & ~PIN_FINAL_TRY);
            assertThat(Eventually.isTrue(token::ready)).isTrue();
        }
    }

    /// The other way of learning it: a token that reports it only when asked to log in.
    @Test
    void pinLockedSaysLogin_isTheSameFault() {
        var locked = TokenUnavailable.ofLogin(new CryptokiException("C_Login", CryptokiException.PIN_LOCKED));

        assertThat(locked.fault()).isEqualTo(TokenFault.PIN_LOCKED);
        assertThat(locked.notDone()).hasCause(locked);
    }

    @Test
    void libraryMissing_isSaid() {
        try (var token = Token.open(TokenProfile.parse("library: /nowhere/libp11.so"), data)) {
            failsWith(token, TokenFault.LIBRARY_MISSING);
        }
    }

    @Test
    void libraryThatIsNone_isSaid() throws Exception {
        var file = Files.writeString(data.resolve("libp11.so"), "not a library");
        try (var token = Token.open(TokenProfile.parse("library: " + file), data)) {
            failsWith(token, TokenFault.LIBRARY_MISSING);
        }
    }

    @Test
    void libraryOfAnotherKind_isSaid() {
        var libz = java.util.stream.Stream.of("/lib/x86_64-linux-gnu/libc.so.6", "/lib64/libc.so.6", "/lib/libc.so.6")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        try (var token = Token.open(TokenProfile.parse("library: " + libz), data)) {
            failsWith(token, TokenFault.LIBRARY_MISSING);
        }
    }

    @Test
    void libraryNamedByItsPath_isUsedWithItsOwnConfiguration() {
        try (var managed = Token.init(PROFILE, data)) {
            assertThat(managed.ready()).isTrue();
        }
        var library = PROFILE.libraryFile().orElseThrow();
        // the variable still names the managed token's configuration: here it stands for the vendor's own
        try (var token = Token.open(TokenProfile.parse("library: " + library + "\npinFile: " + pin()), data)) {
            assertThat(token.ready()).isTrue();
        }
    }

    @Test
    void sm2MechanismThatTheTokenLacks_stopsTheStart() {
        Token.init(PROFILE, data).close();
        var profile = TokenProfile.parse("""
                sm2: {custody: TOKEN_SM2, generate: 0x80000001, sign: 0x80000002, encoding: raw, computesZ: false}
                """);

        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> Token.open(profile, data).close())
                .havingCause()
                .isInstanceOfSatisfying(TokenUnavailable.class, unavailable -> assertThat(unavailable.fault())
                        .isEqualTo(TokenFault.MECHANISM_MISSING));
    }

    @Test
    void secondTokenInTheProcess_isRefused_andTheFirstGoesOn() {
        try (var token = Token.init(PROFILE, data)) {
            assertThatExceptionOfType(Failure.NotDone.class)
                    .isThrownBy(
                            () -> Token.open(PROFILE, data.resolve("second")).close());
            assertThat(token.ready()).isTrue();
        }
    }

    @Test
    void allSessionsTaken_isNotDone() throws Exception {
        try (var token = Token.init(TokenProfile.parse("sessions: 1"), data)) {
            var busy = new java.util.concurrent.CountDownLatch(1);
            var done = new java.util.concurrent.CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> token.<Boolean>use(_ -> {
                        busy.countDown();
                        return await(done);
                    }));
            busy.await();

            assertThatExceptionOfType(Failure.NotDone.class)
                    .isThrownBy(() -> token.use(_ -> true))
                    .havingCause()
                    .isInstanceOfSatisfying(TokenUnavailable.class, unavailable -> assertThat(unavailable.fault())
                            .isEqualTo(TokenFault.BUSY));
            done.countDown();
            assertThat(token.<Boolean>use(_ -> true)).isTrue();
        }
    }

    private static boolean await(java.util.concurrent.CountDownLatch latch)
            throws java.security.GeneralSecurityException {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new java.security.GeneralSecurityException(e);
        }
    }

    private static void failsWith(Token token, TokenFault fault) {
        assertThat(token.ready()).isFalse();
        assertThat(token.status().fault()).contains(fault);
        assertThat(token.status().message()).contains(fault.next());
        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> token.use(OpenToken::labels))
                .havingCause()
                .isInstanceOfSatisfying(TokenUnavailable.class, unavailable -> assertThat(unavailable.fault())
                        .isEqualTo(fault));
    }

    private Path pin() {
        return data.resolve("token/pin");
    }

    private long flags() throws IOException {
        var file = Files.readAllBytes(tokenObject());
        return ByteBuffer.wrap(file).getLong(flagsOffset(file));
    }

    private void setFlags(long flags) throws IOException {
        var file = Files.readAllBytes(tokenObject());
        ByteBuffer.wrap(file).putLong(flagsOffset(file), flags);
        Files.write(tokenObject(), file);
    }

    /// SoftHSM's object files hold attributes as type, kind (2: a number) and value, each 8 bytes big-endian.
    private static int flagsOffset(byte[] file) {
        var content = ByteBuffer.wrap(file);
        for (int i = 0; i + 24 <= file.length; i++) {
            if (content.getLong(i) == 0x8000534BL && content.getLong(i + 8) == 2) { // CKA_OS_TOKENFLAGS
                return i + 16;
            }
        }
        throw new AssertionError("no token flags");
    }

    private Path tokenObject() throws IOException {
        try (var files = Files.walk(data.resolve("token/tokens"))) {
            return files.filter(file -> file.endsWith("token.object"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
