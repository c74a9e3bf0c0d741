package org.yinzheng.hsm.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.hsm.Eventually;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenFault;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.hsm.token.TokenUnavailable;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// The token goes away while it is used, and comes back.
class HealingTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final BouncyCastleProvider VERIFIER = new BouncyCastleProvider();

    @TempDir
    Path data;

    private Token token;
    private TokenCustodian custodian;

    @BeforeEach
    void makeToken() {
        token = Token.init(TokenProfile.softHsm(), data);
        custodian = new TokenCustodian(token, data.resolve("keys"));
    }

    @AfterEach
    void closeToken() {
        token.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_2048", "P_256", "SM2"})
    void tokenGone_isNotDone_andBack_signsAgain(KeyKind kind) throws Exception {
        var key = custodian.make("key", kind);
        var before = key.sign(MESSAGE);
        moveAway();

        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> key.sign(MESSAGE))
                .withCauseInstanceOf(TokenUnavailable.class);
        assertThat(token.ready()).isFalse();
        assertThat(token.status().fault()).contains(TokenFault.GONE);
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> custodian.make("other", kind));

        moveBack();
        untilReady();
        assertThat(verifies(key, before)).isTrue();
        assertThat(verifies(key, key.sign(MESSAGE))).isTrue();
        assertThat(custodian.make("other", kind).sign(MESSAGE)).isNotEmpty();
    }

    @Test
    void tokenGone_isSeenByTheProbeBeforeAnybodySigns() throws Exception {
        moveAway();

        assertThat(token.ready()).isFalse();
    }

    @Test
    void tokenGoneAndBackUnderManyThreads_everySignatureIsRightOrNotDone() throws Exception {
        var keys = List.of(
                custodian.make("rsa", KeyKind.RSA_2048),
                custodian.make("p256", KeyKind.P_256),
                custodian.make("sm2", KeyKind.SM2));
        var stop = new AtomicBoolean();
        var signing = new CountDownLatch(6);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 6; i++) {
                var key = keys.get(i % keys.size());
                counts.add(threads.submit(() -> signUntil(stop, signing, key)));
            }
            assertThat(signing.await(60, TimeUnit.SECONDS)).isTrue();
            for (int round = 0; round < 3; round++) {
                moveAway();
                assertThat(token.ready()).isFalse();
                moveBack();
                untilReady();
            }
            stop.set(true);
            for (var count : counts) {
                assertThat(get(count)).isPositive();
            }
        }
        for (var key : keys) {
            assertThat(verifies(key, key.sign(MESSAGE))).isTrue();
        }
    }

    /// @return how many signatures were made; each has been verified
    private static int signUntil(AtomicBoolean stop, CountDownLatch signing, SigningKey key) throws Exception {
        int made = 0;
        while (!stop.get()) {
            try {
                assertThat(verifies(key, key.sign(MESSAGE))).isTrue();
                made++;
                signing.countDown();
            } catch (Failure.NotDone e) {
                Thread.sleep(10); // as a caller would: wait before asking again
            }
        }
        return made;
    }

    @Test
    void sessionsLost_isNotNoticedByCallers() throws Exception {
        var key = custodian.make("key", KeyKind.SM2);
        token.<Boolean>use(open -> {
            try {
                ((java.security.AuthProvider) open.provider()).logout(); // as if the token had been reset
                return true;
            } catch (javax.security.auth.login.LoginException e) {
                throw new java.security.GeneralSecurityException(e);
            }
        });

        assertThat(verifies(key, key.sign(MESSAGE))).isTrue();
    }

    @Test
    void anotherTokenInItsPlace_isNotUsed() throws Exception {
        var key = custodian.make("key", KeyKind.RSA_2048);
        moveAway();
        token.close();
        Token.init(TokenProfile.softHsm(), data.resolve("second")).close();
        Files.move(data.resolve("second/token/tokens"), data.resolve("token/tokens"));
        Files.copy(
                data.resolve("second/token/pin"),
                data.resolve("token/pin"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        try (var swapped = Token.open(TokenProfile.softHsm(), data)) {
            assertThat(swapped.status().fault()).contains(TokenFault.GONE);
        }
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> key.sign(MESSAGE));
    }

    private void moveAway() throws Exception {
        Files.move(data.resolve("token/tokens"), data.resolve("away"));
    }

    private void moveBack() throws Exception {
        Files.move(data.resolve("away"), data.resolve("token/tokens"));
    }

    private void untilReady() throws InterruptedException {
        assertThat(Eventually.isTrue(token::ready)).isTrue();
    }

    private static boolean verifies(SigningKey key, byte[] signature) throws Exception {
        var verifier = Signature.getInstance(key.suite().jcaName(), VERIFIER);
        verifier.initVerify(key.publicKey());
        verifier.update(MESSAGE);
        return verifier.verify(signature);
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
