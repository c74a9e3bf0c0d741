package org.yinzheng.testdata.corpus;

import java.time.Duration;
import java.time.Instant;
import org.yinzheng.signing.key.Suite;

/// Everybody who signs something in the corpus.
public enum Party {
    RSA(Suite.RSA_SHA256, Standing.GOOD, "东原市市场监督管理局"),
    P256(Suite.ECDSA_P256_SHA256, Standing.GOOD, "东原市卫生健康委员会"),
    SM2(Suite.SM2_SM3, Standing.GOOD, "东原市市场监督管理局"),
    /// A second body, for second signatures.
    OTHER_RSA(Suite.RSA_SHA256, Standing.GOOD, "东原市公安局"),
    OTHER_SM2(Suite.SM2_SM3, Standing.GOOD, "东原市公安局"),
    /// A key of 1024 bits, certified by those whom we believe.
    RSA_1024(Suite.RSA_SHA256, Standing.GOOD, "东原市档案局"),
    /// The certificate had ended before the corpus was signed.
    RSA_EXPIRED(Suite.RSA_SHA256, Standing.EXPIRED, "东原市物资局"),
    SM2_EXPIRED(Suite.SM2_SM3, Standing.EXPIRED, "东原市物资局"),
    RSA_NOT_YET_VALID(Suite.RSA_SHA256, Standing.NOT_YET_VALID, "东原市数据局"),
    SM2_NOT_YET_VALID(Suite.SM2_SM3, Standing.NOT_YET_VALID, "东原市数据局"),
    /// Ends ten days after the corpus was signed, see [CorpusAuthority#AFTER_EXPIRY].
    RSA_ENDING(Suite.RSA_SHA256, Standing.ENDING, "东原市民政局"),
    SM2_ENDING(Suite.SM2_SM3, Standing.ENDING, "东原市民政局"),
    /// Revoked the day before the corpus was signed.
    RSA_REVOKED(Suite.RSA_SHA256, Standing.REVOKED, "东原市原工商局"),
    SM2_REVOKED(Suite.SM2_SM3, Standing.REVOKED, "东原市原工商局"),
    /// Revoked half an hour after it was signed, and before it is judged.
    RSA_REVOKED_LATER(Suite.RSA_SHA256, Standing.REVOKED_LATER, "东原市旅游局"),
    SM2_REVOKED_LATER(Suite.SM2_SM3, Standing.REVOKED_LATER, "东原市旅游局"),
    /// Certified by somebody whom we do not know, under a name that we do.
    RSA_STRANGER(Suite.RSA_SHA256, Standing.STRANGER, "东原市市场监督管理局"),
    SM2_STRANGER(Suite.SM2_SM3, Standing.STRANGER, "东原市市场监督管理局"),
    SEAL_MAKER(Suite.SM2_SM3, Standing.GOOD, "东原市印章制作中心"),
    /// Certified by those whom we believe, and not on the list of seal makers.
    UNLISTED_SEAL_MAKER(Suite.SM2_SM3, Standing.GOOD, "西原市刻章店"),
    TSA_RSA(Suite.RSA_SHA256, Standing.GOOD, "东原时间戳服务"),
    TSA_SM2(Suite.SM2_SM3, Standing.GOOD, "东原时间戳服务"),
    TSA_RSA_REVOKED(Suite.RSA_SHA256, Standing.REVOKED, "原时间戳服务"),
    TSA_SM2_REVOKED(Suite.SM2_SM3, Standing.REVOKED, "原时间戳服务"),
    TSA_RSA_STRANGER(Suite.RSA_SHA256, Standing.STRANGER, "某时间戳服务"),
    TSA_SM2_STRANGER(Suite.SM2_SM3, Standing.STRANGER, "某时间戳服务");

    private final Suite suite;
    private final Standing standing;
    private final String body;

    Party(Suite suite, Standing standing, String body) {
        this.suite = suite;
        this.standing = standing;
        this.body = body;
    }

    enum Standing {
        GOOD(-365, 3650),
        EXPIRED(-800, -30),
        NOT_YET_VALID(30, 800),
        ENDING(-365, 10),
        REVOKED(-365, 3650),
        REVOKED_LATER(-365, 3650),
        STRANGER(-365, 3650);

        final Instant from;
        final Instant until;

        Standing(int fromDays, int untilDays) {
            from = CorpusAuthority.SIGNED.plus(Duration.ofDays(fromDays));
            until = CorpusAuthority.SIGNED.plus(Duration.ofDays(untilDays));
        }
    }

    public Suite suite() {
        return suite;
    }

    Standing standing() {
        return standing;
    }

    boolean tellsTime() {
        return name().startsWith("TSA_");
    }

    CertificateOrder certificate() {
        var order = tellsTime() ? CertificateOrder.timestamper(body) : CertificateOrder.signer(body);
        return order.valid(standing.from, standing.until);
    }

    CorpusKey newKey() {
        return switch (suite) {
            case RSA_SHA256 -> CorpusKey.rsa(name(), this == RSA_1024 ? 1024 : 2048);
            case ECDSA_P256_SHA256 -> CorpusKey.p256(name());
            case SM2_SM3 -> CorpusKey.sm2(name());
        };
    }

    /// RSA keys take long to make: those who differ in nothing but their certificate share one.
    String keyLabel() {
        return suite == Suite.RSA_SHA256 && !tellsTime() && this != RSA_1024 && standing != Standing.STRANGER
                ? (this == RSA ? "RSA" : "RSA of others")
                : name();
    }
}
