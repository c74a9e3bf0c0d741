package org.yinzheng.testdata.corpus.pdf.attack;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// P10: signature values that no honest key makes, and that careless arithmetic lets pass.
final class WrongValues {
    private static final Expected WRONG = Expected.modified(Flaw.SIG_CRYPTO_FAILURE);
    private static final String ORDER_P256 = "00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    private static final String ORDER_SM2 = "00fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";

    private final Attacks attacks = new Attacks("P10");
    private final Signing signing;

    private WrongValues(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var wrong = new WrongValues(signing);
        wrong.values();
        wrong.sm2();
        return wrong.attacks.all();
    }

    private void values() {
        rsa("value-with-one-bit-changed", WrongValues::flipped);
        rsa("value-empty", value -> new byte[0]);
        rsa("value-one", value -> number(value.length, 1));
        rsa("value-zero", value -> new byte[value.length]);
        rsa("value-with-a-byte-too-many", value -> append(value, (byte) 0));
        rsa("value-with-a-byte-too-few", value -> Arrays.copyOf(value, value.length - 1));
        for (var padding : Padding.values()) {
            attacks.add(
                    "rsa-" + padding.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    "signed with a good key and a padding that RFC 8017 does not have",
                    WRONG,
                    () -> {
                        var parts = signing.cms(Party.RSA);
                        return Handmade.of(padding.in(parts)).on(Papers.licence());
                    });
        }
        curve("ecdsa-both-numbers-zero", "3006020100020100");
        curve("ecdsa-numbers-of-the-order", numbers(ORDER_P256, ORDER_P256));
        curve("ecdsa-negative-number", "30060201ff020101");
        curve("ecdsa-empty-sequence", "3000");
    }

    private static String numbers(String one, String other) {
        var content = "0221" + one + "0221" + other;
        return "3046" + content;
    }

    private static byte[] number(int length, int value) {
        var bytes = new byte[length];
        bytes[length - 1] = (byte) value;
        return bytes;
    }

    private void curve(String name, String hex) {
        attacks.add(name, "a value that no key makes, under a good certificate of P-256", WRONG, () -> {
            var parts = signing.cms(Party.P256);
            parts.value = value -> HexFormat.of().parseHex(hex);
            return Handmade.of(parts).on(Papers.licence());
        });
    }

    private void sm2() {
        sm2("sm2-both-numbers-zero", value -> HexFormat.of().parseHex("3006020100020100"));
        sm2("sm2-numbers-of-the-order", value -> HexFormat.of().parseHex(numbers(ORDER_SM2, ORDER_SM2)));
        sm2("sm2-value-with-a-byte-too-many", value -> append(value, (byte) 0));
        sm2("sm2-value-changed", value -> {
            var changed = value.clone();
            changed[10] ^= 1;
            return changed;
        });
        attacks.add(
                "sm2-with-another-user-identifier", "signed with SM2 under the empty user identifier", WRONG, () -> {
                    var parts = signing.cms(Party.SM2);
                    parts.byHand = Optional.of(message -> parts.key.signAs(new byte[0], message));
                    return Handmade.of(parts).subFilter("adbe.pkcs7.detached").on(Papers.licence());
                });
        attacks.add("ecdsa-on-the-curve-of-sm2", "signed by ECDSA with an SM2 key, and said to be SM2", WRONG, () -> {
            var parts = signing.cms(Party.SM2);
            parts.signing = Optional.of("SHA256withECDSA");
            return Handmade.of(parts).subFilter("adbe.pkcs7.detached").on(Papers.licence());
        });
    }

    private void sm2(String name, UnaryOperator<byte[]> value) {
        attacks.add(name, "a good SM2 signature with its value changed", WRONG, () -> {
            var parts = signing.cms(Party.SM2);
            parts.value = value;
            return Handmade.of(parts).subFilter("adbe.pkcs7.detached").on(Papers.licence());
        });
    }

    private void rsa(String name, UnaryOperator<byte[]> value) {
        attacks.add(name, "a good RSA signature with its value changed", WRONG, () -> {
            var parts = signing.cms(Party.RSA);
            parts.value = value;
            return Handmade.of(parts).on(Papers.licence());
        });
    }

    static byte[] append(byte[] der, byte last) {
        var longer = Arrays.copyOf(der, der.length + 1);
        longer[der.length] = last;
        return longer;
    }

    static byte[] flipped(byte[] bytes) {
        var changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        return changed;
    }
}
