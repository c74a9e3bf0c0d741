package org.yinzheng.signing.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.SignedContent;

class LicenceCredentialTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final String ID = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0";
    /// QR version 25 with error correction L, in bytes: what a phone still reads off a screen.
    private static final int LONGEST = 1269;

    @Test
    void credential_saysWhatTheWindowNeeds_andNotTheHoldersNumber(@TempDir Path folder) {
        var signer = DemonstrationAuthority.open(
                        new MemoryCustodian(), folder, Clock.fixed(AT.minusSeconds(60), ZoneOffset.UTC))
                .signer("印证市市场监督管理局", Suite.SM2_SM3);
        var metadata = new TreeMap<>(Map.of(
                "ZZMC", "食品经营许可证",
                "ZZBFJG", "印证市市场监督管理局",
                "CZZT", "印证市海州区朝阳大街甲乙丙丁食品贸易有限责任公司",
                "CZZTDM", "91330105MA27XF6Q2C",
                "ZZYXQQSRQ", "20261121",
                "YinzhengDataDigest", "0".repeat(64)));
        var text = LicenceCredential.sign(signer.key(), new SignedContent(ID, metadata), AT);
        assertThat(text).hasSizeLessThan(LONGEST);

        var key = signer.certificate().getPublicKey();
        var result = new Sm2Jws(Set.of(key)).check(text, LicenceCredential.TYPE);
        assertThat(result).isInstanceOfSatisfying(JwsResult.Valid.class, valid -> {
            assertThat(LicenceCredential.madeAt(valid.claims())).contains(AT);
            metadata.remove("CZZTDM");
            assertThat(LicenceCredential.content(valid.claims())).contains(new SignedContent(ID, metadata));
        });
        assertThat(new Sm2Jws(Set.of(key)).check(text, "yinzheng-receipt+jwt"))
                .isEqualTo(new JwsResult.Refused(JwsResult.Reason.TYPE));
    }
}
