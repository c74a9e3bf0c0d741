package org.yinzheng.hsm.custody;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.hsm.token.DurableFile;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// Keys in the token's keeping: RSA and P-256 in it (TOKEN), SM2 sealed by it (TOKEN_SEALED). Which class a key
/// has is decided by its kind and the profile, never by what happens to work.
public final class TokenCustodian implements KeyCustodian {
    private final Token token;
    private final Path sealedKeys;
    private final SealingKey sealingKey;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, SigningKey> known = new ConcurrentHashMap<>();
    private final Object making = new Object();

    public TokenCustodian(Token token, Path sealedKeysDirectory) {
        this.token = token;
        this.sealedKeys = sealedKeysDirectory;
        this.sealingKey = new SealingKey(token);
    }

    @Override
    public SigningKey make(String label, KeyKind kind) {
        Labels.checked(label);
        synchronized (making) {
            try {
                DurableFile.directory(sealedKeys);
                try (var lock = FileChannel.open(
                                sealedKeys.resolve("make.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = lock.lock()) { // against other processes on the same data directory
                    if (find(label).isPresent() || Files.exists(Sealed.file(sealedKeys, label))) {
                        throw new InvalidInput("key-label", "label", "taken: " + label);
                    }
                    return switch (kind) {
                        case RSA_2048, RSA_3072, P_256 -> makeInToken(label, kind);
                        case SM2 -> makeSealed(label);
                    };
                }
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    @Override
    public Optional<SigningKey> find(String label) {
        Labels.checked(label);
        var key = known.get(label);
        if (key != null) {
            return Optional.of(key);
        }
        var found = findInToken(label).or(() -> findSealed(label));
        found.ifPresent(fresh -> known.put(label, fresh));
        return found;
    }

    @Override
    public List<SigningKey> keys() {
        var labels = new ArrayList<>(token.use(open -> {
            open.look();
            return open.labels();
        }));
        if (Files.isDirectory(sealedKeys)) {
            try (var files = Files.newDirectoryStream(sealedKeys, "*.sealed")) {
                for (var file : files) {
                    var name = file.getFileName().toString();
                    labels.add(name.substring(0, name.length() - ".sealed".length()));
                }
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
        return labels.stream()
                .filter(Labels::wellFormed)
                .flatMap(label -> find(label).stream())
                .sorted(Comparator.comparing(SigningKey::label))
                .toList();
    }

    /// The keys as an auditor sees them.
    public List<KeyRecord> records() {
        return keys().stream().map(KeyRecord::of).toList();
    }

    private SigningKey makeInToken(String label, KeyKind kind) {
        // A second run after a failure would leave a second, nameless pair in the token: harmless, see TokenKeyMaker.
        token.use(open -> {
            if (open.certificate(label).isEmpty()) {
                TokenKeyMaker.make(open, label, kind);
            }
            return label;
        });
        return find(label).orElseThrow(() -> new Failure.Unknown("key " + label + " was made and is not found", null));
    }

    /// Dead before the file is written: nothing is left. After: the key is whole.
    private SigningKey makeSealed(String label) throws IOException {
        if (token.profile().tokenSm2().isPresent()) {
            throw new Failure.NotDone(
                    "custody TOKEN_SM2 is configured, and this version cannot sign with it yet; it makes no key of"
                            + " another class in its place. To do: set token.sm2.custody to TOKEN_SEALED",
                    null);
        }
        var scalar = Sm2.newScalar(random);
        try {
            sealingKey
                    .seal(label, Sealed.Content.SM2, Sm2.publicKeyOf(scalar), scalar)
                    .write(sealedKeys);
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
        return find(label).orElseThrow(() -> new IllegalStateException("just written: " + label));
    }

    private Optional<SigningKey> findInToken(String label) {
        return token.use(open -> {
            var certificate = open.certificate(label);
            if (certificate.isEmpty()) {
                open.look(); // another process may have made it
                certificate = open.certificate(label);
            }
            return certificate.flatMap(found ->
                    TokenKeyMaker.kindOf(found).map(kind -> new TokenKey(token, label, kind, found.getPublicKey())));
        });
    }

    /// Opens the key once to see that the file is whole and its public key the right one, as a certificate may
    /// be issued for it next.
    private Optional<SigningKey> findSealed(String label) {
        try {
            var sealed = Sealed.read(sealedKeys, label).filter(file -> file.content() == Sealed.Content.SM2);
            if (sealed.isEmpty()) {
                return Optional.empty();
            }
            var scalar = sealingKey.open(sealed.get());
            try {
                if (!Sm2.publicKeyOf(scalar).equals(sealed.get().publicKey())) {
                    throw new SealBroken(label, "its public key is another's", null);
                }
            } finally {
                Arrays.fill(scalar, (byte) 0);
            }
            return Optional.of(new SealedSm2Key(
                    sealed.get(), sealingKey, Sm2.parse(sealed.get().publicKey())));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Failure.NotDone unreadable(IOException e) {
        return new Failure.NotDone("the sealed keys in " + sealedKeys + " cannot be read or written", e);
    }
}
