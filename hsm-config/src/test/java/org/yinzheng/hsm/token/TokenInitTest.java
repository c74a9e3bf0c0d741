package org.yinzheng.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.KeyKind;

/// Initialisation, and what a second one makes of every state in which the first may have died.
class TokenInitTest {
    private static final TokenProfile PROFILE = TokenProfile.softHsm();

    @TempDir
    Path data;

    @Test
    void emptyDirectory_givesReadyToken() {
        try (var token = Token.init(PROFILE, data)) {
            assertThat(token.ready()).isTrue();
            assertThat(token.status().fault()).isEmpty();
            assertThat(token.status().libraryVersion()).contains("SoftHSM");
            assertThat(token.status().mechanisms())
                    .allSatisfy((_, has) -> assertThat(has).isTrue());
        }
    }

    @Test
    void pinFiles_areForTheirOwnerOnly() throws Exception {
        Token.init(PROFILE, data).close();

        for (var name : new String[] {"token/pin", "token/so-pin", "token/softhsm2.conf"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.size(data.resolve("token/pin"))).isEqualTo(24);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("token"))))
                .isEqualTo("rwx------");
    }

    @Test
    void initialisedTwice_keepsTokenPinAndKeys() throws Exception {
        byte[] publicKey;
        String serial;
        try (var token = Token.init(PROFILE, data)) {
            serial = token.status().serial();
            publicKey =
                    custodian(token).make("kept", KeyKind.RSA_2048).publicKey().getEncoded();
            custodian(token).make("kept-sm2", KeyKind.SM2);
        }
        var pin = Files.readString(data.resolve("token/pin"));

        try (var token = Token.init(PROFILE, data)) {
            assertThat(token.status().serial()).isEqualTo(serial);
            assertThat(custodian(token).find("kept").orElseThrow().publicKey().getEncoded())
                    .isEqualTo(publicKey);
            assertThat(custodian(token).find("kept-sm2").orElseThrow().sign(new byte[1]))
                    .isNotEmpty();
            assertThat(Files.readString(data.resolve("token/pin"))).isEqualTo(pin);
        }
    }

    @Test
    void diedAfterPinFiles_isFinished() throws Exception {
        DurableFile.directory(data.resolve("token"));
        Pin.ensure(data.resolve("token/so-pin"));

        finishes();
    }

    @Test
    void diedWhileWritingPinFile_isFinished() throws Exception {
        DurableFile.directory(data.resolve("token"));
        Files.writeString(data.resolve("token/pin.new"), "half");

        finishes();
    }

    @Test
    void diedInsideInitToken_isFinished() throws Exception {
        // SoftHSM makes a directory, then its files one after another
        DurableFile.directory(data.resolve("token/tokens/5f1d8f8c-9a01-3c27-0f0e-3d7c53f3d0aa"));
        Pin.ensure(data.resolve("token/so-pin"));
        Pin.ensure(data.resolve("token/pin"));

        finishes();
    }

    @Test
    void diedBetweenTokenAndUserPin_isFinished() throws Exception {
        halfInitialised((_, _) -> {});

        finishes();
    }

    @Test
    void diedBetweenUserPinAndSealingKey_isRefusedByOpen_andFinishedByInit() throws Exception {
        halfInitialised((cryptoki, slot) -> {
            try (var securityOfficer = Pin.read(data.resolve("token/so-pin"));
                    var user = Pin.read(data.resolve("token/pin"))) {
                var session = cryptoki.openSession(slot);
                cryptoki.loginSecurityOfficer(session, securityOfficer);
                cryptoki.initPin(session, user);
            }
        });
        try (var token = Token.open(PROFILE, data)) {
            assertThat(token.status().fault()).contains(TokenFault.NO_SEALING_KEY);
        }

        finishes();
    }

    @Test
    void diedBeforeTheSerialWasNoted_isFinished() throws Exception {
        Token.init(PROFILE, data).close();
        Files.delete(data.resolve("token/serial"));

        finishes();
        assertThat(data.resolve("token/serial")).exists();
    }

    @Test
    void tokenLost_isNotReplacedByANewOne() throws Exception {
        Token.init(PROFILE, data).close();
        Files.move(data.resolve("token/tokens"), data.resolve("lost"));

        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> Token.init(PROFILE, data).close());
        deleteEmpty(data.resolve("token/tokens"));
        Files.move(data.resolve("lost"), data.resolve("token/tokens"));
        finishes();
    }

    @Test
    void sealedKeysOfAnotherToken_stopInit() throws Exception {
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(data.resolve("keys/old.sealed"), "{}");

        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> Token.init(PROFILE, data).close());
    }

    @Test
    void dataDirectoryMoved_tokenOpensThere() throws Exception {
        Token.init(PROFILE, data.resolve("here")).close();
        Files.move(data.resolve("here"), data.resolve("there"));

        try (var token = Token.open(PROFILE, data.resolve("there"))) {
            assertThat(token.ready()).isTrue();
        }
    }

    private interface Step {
        void with(Cryptoki cryptoki, long slot) throws CryptokiException, IOException;
    }

    /// A token that was initialised and has no user PIN, and then `next`; as if the process had died after it.
    private void halfInitialised(Step next) throws Exception {
        var folder = TokenFolder.of(PROFILE, data);
        DurableFile.directory(folder.tokens());
        Pin.ensure(folder.securityOfficerPinFile());
        Pin.ensure(folder.pinFile());
        var library = TokenLibrary.claim(PROFILE);
        try (var securityOfficer = Pin.read(folder.securityOfficerPinFile())) {
            var cryptoki = library.enter(folder);
            cryptoki.initToken(cryptoki.slots().getFirst(), securityOfficer, PROFILE.label());
            library.leave();
            cryptoki = library.enter(folder);
            next.with(
                    cryptoki, TokenLibrary.find(cryptoki, PROFILE).orElseThrow().slot());
        } finally {
            library.leave();
            library.release();
        }
    }

    private void finishes() {
        try (var token = Token.init(PROFILE, data)) {
            assertThat(token.ready()).isTrue();
            assertThat(custodian(token).make("after", KeyKind.SM2).sign(new byte[1]))
                    .isNotEmpty();
        }
        try (var token = Token.open(PROFILE, data)) {
            assertThat(token.ready()).isTrue();
        }
    }

    private TokenCustodian custodian(Token token) {
        return new TokenCustodian(token, data.resolve("keys"));
    }

    private static void deleteEmpty(Path directory) throws IOException {
        Files.deleteIfExists(directory);
    }
}
