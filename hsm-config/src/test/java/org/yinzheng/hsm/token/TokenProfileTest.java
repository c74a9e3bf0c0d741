package org.yinzheng.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.hsm.token.TokenProfile.Sm2Mechanism;
import org.yinzheng.signing.InvalidInput;

class TokenProfileTest {
    @Test
    void nothingSaid_isSoftHsmWithSealedSm2() {
        var profile = TokenProfile.parse("");

        assertThat(profile).isEqualTo(TokenProfile.softHsm());
        assertThat(profile.managed()).isTrue();
        assertThat(profile.tokenSm2()).isEmpty();
    }

    @Test
    void everythingSaid_isRead() {
        var profile = TokenProfile.parse("""
                library: /opt/vendor/libp11.so
                label: seals
                slot: 0x1A
                pinFile: /etc/yinzheng/pin
                sessions: 8
                sm2:
                  custody: TOKEN_SM2
                  generate: 0x80000001
                  sign: 0x80000002
                  encoding: raw
                  computesZ: true
                """);

        var sm2 = new Sm2Mechanism(0x80000001L, 0x80000002L, Sm2Mechanism.Encoding.RAW, true);
        assertThat(profile)
                .isEqualTo(new TokenProfile(
                        "/opt/vendor/libp11.so",
                        "seals",
                        Optional.of(26L),
                        Optional.of(Path.of("/etc/yinzheng/pin")),
                        8,
                        Optional.of(sm2)));
        assertThat(profile.managed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pin: 1234                                   | unknown-key    | pin",
                "sm2: {custody: TOKEN_SM2, signe: 1}         | unknown-key    | sm2.signe",
                "library: libp11.so                          | token-library  | library",
                "label: ''                                   | token-label    | label",
                "sessions: 0                                 | token-sessions | sessions",
                "slot: first                                 | token-number   | slot",
                "pinFile: pin                                | token-pin-file | pinFile",
                "sm2: {custody: TOKEN}                       | token-sm2      | sm2.custody",
                "sm2: {sign: 1}                              | token-sm2      | sm2",
                "sm2: {custody: TOKEN_SM2, generate: 1}      | token-sm2      | sm2.encoding",
                "'sm2: {custody: TOKEN_SM2, encoding: raw}'  | token-sm2      | sm2.computesZ",
                "- softhsm                                   | token-profile  | ''",
                "'library: [softhsm'                         | yaml           | ''"
            })
    void mistake_isRefusedByNameOfItsKey(String yaml, String code, String field) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> TokenProfile.parse(yaml))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo(field));
    }
}
