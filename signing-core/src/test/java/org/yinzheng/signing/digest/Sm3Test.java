package org.yinzheng.signing.digest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sm3Test {
    private final Random random = new Random(32905);

    @ParameterizedTest
    @CsvSource({
        "abc, 1, 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "abcd, 16, debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    })
    void exampleOfTheStandard_givesItsDigest(String text, int times, String digest) {
        var message = text.repeat(times).getBytes(US_ASCII);
        assertThat(HexFormat.of().formatHex(new Sm3().digest(message))).isEqualTo(digest);
    }

    /// Every length about the ends of a block and of the blocks that are expanded at once.
    @Test
    void everyShortLength_isAsBouncyCastleHasIt() {
        for (int length = 0; length < 2_300; length++) {
            var message = message(length);
            assertThat(new Sm3().digest(message)).as("%d bytes", length).isEqualTo(reference(message));
        }
    }

    @Test
    void pieces_areOneMessage() {
        for (int times = 0; times < 500; times++) {
            var message = message(random.nextInt(20_000));
            var sm3 = new Sm3();
            for (int from = 0; from < message.length; ) {
                int count = Math.min(1 + random.nextInt(3_000), message.length - from);
                switch (random.nextInt(3)) {
                    case 0 -> sm3.update(message, from, count);
                    case 1 -> sm3.update(ByteBuffer.wrap(message, from, count).asReadOnlyBuffer());
                    default -> {
                        count = 1;
                        sm3.update(message[from]);
                    }
                }
                from += count;
            }
            assertThat(sm3.digest()).isEqualTo(reference(message));
        }
    }

    @Test
    void oneOfMegabytes_isAsBouncyCastleHasIt() {
        var message = message(5_000_001);
        assertThat(new Sm3().digest(message)).isEqualTo(reference(message));
    }

    @Test
    void copyInTheMiddle_goesItsOwnWay() throws CloneNotSupportedException {
        var message = message(1_500);
        var one = new Sm3();
        one.update(message, 0, 1_100);
        var other = (Sm3) one.clone();
        one.update(message(700));
        other.update(message, 1_100, 400);
        assertThat(other.digest()).isEqualTo(reference(message));
    }

    @Test
    void usedAgain_beginsAnew() {
        var sm3 = new Sm3();
        sm3.update(message(100));
        sm3.reset();
        var message = message(77);
        assertThat(sm3.digest(message)).isEqualTo(reference(message));
        assertThat(sm3.digest(message)).isEqualTo(reference(message));
        assertThat(sm3.getDigestLength()).isEqualTo(32);
        assertThat(sm3.getAlgorithm()).isEqualTo("SM3");
    }

    private byte[] message(int length) {
        var message = new byte[length];
        random.nextBytes(message);
        return message;
    }

    private static byte[] reference(byte[] message) {
        var bouncyCastle = new SM3Digest();
        bouncyCastle.update(message, 0, message.length);
        var digest = new byte[bouncyCastle.getDigestSize()];
        bouncyCastle.doFinal(digest, 0);
        return digest;
    }
}
