package org.yinzheng.hsm.token;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Failure;

/// The token of this process. Many threads use it; when it goes away they get [Failure.NotDone], and this
/// class, and no other, opens it again as soon as it is back. Only one token can be open in a process, as a
/// PKCS#11 library has one state a process (for SoftHSM: one directory of tokens).
public final class Token implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Token.class);
    private static final Duration WAIT_FOR_SESSION = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_DOOR = Duration.ofSeconds(20); // an RSA key may be being generated
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Map<String, Long> MECHANISMS = Map.of(
            "CKM_RSA_PKCS_KEY_PAIR_GEN", 0x0L,
            "CKM_RSA_PKCS", 0x1L,
            "CKM_SHA256_RSA_PKCS", 0x40L,
            "CKM_EC_KEY_PAIR_GEN", 0x1040L,
            "CKM_ECDSA", 0x1041L,
            "CKM_AES_KEY_GEN", 0x1080L,
            "CKM_AES_GCM", 0x1087L);

    private final TokenProfile profile;
    private final TokenFolder folder;
    private final TokenLibrary library;
    private final Semaphore sessions;
    /// Read by whoever uses the token; written to open and close it, when nobody may be inside the library.
    private final ReentrantReadWriteLock door = new ReentrantReadWriteLock();

    private volatile @Nullable OpenToken open;
    private volatile TokenUnavailable fault = new TokenUnavailable(TokenFault.GONE, "not opened yet", null);
    private volatile long nextAttempt = System.nanoTime();
    private volatile boolean closed;
    private @Nullable String refusedPin;

    private Token(TokenProfile profile, TokenFolder folder, TokenLibrary library) {
        this.profile = profile;
        this.folder = folder;
        this.library = library;
        this.sessions = new Semaphore(profile.sessions(), true);
    }

    /// Makes what is missing of a token, and opens it: see [TokenSetup] for the steps and what is true if we
    /// die between them. On a token that is complete it changes nothing.
    ///
    /// @throws Failure.NotDone when that is not possible; the message says what to do
    public static Token init(TokenProfile profile, Path dataDirectory) {
        var token = new Token(profile, TokenFolder.of(profile, dataDirectory), TokenLibrary.claim(profile));
        try {
            new TokenSetup(token.library, token.folder).run();
            token.openNow();
            return token;
        } catch (TokenUnavailable e) {
            token.close();
            throw e.notDone();
        }
    }

    /// Opens a token that `init` has made. When it is away (or its PIN is wrong, its library missing …) this
    /// succeeds none the less: [#status] says why it is not ready, and [#use] opens it when it is there.
    ///
    /// @throws Failure.NotDone when waiting will not help: the token lacks a mechanism that the profile asks
    ///     for, or another one is open in this process
    public static Token open(TokenProfile profile, Path dataDirectory) {
        var token = new Token(profile, TokenFolder.of(profile, dataDirectory), TokenLibrary.claim(profile));
        try {
            token.openNow();
        } catch (TokenUnavailable e) {
            if (e.fault() == TokenFault.MECHANISM_MISSING) {
                token.close();
                throw e.notDone();
            }
            LOG.warn("{}", e.getMessage());
        }
        return token;
    }

    /// Does something with the token. When the token fails, it is opened again and `work` is tried a second
    /// time, so that a lost session goes unnoticed; `work` must be such that doing it twice does no harm.
    ///
    /// @throws Failure.NotDone when the token is away, or all its sessions are taken for five seconds
    public <T> T use(TokenWork<T> work) {
        var permit = acquire();
        try {
            var first = current(null);
            try {
                return inside(first, work);
            } catch (GeneralSecurityException | ProviderException e) {
                LOG.warn("the token failed and is opened again: {}", rootOf(e).toString());
            }
            var second = current(first);
            try {
                return inside(second, work);
            } catch (GeneralSecurityException | ProviderException e) {
                throw new TokenUnavailable(TokenFault.GONE, "", e);
            }
        } catch (TokenUnavailable e) {
            throw e.notDone();
        } finally {
            permit.release();
        }
    }

    /// Looks whether the token answers, and opens it if it is back. For health probes: cheap, and never waits
    /// long.
    public boolean ready() {
        try {
            var now = current(null);
            enter(door.readLock());
            try {
                if (open == now && now.ailment().isEmpty()) {
                    return true;
                }
            } finally {
                door.readLock().unlock();
            }
            current(now);
            return true;
        } catch (TokenUnavailable e) {
            return false;
        }
    }

    public TokenStatus status() {
        var ready = ready();
        var mechanisms = new TreeMap<String, Boolean>();
        Optional<OpenToken> now = ready ? Optional.ofNullable(open) : Optional.empty();
        Set<Long> has = Set.of();
        door.readLock().lock();
        try {
            if (now.isPresent() && open == now.get()) {
                has = library.mechanisms(now.get().info().slot());
            }
        } finally {
            door.readLock().unlock();
        }
        for (var wanted : MECHANISMS.entrySet()) {
            mechanisms.put(wanted.getKey(), has.contains(wanted.getValue()));
        }
        if (profile.tokenSm2().isPresent()) {
            mechanisms.put(
                    "SM2 sign (vendor)", has.contains(profile.tokenSm2().get().sign()));
        }
        return new TokenStatus(
                library.path().map(Path::toString).orElse(profile.library()),
                library.version(),
                profile.label(),
                now.map(token -> token.info().serial()).orElse(""),
                now.map(token -> token.info().slot()),
                mechanisms,
                ready ? Optional.empty() : Optional.of(fault.fault()),
                ready ? "" : fault.getMessage());
    }

    public TokenProfile profile() {
        return profile;
    }

    @Override
    public void close() {
        door.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                leave();
                library.release();
            }
        } finally {
            door.writeLock().unlock();
        }
    }

    private Semaphore acquire() {
        try {
            if (sessions.tryAcquire(WAIT_FOR_SESSION.toMillis(), TimeUnit.MILLISECONDS)) {
                return sessions;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new TokenUnavailable(TokenFault.BUSY, "", null).notDone();
    }

    private static Throwable rootOf(Throwable e) {
        var cause = e.getCause();
        return cause == null ? e : rootOf(cause);
    }

    private <T> T inside(OpenToken token, TokenWork<T> work) throws GeneralSecurityException, TokenUnavailable {
        enter(door.readLock());
        try {
            if (open != token) {
                throw new ProviderException("the token has been opened again meanwhile");
            }
            return work.with(token);
        } finally {
            door.readLock().unlock();
        }
    }

    /// The token as it is open now; opens it when it is not, or when it is still the one that `failed`.
    private OpenToken current(@Nullable OpenToken failed) throws TokenUnavailable {
        var now = open;
        if (now != null && now != failed) {
            return now;
        }
        enter(door.writeLock());
        try {
            now = open;
            if (now != null && now != failed) {
                return now; // another thread was first
            }
            if (closed) {
                throw new TokenUnavailable(TokenFault.GONE, "closed by this program", null);
            }
            if (System.nanoTime() - nextAttempt < 0) {
                if (failed != null) {
                    fault = new TokenUnavailable(TokenFault.GONE, "", null);
                }
                throw fault;
            }
            nextAttempt = System.nanoTime() + BETWEEN_ATTEMPTS.toNanos(); // whether it succeeds or not
            return openNow();
        } finally {
            door.writeLock().unlock();
        }
    }

    private static void enter(Lock lock) throws TokenUnavailable {
        try {
            if (lock.tryLock(WAIT_FOR_DOOR.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new TokenUnavailable(TokenFault.GONE, "calls into it do not return", null);
    }

    /// The one place that opens the token, the first time and every other. Under the write lock, or before
    /// anybody else has this object.
    private OpenToken openNow() throws TokenUnavailable {
        leave();
        try {
            if (refusedPin != null && refusedPin.equals(folder.pinFileStamp().orElse(""))) {
                throw new TokenUnavailable(TokenFault.PIN_WRONG, "not tried again", null);
            }
            var now = library.open(folder);
            requireSealingKey(now);
            refusedPin = null;
            open = now;
            LOG.info("token '{}' opened in slot {}", profile.label(), now.info().slot());
            return now;
        } catch (TokenUnavailable e) {
            if (e.fault() == TokenFault.PIN_WRONG) {
                refusedPin = folder.pinFileStamp().orElse(null);
            }
            fault = e;
            throw e;
        }
    }

    @Override
    public String toString() {
        return "Token[" + profile.label() + "]";
    }

    private static void requireSealingKey(OpenToken token) throws TokenUnavailable {
        try {
            if (!token.hasSealingKey()) {
                token.close();
                throw new TokenUnavailable(TokenFault.NO_SEALING_KEY, "", null);
            }
        } catch (GeneralSecurityException e) {
            throw new TokenUnavailable(TokenFault.GONE, "", e);
        }
    }

    private void leave() {
        var now = open;
        open = null;
        if (now != null) {
            now.close();
        }
        library.leave();
    }
}
