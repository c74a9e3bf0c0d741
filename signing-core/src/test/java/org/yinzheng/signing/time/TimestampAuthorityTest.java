package org.yinzheng.signing.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;

/// What the authority grants and refuses. Bouncy Castle's own classes ask and read.
class TimestampAuthorityTest {
    private static final byte[] STAMPED = "电子证照".getBytes(StandardCharsets.UTF_8);

    @Test
    void everyKnownImprint_isGrantedAndValidForBouncyCastle() throws Exception {
        for (var digest : new String[][] {
            {TSPAlgorithms.SHA256.getId(), "SHA-256"},
            {TSPAlgorithms.SHA384.getId(), "SHA-384"},
            {TSPAlgorithms.SHA512.getId(), "SHA-512"},
            {TSPAlgorithms.SM3.getId(), "SM3"}
        }) {
            var suite = digest[1].equals("SM3") ? Suite.SM2_SM3 : Suite.RSA_SHA256;
            var request = request(digest[0], digest[1], true);
            var response = ask(request);
            assertThat(response.getStatus()).as(digest[1]).isEqualTo(PKIStatus.GRANTED);
            response.validate(request); // imprint, nonce, policy
            var token = response.getTimeStampToken();
            token.validate(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(Cryptography.provider())
                    .build(Parties.signer(suite).certificate()));
            assertThat(token.getTimeStampInfo().getGenTime()).isEqualTo(Date.from(Parties.AT));
            assertThat(token.getTimeStampInfo().getAccuracy().getSeconds().intValueExact())
                    .isEqualTo(1);
            assertThat(token.getTimeStampInfo().isOrdered()).isFalse();
            assertThat(token.getTimeStampInfo().getPolicy().getId()).isEqualTo(TimestampAuthority.DEMONSTRATION_POLICY);
            assertThat(token.getTimeStampInfo().getNonce()).isEqualTo(BigInteger.valueOf(20261121));
        }
    }

    @Test
    void certificates_areEnclosedOnlyWhenAskedFor() throws Exception {
        var with = ask(request(TSPAlgorithms.SHA256.getId(), "SHA-256", true)).getTimeStampToken();
        var without =
                ask(request(TSPAlgorithms.SHA256.getId(), "SHA-256", false)).getTimeStampToken();
        assertThat(with.getCertificates().getMatches(null)).hasSize(2);
        assertThat(without.getCertificates().getMatches(null)).isEmpty();
        without.validate(new JcaSimpleSignerInfoVerifierBuilder()
                .setProvider(Cryptography.provider())
                .build(Parties.signer(Suite.RSA_SHA256).certificate()));
    }

    @Test
    void certificate_isForTimestampingAloneAndCritically() throws Exception {
        for (var suite : new Suite[] {Suite.RSA_SHA256, Suite.SM2_SM3}) {
            var certificate = Parties.signer(suite).certificate();
            org.bouncycastle.tsp.TSPUtil.validateCertificate(new X509CertificateHolder(certificate.getEncoded()));
        }
    }

