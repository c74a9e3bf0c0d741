package org.yinzheng.registry.atrest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.yinzheng.registry.atrest.Vault.SealBroken;

/// The bytes of a sealed value: `header ‖ nonce (12) ‖ SM4-GCM ciphertext ‖ tag (16)`. The header is `1`: under the
/// registry's first data key; `2 ‖ number (4)`: under that one; `3`: under a holder's key. The additional data is
/// `yinzheng-vault` with the format, the number when there is one, the row's name and the column's, each ended by a
/// zero byte: a value copied into another row or column, or given another number, does not open.
final class SealedValue {
    static final byte FIRST_KEY = 1;
    static final byte NUMBERED = 2;
    static final byte HOLDERS = 3;

    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedValue() {}

    static byte[] numbered(int number) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(NUMBERED)
                .putInt(number)
                .array();
    }

    /// @return the data key's number; 0: a holder's key
    /// @throws SealBroken when it is no sealed value
    static int number(byte[] sealed, String column) {
        if (sealed.length >= headerLength(sealed) + NONCE + TAG) {
            switch (sealed[0]) {
                case FIRST_KEY -> {
                    return RegistryKeys.FIRST;
                }
                case NUMBERED -> {
                    int number = ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt();
                    if (number > 0) {
                        return number;
                    }
                }
                case HOLDERS -> {
                    return 0;
                }
                default -> {}
            }
        }
        throw new SealBroken("a sealed value of an unknown format in column " + column, null);
    }

    static byte[] seal(byte[] key, byte[] header, String row, String column, byte[] plain) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var cipher = cipher(true, key, nonce, header, row, column);
        int start = header.length + NONCE;
        var sealed = Arrays.copyOf(header, start + cipher.getOutputSize(plain.length));
        System.arraycopy(nonce, 0, sealed, header.length, NONCE);
        int done = cipher.processBytes(plain, 0, plain.length, sealed, start);
        try {
            cipher.doFinal(sealed, start + done);
        } catch (InvalidCipherTextException e) {
            throw new AssertionError("sealing checks no tag", e);
        }
        return sealed;
    }

    /// @param sealed of a known format
    static byte[] open(byte[] key, String row, String column, byte[] sealed) {
        int header = headerLength(sealed);
        var nonce = Arrays.copyOfRange(sealed, header, header + NONCE);
        var cipher = cipher(false, key, nonce, Arrays.copyOf(sealed, header), row, column);
        int length = sealed.length - header - NONCE;
        var plain = new byte[cipher.getOutputSize(length)];
        int done = cipher.processBytes(sealed, header + NONCE, length, plain, 0);
        try {
            cipher.doFinal(plain, done);
        } catch (InvalidCipherTextException e) {
            throw new SealBroken("a sealed value does not open in column " + column, e);
        }
        return plain;
    }

    private static int headerLength(byte[] sealed) {
        return sealed.length > 0 && sealed[0] == NUMBERED ? 1 + Integer.BYTES : 1;
    }

    private static GCMBlockCipher cipher(
            boolean forSealing, byte[] key, byte[] nonce, byte[] header, String row, String column) {
        var number = header.length == 1
                ? ""
                : ByteBuffer.wrap(header, 1, Integer.BYTES).getInt() + "\0";
        var additional = "yinzheng-vault " + header[0] + "\0" + number + row + "\0" + column + "\0";
        var cipher = (GCMBlockCipher) GCMBlockCipher.newInstance(new SM4Engine());
        cipher.init(
                forSealing,
                new AEADParameters(new KeyParameter(key), TAG * Byte.SIZE, nonce, additional.getBytes(UTF_8)));
        return cipher;
    }
}
