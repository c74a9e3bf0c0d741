package org.yinzheng.hsm.token;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The PKCS#11 library and its state in this process, which exists once whatever objects we make: so one claim
/// at a time. Not for several threads; [Token] holds its lock around every call.
final class TokenLibrary {
    private static final AtomicBoolean CLAIMED = new AtomicBoolean();

    private final TokenProfile profile;
    private @Nullable Cryptoki cryptoki;
    private @Nullable Path path;
    private String version = "";
    private boolean initialized;

    private TokenLibrary(TokenProfile profile) {
        this.profile = profile;
    }

    static TokenLibrary claim(TokenProfile profile) {
        if (!CLAIMED.compareAndSet(false, true)) {
            throw new TokenUnavailable(TokenFault.IN_USE, "", null).notDone();
        }
        return new TokenLibrary(profile);
    }

    void release() {
        CLAIMED.set(false);
    }

    /// Begins the library's use with the folder's configuration. Whatever the process did with it before is
    /// over: nothing but this module uses it.
    Cryptoki enter(TokenFolder folder) throws TokenUnavailable {
        var loaded = load();
        try {
            folder.point();
            if (!loaded.initialize()) {
                loaded.finish();
                loaded.initialize();
            }
            initialized = true;
            version = loaded.libraryVersion();
            return loaded;
        } catch (CryptokiException e) {
            throw new TokenUnavailable(TokenFault.GONE, "the library does not start", e);
        } catch (IOException e) {
            throw new TokenUnavailable(TokenFault.NO_TOKEN, "its directory cannot be used", e);
        }
    }

    void leave() {
        if (initialized && cryptoki != null) {
            initialized = false;
            try {
                cryptoki.finish();
            } catch (CryptokiException _) {
                // `enter` finds the library initialised and ends it once more
            }
        }
    }

    OpenToken open(TokenFolder folder) throws TokenUnavailable {
        load();
        if (!folder.inPlace()) {
            throw missing(folder, folder.tokens().toString());
        }
        var entered = enter(folder);
        var info = find(entered, profile).orElseThrow(() -> missing(folder, profile.label()));
        if (folder.expectedSerial()
                .filter(serial -> !serial.equals(info.serial()))
                .isPresent()) {
            throw new TokenUnavailable(TokenFault.GONE, "another token is in its place", null);
        }
        if (!info.userPinSet()) {
            throw new TokenUnavailable(TokenFault.NO_TOKEN, "it has no user PIN yet", null);
        }
        requireMechanisms(info.slot());
        return OpenToken.open(entered, folder, path().orElseThrow(), info);
    }

    /// Where a token has been before, setting up a new one is the wrong advice.
    static TokenUnavailable missing(TokenFolder folder, String detail) {
        var fault = folder.expectedSerial().isPresent() ? TokenFault.GONE : TokenFault.NO_TOKEN;
        return new TokenUnavailable(fault, detail, null);
    }

    /// The initialised token that the profile names.
    static Optional<TokenInfo> find(Cryptoki cryptoki, TokenProfile profile) throws TokenUnavailable {
        var matches = new ArrayList<>(tokens(cryptoki));
        matches.removeIf(info -> !info.initialized() || !info.label().equals(profile.label()));
        profile.slot().ifPresent(slot -> matches.removeIf(info -> info.slot() != slot));
        if (matches.size() > 1) {
            throw new TokenUnavailable(TokenFault.NO_TOKEN, "several have that label: set token.slot", null);
        }
        return matches.stream().findFirst();
    }

    static List<TokenInfo> tokens(Cryptoki cryptoki) throws TokenUnavailable {
        try {
            var tokens = new ArrayList<TokenInfo>();
            for (var slot : cryptoki.slots()) {
                tokens.add(cryptoki.tokenInfo(slot));
            }
            return tokens;
        } catch (CryptokiException e) {
            throw new TokenUnavailable(TokenFault.GONE, "", e);
        }
    }

    /// No falling back to another class of custody: what was asked for is there, or the start stops here.
    private void requireMechanisms(long slot) throws TokenUnavailable {
        if (profile.tokenSm2().isEmpty()) {
            return;
        }
        var has = mechanisms(slot);
        var wanted = profile.tokenSm2().get();
        for (var code : List.of(wanted.generate(), wanted.sign())) {
            if (!has.contains(code)) {
                throw new TokenUnavailable(TokenFault.MECHANISM_MISSING, "SM2, code 0x" + Long.toHexString(code), null);
            }
        }
    }

    Set<Long> mechanisms(long slot) {
        try {
            return cryptoki == null || !initialized ? Set.of() : cryptoki.mechanisms(slot);
        } catch (CryptokiException e) {
            return Set.of();
        }
    }

    Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    String version() {
        return version;
    }

    TokenProfile profile() {
        return profile;
    }

    private Cryptoki load() throws TokenUnavailable {
        var loaded = cryptoki;
        if (loaded != null) {
            return loaded;
        }
        var file = profile.libraryFile()
                .orElseThrow(() -> new TokenUnavailable(TokenFault.LIBRARY_MISSING, profile.library(), null));
        try {
            loaded = Cryptoki.load(file);
        } catch (IllegalArgumentException e) {
            throw new TokenUnavailable(TokenFault.LIBRARY_MISSING, file.toString(), e);
        }
        cryptoki = loaded;
        path = file;
        return loaded;
    }
}
