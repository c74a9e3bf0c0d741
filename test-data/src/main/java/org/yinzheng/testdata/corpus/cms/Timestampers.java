package org.yinzheng.testdata.corpus.cms;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CertificateOrder;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.CorpusKey;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.OtherKey;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.pdf.CmsParts;
import org.yinzheng.testdata.corpus.pdf.HandmadeToken;

/// Timestamps by authorities whose certificates do not let them tell the time (RFC 3161 §2.3), and tokens over
/// something else or by weak digests. A token proves nothing then, and takes nothing from the signature.
final class Timestampers {
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final Instant SIGNED = CorpusAuthority.SIGNED;

    private final CmsSpecimens.Made all;

    private Timestampers(CmsSpecimens.Made all) {
        this.all = all;
    }

    static void add(CmsSpecimens.Made all) {
        var timestampers = new Timestampers(all);
        timestampers.purposes();
        timestampers.tokens();
    }

    private void purposes() {
        var usual = CertificateOrder.timestamper("东原时间戳服务");
        var plain = CertificateOrder.signer("东原时间戳服务");
        authority("without-purpose", plain, Gap.CHAIN_CONSTRAINTS_FAILURE);
        authority("of-purpose-not-critical", usual.lenient(), Gap.CHAIN_CONSTRAINTS_FAILURE);
        authority(
                "of-other-purposes-too",
                plain.purposes(CertificateOrder.TIME_STAMPING, SERVER),
                Gap.CHAIN_CONSTRAINTS_FAILURE);
        authority("of-another-purpose", plain.purposes(SERVER), Gap.CHAIN_CONSTRAINTS_FAILURE);
        authority("that-signs-certificates-only", usual.usage(KeyUsage.keyCertSign), Gap.CHAIN_CONSTRAINTS_FAILURE);
        authority(
                "that-had-ended",
                usual.valid(SIGNED.minus(Duration.ofDays(400)), SIGNED.minus(Duration.ofDays(1))),
                Gap.OUT_OF_BOUNDS_NO_POE);
        authority(
                "that-had-not-begun",
                usual.valid(SIGNED.plus(Duration.ofMinutes(1)), SIGNED.plus(Duration.ofDays(400))),
                Gap.TIMESTAMP_ORDER_FAILURE);
    }

    private void authority(String name, CertificateOrder order, Gap why) {
        token("timestamp-by-one-" + name, but(why), value -> HandmadeToken.of(of(order), value, SIGNED));
    }

    private CmsParts of(CertificateOrder order) {
        var key = all.authority().key(Party.TSA_RSA);
        return new CmsParts(
                CorpusAuthority.certified(key, order, all.authority().issuing(Suite.RSA_SHA256)));
    }

    private void tokens() {
        var invalid = Expected.failed(Integrity.INTACT, Flaw.TIMESTAMP_INVALID);
        var transplanted = Expected.failed(Integrity.INTACT, Flaw.TIMESTAMP_TRANSPLANTED);
        token("timestamp-over-the-file", transplanted, value -> HandmadeToken.of(tsa(), CmsSpecimens.FILE, SIGNED));
        for (var weak : new String[] {"SHA-1", "MD5"}) {
            token(
                    "timestamp-with-" + weak.toLowerCase(java.util.Locale.ROOT).replace("-", ""),
                    but(Gap.ALGORITHM_WEAK),
                    value -> HandmadeToken.of(tsa(), weak, value, SIGNED));
        }
        token(
                "timestamp-by-a-revoked-authority",
                but(Gap.TIMESTAMP_AUTHORITY_REVOKED),
                value -> HandmadeToken.of(new CmsParts(all.authority().signer(Party.TSA_RSA_REVOKED)), value, SIGNED));
        bent(
                "timestamp-naming-another-certificate",
                invalid,
                parts -> parts.named = all.authority().certificate(Party.TSA_SM2));
        bent(
                "timestamp-naming-no-certificate",
                but(Gap.SIGNING_CERTIFICATE_UNNAMED),
                parts -> parts.attributes = given -> given.subList(0, 2));
        bent("timestamp-of-two-signers", invalid, parts -> parts.beside = Optional.of(tsa()));
        bent("timestamp-without-attributes", invalid, parts -> parts.hasAttributes = false);
        for (var imprint : new String[] {"SHA-384", "SHA-512", "SM3"}) {
            all.valid(
                    "timestamp-imprint-" + imprint.toLowerCase(java.util.Locale.ROOT),
                    Party.RSA,
                    Expected.passed(),
                    cms -> cms.timestamp = Optional.of(value -> HandmadeToken.of(tsa(), imprint, value, SIGNED)));
        }
        all.valid(
                "timestamp-by-p384",
                Party.RSA,
                Expected.passed(),
                cms -> cms.timestamp = Optional.of(value -> {
                    var kind = OtherKey.P_384;
                    var key = (CorpusKey) all.authority().signer(kind).key();
                    var signer = CorpusAuthority.certified(
                            key,
                            CertificateOrder.timestamper("西原时间戳服务"),
                            all.authority().issuing(Suite.RSA_SHA256));
                    return HandmadeToken.of(new CmsParts(signer).with(kind), value, SIGNED);
                }));
    }

    private CmsParts tsa() {
        return new CmsParts(all.authority().signer(Party.TSA_RSA));
    }

    private void bent(String name, Expected expected, Consumer<CmsParts> how) {
        token(name, expected, value -> {
            var parts = tsa();
            how.accept(parts);
            return HandmadeToken.of(parts, value, SIGNED);
        });
    }

    private void token(String name, Expected expected, UnaryOperator<byte[]> token) {
        all.attack("P11", name, Party.RSA, expected, cms -> cms.timestamp = Optional.of(token));
    }

    private static Expected but(Gap why) {
        return Expected.intactBut(why).atLeast();
    }
}
