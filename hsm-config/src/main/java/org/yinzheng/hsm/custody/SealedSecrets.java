package org.yinzheng.hsm.custody;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.yinzheng.hsm.token.DurableFile;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.SecretStore;

/// Secrets in files, sealed by the token.
public final class SealedSecrets implements SecretStore {
    private static final DocumentBytes NO_PUBLIC_KEY = DocumentBytes.of(new byte[0]);

    private final Path directory;
    private final SealingKey sealingKey;
    private final SecureRandom random = new SecureRandom();

    public SealedSecrets(Token token, Path sealedKeysDirectory) {
        this.directory = sealedKeysDirectory;
        this.sealingKey = new SealingKey(token);
    }

    /// Dead before the file is written: nothing is left, and nobody has seen the secret. After: it is the secret.
    @Override
    public synchronized byte[] findOrMake(String label, int length) {
        Labels.checked(label);
        if (length < 16 || length > 1024) {
            throw new InvalidInput("secret-length", "length", "16 to 1024 bytes");
        }
        try {
            var kept = Sealed.read(directory, label);
            if (kept.isPresent()) {
                return open(kept.get(), length);
            }
            var secret = new byte[length];
            random.nextBytes(secret);
            try {
                sealingKey
                        .seal(label, Sealed.Content.SECRET, NO_PUBLIC_KEY, secret)
                        .write(directory);
                return secret.clone();
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        } catch (IOException e) {
            throw new Failure.NotDone("the sealed secrets in " + directory + " cannot be read or written", e);
        }
    }

    @Override
    public synchronized Optional<byte[]> find(String label, int length) {
        try {
            return Sealed.read(directory, label).map(kept -> open(kept, length));
        } catch (IOException e) {
            throw new Failure.NotDone("the sealed secrets in " + directory + " cannot be read", e);
        }
    }

    /// The secret stood nowhere but in this file. Copies of the file are the operator's to destroy.
    @Override
    public synchronized void destroy(String label) {
        try {
            var kept = Sealed.read(directory, label);
            if (kept.isPresent()) {
                requireSecret(kept.get());
                DurableFile.delete(Sealed.file(directory, label));
            }
        } catch (IOException e) {
            throw new Failure.NotDone("the sealed secret " + label + " cannot be destroyed", e);
        }
    }

    private byte[] open(Sealed sealed, int length) {
        requireSecret(sealed);
        var secret = sealingKey.open(sealed);
        if (secret.length != length) {
            Arrays.fill(secret, (byte) 0);
            throw new InvalidInput("secret-length", "length", "the secret " + sealed.label() + " has another length");
        }
        return secret;
    }

    private static void requireSecret(Sealed sealed) {
        if (sealed.content() != Sealed.Content.SECRET) {
            throw new InvalidInput("secret-label", "label", "taken by a key: " + sealed.label());
        }
    }
}
