package org.yinzheng.signing.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.signing.certificate.TestPki.DAY;
import static org.yinzheng.signing.certificate.TestPki.NOW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.TestPki;
import org.yinzheng.signing.certificate.TestPki.Party;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// The revocation list that a timestamp's authority encloses in its token.
class TimestampRevocationTest {
    private static final DocumentBytes STAMPED = DocumentBytes.of(new byte[] {1, 2, 3});

    @ParameterizedTest
    @EnumSource(
            value = Suite.class,
            names = {"RSA_SHA256", "SM2_SM3"})
    void enclosedList_countsByItsIssuersWord(Suite suite) {
        var isSm2 = suite == Suite.SM2_SM3;
        var pki = new TestPki(isSm2 ? KeyKind.SM2 : KeyKind.RSA_2048);
        var root = pki.root("root");
        var authority = pki.leaf(root, "timestamps", builder -> {
            TestPki.publishing("http://crl.example.cn/").add(builder);
            builder.addExtension(
                    Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        });
        var signer = new Signer(authority.key(), List.of(authority.certificate()));
        var digest = Cryptography.digest(suite.digestName()).digest(STAMPED.toByteArray());
        var token = new TimestampAuthority(
                        isSm2 ? Parties.signer(Suite.RSA_SHA256) : signer,
                        isSm2 ? signer : Parties.signer(Suite.SM2_SM3),
                        TimestampAuthority.DEMONSTRATION_POLICY,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .tokenOver(DocumentBytes.owning(digest), suite);
        assertThat(reasons(token, root)).containsExactly(Gap.TRY_LATER);
        assertThat(reasons(with(token, TestPki.crl(root)), root)).isEmpty();
        assertThat(reasons(with(token, TestPki.crl(pki.root("root"))), root)).containsExactly(Gap.TRY_LATER);
        var revoking = TestPki.crl(root, NOW.minus(DAY), NOW.plus(DAY), TestPki.revoking(authority, NOW.minus(DAY), 1));
        assertThat(reasons(with(token, revoking), root)).containsExactly(Gap.TIMESTAMP_AUTHORITY_REVOKED);
    }

    private static List<Reason> reasons(DocumentBytes token, Party root) {
        return TimestampToken.parse(token)
                .judge(SignedBytes.of(STAMPED), List.of(), TestPki.trust(root), Optional.empty(), NOW)
                .checks()
                .stream()
                .flatMap(check -> check.reason().stream())
                .toList();
    }

    private static DocumentBytes with(DocumentBytes token, X509CRL... lists) {
        var info = ContentInfo.getInstance(token.toByteArray());
        var data = SignedData.getInstance(info.getContent());
        var crls = Arrays.stream(lists)
                .map(list -> CertificateList.getInstance(Certificates.der(list)))
                .toArray(ASN1Encodable[]::new);
        var changed = new SignedData(
                data.getDigestAlgorithms(),
                data.getEncapContentInfo(),
                data.getCertificates(),
                new DERSet(crls),
                data.getSignerInfos());
        try {
            return DocumentBytes.owning(new ContentInfo(info.getContentType(), changed).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
