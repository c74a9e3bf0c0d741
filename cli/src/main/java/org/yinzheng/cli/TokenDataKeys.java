package org.yinzheng.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.yinzheng.hsm.custody.SealedSecrets;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.registry.atrest.DataKeyStore;
import org.yinzheng.registry.atrest.RegistryKeys;

/// The registry's data keys, sealed by the token in a folder: one file for each number.
final class TokenDataKeys implements DataKeyStore {
    private static final String LABEL = "registry-data-sm4";

    private final SealedSecrets secrets;

    private TokenDataKeys(SealedSecrets secrets) {
        this.secrets = secrets;
    }

    static RegistryKeys registryKeys(Token token, Path folder) {
        var secrets = new SealedSecrets(token, folder);
        var lookupKey = secrets.findOrMake("registry-lookup-hmac", RegistryKeys.LOOKUP_KEY_LENGTH);
        try {
            return new RegistryKeys(new TokenDataKeys(secrets), lookupKey);
        } finally {
            Arrays.fill(lookupKey, (byte) 0);
        }
    }

    @Override
    public Optional<byte[]> find(int number) {
        return secrets.find(label(number), RegistryKeys.DATA_KEY_LENGTH);
    }

    @Override
    public byte[] findOrMake(int number) {
        return secrets.findOrMake(label(number), RegistryKeys.DATA_KEY_LENGTH);
    }

    @Override
    public void destroy(int number) {
        secrets.destroy(label(number));
    }

    /// The first one's is older than numbers.
    static String label(int number) {
        return number == RegistryKeys.FIRST ? LABEL : LABEL + "-" + number;
    }
}
