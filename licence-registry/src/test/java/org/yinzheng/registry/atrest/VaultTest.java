package org.yinzheng.registry.atrest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.Failure;

class VaultTest {
    private final byte[] plain = "证照".getBytes(UTF_8);
    private final RegistryKeys keys = keys();
    private final Vault vault = new Vault(keys);

    @Test
    void sealed_opensInItsPlaceOnly() {
        var sealed = vault.seal("row", "column", plain);
        assertThat(vault.open("row", "column", sealed)).isEqualTo(plain);
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> vault.open("other", "column", sealed));
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> vault.open("row", "other", sealed));
    }

    @Test
    void sealedTwice_looksDifferent() {
        assertThat(vault.seal("row", "column", plain)).isNotEqualTo(vault.seal("row", "column", plain));
    }

    @Test
    void anyByteChanged_doesNotOpen() {
        var sealed = vault.seal("row", "column", plain);
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> vault.open("row", "column", changed))
                    .as("byte " + i)
                    .isInstanceOfAny(Vault.SealBroken.class, Failure.NotDone.class);
        }
        assertThatExceptionOfType(Vault.SealBroken.class)
                .isThrownBy(() -> vault.open("row", "column", java.util.Arrays.copyOf(sealed, 10)));
    }

    /// Both keys are here: it is the number that does not fit.
    @Test
    void otherNumber_doesNotOpen() {
        var same = new byte[RegistryKeys.DATA_KEY_LENGTH];
        var numbered = new Vault(new RegistryKeys(new FixedKeys(Map.of(1, same, 2, same)), new byte[32]));
        var sealed = numbered.seal("row", "column", plain);
        sealed[4] = 2;
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> numbered.open("row", "column", sealed));
    }

    @Test
    void numberThatIsNotHere_isNotDone_untilItIs() {
        var here = new HashMap<Integer, byte[]>(Map.of(1, new byte[16]));
        var there = new Vault(new RegistryKeys(new FixedKeys(Map.of(1, new byte[16], 7, plain16())), new byte[32]));
        there.keys().sealUnder(7);
        var sealed = there.seal("row", "column", plain);
        var late = new Vault(new RegistryKeys(new FixedKeys(here), new byte[32]));
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> late.open("row", "column", sealed));
        here.put(7, plain16());
        assertThat(late.open("row", "column", sealed)).isEqualTo(plain);
    }

    /// Format 1, as versions before keys had numbers wrote it.
    @Test
    void valueWithoutANumber_opensUnderTheFirstKey() {
        var old = new Vault(new RegistryKeys(new byte[16], new byte[32]));
        var sealed = HexFormat.of().parseHex("01000102030405060708090a0bde0d08b91055a4b0088b359d6ecde047b60db910a628");
        assertThat(old.open("row", "column", sealed)).isEqualTo(plain);
        assertThat(old.of(new byte[32], null).open("row", "column", sealed)).isEqualTo(plain);
        sealed[0] = 3;
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> old.open("row", "column", sealed));
    }

    @Test
    void holdersValue_opensUnderHisKeyOnly() {
        var one = new byte[32];
        var two = new byte[] {1, 2, 3};
        var key = vault.newHolderKey(one);
        var sealed = vault.of(one, key).seal("row", "column", plain);
        assertThat(vault.of(one, key).open("row", "column", sealed)).isEqualTo(plain);
        var other = vault.of(one, vault.newHolderKey(one));
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> other.open("row", "column", sealed));
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> vault.open("row", "column", sealed));
        assertThatExceptionOfType(Vault.SealBroken.class)
                .isThrownBy(() -> vault.of(one, null).open("row", "column", sealed));
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> vault.of(two, key));
    }

    @Test
    void otherKeys_openNothingAndFindNothing() {
        var other = new Vault(keys());
        var sealed = vault.seal("row", "column", plain);
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> other.open("row", "column", sealed));
        assertThat(other.lookup("holder", plain)).isNotEqualTo(vault.lookup("holder", plain));
    }

    @Test
    void lookup_isEqualForEqualValuesOfOneDomain() {
        assertThat(vault.lookup("holder", plain)).hasSize(32).isEqualTo(vault.lookup("holder", plain));
        assertThat(vault.lookup("holder", plain)).isNotEqualTo(vault.lookup("number", plain));
    }

    /// RFC 8998, appendix A.1: SM4-GCM as Bouncy Castle computes it.
    @Test
    void sm4Gcm_publishedVector_holds() throws Exception {
        var cipher = org.bouncycastle.crypto.modes.GCMBlockCipher.newInstance(
                new org.bouncycastle.crypto.engines.SM4Engine());
        cipher.init(
                true,
                new org.bouncycastle.crypto.params.AEADParameters(
                        new org.bouncycastle.crypto.params.KeyParameter(hex("0123456789ABCDEFFEDCBA9876543210")),
                        128,
                        hex("00001234567800000000ABCD"),
                        hex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")));
        var text = hex("AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
                + "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA");
        var out = new byte[cipher.getOutputSize(text.length)];
        int done = cipher.processBytes(text, 0, text.length, out, 0);
        cipher.doFinal(out, done);
        assertThat(HexFormat.of().withUpperCase().formatHex(out))
                .isEqualTo("17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
                        + "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
                        + "83DE3541E4C2B58177E065A9BF7B62EC");
    }

    @Test
    void closedKeys_refuseToSeal() {
        keys.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> vault.seal("row", "column", plain));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] plain16() {
        return "0123456789abcdef".getBytes(UTF_8);
    }

    private static RegistryKeys keys() {
        var random = new SecureRandom();
        var data = new byte[RegistryKeys.DATA_KEY_LENGTH];
        var lookup = new byte[RegistryKeys.LOOKUP_KEY_LENGTH];
        random.nextBytes(data);
        random.nextBytes(lookup);
        return new RegistryKeys(data, lookup);
    }
}