    @Test
    void certificateOfAnotherPurpose_makesNoAuthority() {
        var signer = Parties.CERTIFIER.signer("东原市公安局", Suite.RSA_SHA256);
        assertThatThrownBy(() -> new TimestampAuthority(
                        signer,
                        Parties.signer(Suite.SM2_SM3),
                        TimestampAuthority.DEMONSTRATION_POLICY,
                        java.time.Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoNodes_neverGiveTheSameSerialNumber() throws Exception {
        var serials = new HashSet<BigInteger>();
        var other = Parties.authority(Parties.AT);
        for (int i = 0; i < 50; i++) {
            serials.add(serial(Parties.AUTHORITY));
            serials.add(serial(other));
        }
        assertThat(serials).hasSize(100).allSatisfy(serial -> assertThat(serial.signum())
                .isPositive());
    }

    @Test
    void weakOrUnknownDigest_isBadAlg() throws Exception {
        var generator = new TimeStampRequestGenerator();
        refused(generator.generate(TSPAlgorithms.SHA1, new byte[20]), PKIFailureInfo.badAlg);
        refused(generator.generate(TSPAlgorithms.MD5, new byte[16]), PKIFailureInfo.badAlg);
        refused(generator.generate(new ASN1ObjectIdentifier("1.2.3.4"), new byte[32]), PKIFailureInfo.badAlg);
    }

    @Test
    void imprintOfAnotherLength_isBadDataFormat() throws Exception {
        var generator = new TimeStampRequestGenerator();
        refused(generator.generate(TSPAlgorithms.SHA256, new byte[20]), PKIFailureInfo.badDataFormat);
        refused(generator.generate(TSPAlgorithms.SM3, new byte[0]), PKIFailureInfo.badDataFormat);
    }

    @Test
    void foreignPolicy_isUnaccepted_andOursIsGranted() throws Exception {
        var foreign = new TimeStampRequestGenerator();
        foreign.setReqPolicy(new ASN1ObjectIdentifier("1.2.3.4"));
        refused(foreign.generate(TSPAlgorithms.SHA256, new byte[32]), PKIFailureInfo.unacceptedPolicy);
        var ours = new TimeStampRequestGenerator();
        ours.setReqPolicy(new ASN1ObjectIdentifier(TimestampAuthority.DEMONSTRATION_POLICY));
        assertThat(ask(ours.generate(TSPAlgorithms.SHA256, new byte[32])).getStatus())
                .isEqualTo(PKIStatus.GRANTED);
    }

    @Test
    void anyExtension_isUnaccepted() throws Exception {
        var generator = new TimeStampRequestGenerator();
        generator.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), false, new DEROctetString(new byte[1]));
        refused(generator.generate(TSPAlgorithms.SHA256, new byte[32]), PKIFailureInfo.unacceptedExtension);
    }

    @Test
    void versionTwo_isABadRequest() throws Exception {
        var request = request(TSPAlgorithms.SHA256.getId(), "SHA-256", true).getEncoded();
        assertThat(request[4]).isEqualTo((byte) 1); // SEQUENCE, INTEGER 1
        request[4] = 2;
        refused(new TimeStampRequest(request), PKIFailureInfo.badRequest);
    }

    @Test
    void clockOutsideTheCertificate_hasNoTimeToTell() throws Exception {
        var years = Parties.authority(Parties.AT.plusSeconds(6L * 365 * 86400));
        var request = request(TSPAlgorithms.SHA256.getId(), "SHA-256", true);
        var response = new TimeStampResponse(
                years.answer(DocumentBytes.of(request.getEncoded())).toByteArray());
        assertThat(response.getFailInfo().intValue()).isEqualTo(PKIFailureInfo.timeNotAvailable);
        assertThatThrownBy(() -> years.token(DocumentBytes.of(STAMPED), Suite.SM2_SM3))
                .isInstanceOf(Failure.NotDone.class);
    }

    @Test
    void refusalOfAnotherAuthority_isToldWithItsReason() {
        var tooShort = DocumentBytes.of(new byte[3]);
        assertThatThrownBy(() -> Parties.AUTHORITY.tokenOver(tooShort, Suite.SM2_SM3))
                .isInstanceOf(Failure.NotDone.class)
                .hasMessageContaining("refused with status 2, failure 5");
    }

    @Test
    void whatIsNoRequest_isInvalidInput() throws Exception {
        var request = request(TSPAlgorithms.SHA256.getId(), "SHA-256", true).getEncoded();
        for (var bytes : new byte[][] {
            {},
            "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(request, request.length - 3),
            Arrays.copyOf(request, request.length + 3),
            {0x30, 0x00},
            {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            new byte[TimestampAuthority.LARGEST_REQUEST + 1]
        }) {
            assertThatThrownBy(() -> Parties.AUTHORITY.answer(DocumentBytes.of(bytes)))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void tokenAway_isNotDone() {
        var signer = Parties.signer(Suite.RSA_SHA256);
        var away = new Signer(new Away(signer.key()), signer.chain());
        var authority = new TimestampAuthority(
                away,
                Parties.signer(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                java.time.Clock.fixed(Parties.AT, java.time.ZoneOffset.UTC));
        assertThatThrownBy(() -> authority.token(DocumentBytes.of(STAMPED), Suite.RSA_SHA256))
                .isInstanceOf(Failure.NotDone.class);
    }

    private record Away(SigningKey key) implements SigningKey {
        @Override
        public String label() {
            return key.label();
        }

        @Override
        public KeyKind kind() {
            return key.kind();
        }

        @Override
        public Custody custody() {
            return key.custody();
        }

        @Override
        public java.security.PublicKey publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            throw new Failure.NotDone("the token is away", null);
        }
    }

    private static TimeStampRequest request(String oid, String digest, boolean certificates) {
        var generator = new TimeStampRequestGenerator();
        generator.setCertReq(certificates);
        return generator.generate(
                new ASN1ObjectIdentifier(oid),
                Cryptography.digest(digest).digest(STAMPED),
                BigInteger.valueOf(20261121));
    }

    private static TimeStampResponse ask(TimeStampRequest request) throws IOException, TSPException {
        var answer = Parties.AUTHORITY.answer(DocumentBytes.of(request.getEncoded()));
        return new TimeStampResponse(answer.toByteArray());
    }

    private static void refused(TimeStampRequest request, int failure) throws IOException, TSPException {
        var response = ask(request);
        assertThat(response.getStatus()).isEqualTo(PKIStatus.REJECTION);
        assertThat(response.getFailInfo().intValue()).isEqualTo(failure);
        assertThat(response.getTimeStampToken()).isNull();
    }

    private static BigInteger serial(TimestampAuthority authority) {
        return TimestampToken.parse(authority.token(DocumentBytes.of(STAMPED), Suite.SM2_SM3))
                .serial();
    }
}
