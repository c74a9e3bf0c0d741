package org.yinzheng.registry.atrest;

import java.util.Arrays;
import java.util.Optional;
import org.yinzheng.signing.key.SecretStore;

/// The registry's data keys as secrets of a store, a label for each number.
public final class KeptDataKeys implements DataKeyStore {
    private static final String LABEL = "registry-data-sm4";

    private final SecretStore secrets;

    private KeptDataKeys(SecretStore secrets) {
        this.secrets = secrets;
    }

    /// The keys of the registry whose secrets these are.
    public static RegistryKeys registryKeys(SecretStore secrets) {
        var lookupKey = secrets.findOrMake("registry-lookup-hmac", RegistryKeys.LOOKUP_KEY_LENGTH);
        try {
            return new RegistryKeys(new KeptDataKeys(secrets), lookupKey);
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
    public static String label(int number) {
        return number == RegistryKeys.FIRST ? LABEL : LABEL + "-" + number;
    }
}
