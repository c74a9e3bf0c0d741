package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.shaded.ofdrw.gm.ses.parse.SESVersion;
import org.yinzheng.shaded.ofdrw.gm.ses.parse.VersionParser;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Reason;

/// V1, V4 and V5, written by OFDRW and read by us, and the other way round.
class SealVersionsTest {
    private static final SealParties PARTIES = new SealParties();
    private static final Instant NOW = SealParties.NOW;
    private static final byte[] ORIGINAL = "original".getBytes(StandardCharsets.UTF_8);
    private static final String PATH = "/Doc_0/Signs/Sign_0/Signature.xml";
    private static final String SM2 = Suite.SM2_SM3.oid();
    private static final String RSA_SHA256 = "1.2.840.113549.1.1.11";
    private static final String RSA_SHA1 = "1.2.840.113549.1.1.5";
    private static final byte[] LOCAL_TIME = "2026-11-21 10:00:00".getBytes(StandardCharsets.US_ASCII);

    @Test
    void sealAndStampV1_ofOfdrw_pass() {
        var seal = OfdrwSeals.sealV1(PARTIES.maker, PARTIES.authority, SM2);
        var stamp = stampV1(seal, PARTIES.authority, SM2, LOCAL_TIME, "SM3");

        assertThat(stamp.seal().version()).isEqualTo(Seal.V1);
        assertThat(stamp.seal().name()).isEqualTo("测试市公安局");
        assertThat(stamp.seal().validUntil()).isEqualTo(NOW.plus(Duration.ofDays(300)));
        assertThat(stamp.seal().deviations()).isEmpty();
        assertThat(stamp.time()).isEqualTo(NOW);
        assertThat(stamp.deviations()).containsExactly("text in place of a UTCTime");
        assertThat(reasons(stamp)).isEmpty();
    }

    @Test
    void stampV1_withTheTimeOfTheStandard_passesWithoutADeviation() {
        var seal = OfdrwSeals.sealV1(PARTIES.maker, PARTIES.authority, SM2);
        var time = DerWriter.bytes(new DERUTCTime("261121020000Z"));
        var stamp = stampV1(seal, PARTIES.authority, SM2, time, "SM3");

        assertThat(stamp.time()).isEqualTo(NOW);
        assertThat(stamp.deviations()).isEmpty();
        assertThat(reasons(stamp)).isEmpty();
    }

    @Test
    void stampV1_withoutATime_isRefused() {
        var seal = OfdrwSeals.sealV1(PARTIES.maker, PARTIES.authority, SM2);
        for (var time : List.of("yesterday", "0garbage", "")) {
            assertThatThrownBy(() ->
                            stampV1(seal, PARTIES.authority, SM2, time.getBytes(StandardCharsets.US_ASCII), "SM3"))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void v1WithRsa_passesWithSha256_andItsNameOfTheAlgorithmIsTakenSeriously() {
        var rsa = PARTIES.signer("RSA", NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)), KeyKind.RSA_2048);
        var seal = OfdrwSeals.sealV1(rsa, rsa, RSA_SHA256);
        assertThat(SealCheck.makerSignature(Seal.parse(seal)).passed()).isTrue();

        var stamp = stampV1(seal, rsa, RSA_SHA256, LOCAL_TIME, "SHA-256");
        assertThat(binding(stamp)).isEmpty();

        var other = Seal.parse(OfdrwSeals.sealV1(rsa, rsa, RSA_SHA1)); // signed with SHA-256 all the same
        assertThat(SealCheck.makerSignature(other).reason()).contains(Flaw.SEAL_SIGNATURE_INVALID);
    }

    @Test
    void changedV1_isAFlaw() {
        var seal = OfdrwSeals.sealV1(PARTIES.maker, PARTIES.authority, SM2);
        var changed = new String(seal.toByteArray(), StandardCharsets.ISO_8859_1)
                .replace("35020000000001", "35020000000002")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SealCheck.makerSignature(Seal.parse(DocumentBytes.of(changed)))
                        .reason())
                .contains(Flaw.SEAL_SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sealAndStampV4_ofOfdrw_pass(boolean digests) {
        var seal = OfdrwSeals.seal(4, PARTIES.maker, PARTIES.authority, digests);
        var stamp = Stamp.parse(OfdrwSeals.stamp(4, seal, PARTIES.authority, Cryptography.sm3(ORIGINAL), PATH));

        assertThat(stamp.seal().version()).isEqualTo(Seal.V4);
        assertThat(stamp.seal().extensions()).hasSize(1);
        assertThat(reasons(stamp)).isEmpty();
        assertThat(stamp.seal().deviations()).isEmpty();
    }

    @Test
    void sealAndStampV5_ofOfdrw_pass_withAFifthElementToo() {
        var seal = OfdrwSeals.seal(5, PARTIES.maker, PARTIES.authority, false);
        var stamp = Stamp.parse(OfdrwSeals.stamp(5, seal, PARTIES.authority, Cryptography.sm3(ORIGINAL), PATH));
        assertThat(stamp.seal().version()).isEqualTo(Seal.V5);
        assertThat(stamp.seal().standard()).isEqualTo("GM/T 0031-2025");
        assertThat(reasons(stamp)).isEmpty();

        var parts = elements(DerWriter.encoded(seal));
        parts.add(new DERTaggedObject(true, 0, new DERBitString(new byte[] {1})));
        var timestamped = Seal.parse(encoded(parts));
        assertThat(timestamped.timestamp()).isPresent();
        assertThat(SealCheck.makerSignature(timestamped).passed()).isTrue();

        parts.set(0, info(parts.getFirst(), Seal.V4));
        assertThatThrownBy(() -> Seal.parse(encoded(parts)))
                .as("five elements are V5's")
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void makersSignature_isOverWhatTheVersionSays_andNothingElse() {
        var v1 = elements(DerWriter.encoded(OfdrwSeals.sealV1(PARTIES.maker, PARTIES.authority, SM2)));
        var proof = elements(v1.get(1));
        proof.set(2, new DERBitString(PARTIES.maker.key().sign(DerWriter.bytes(v1.getFirst()))));
        v1.set(1, sequence(proof));
        assertThat(SealCheck.makerSignature(Seal.parse(encoded(v1))).reason()).contains(Flaw.SEAL_SIGNATURE_INVALID);

        var v4 = elements(DerWriter.encoded(PARTIES.seal().der()));
        var all = DerWriter.bytes(DerWriter.sequence(v4.get(0), v4.get(1), v4.get(2)));
        v4.set(3, new DERBitString(PARTIES.maker.key().sign(all)));
        assertThat(SealCheck.makerSignature(Seal.parse(encoded(v4))).reason()).contains(Flaw.SEAL_SIGNATURE_INVALID);
    }

    @Test
    void versionsThatDisagree_areRefused() {
        var v5 = OfdrwSeals.seal(5, PARTIES.maker, PARTIES.authority, false);
        assertThatThrownBy(
                        () -> Stamp.parse(OfdrwSeals.stamp(4, v5, PARTIES.authority, Cryptography.sm3(ORIGINAL), PATH)))
                .isInstanceOf(InvalidInput.class);
        var v4 = elements(DerWriter.encoded(PARTIES.seal().der()));
        v4.set(0, info(v4.getFirst(), Seal.V1));
        assertThatThrownBy(() -> Seal.parse(encoded(v4))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void deviationsMetInTheField_areReadAndNamed() {
        var v1 = elements(DerWriter.encoded(OfdrwSeals.sealV1(PARTIES.maker, PARTIES.authority, SM2)));
        var info = elements(v1.getFirst());
        var property = elements(info.get(2));
        property.set(2, new DERSequence(new ASN1Encodable[] {
            new DEROctetString("no certificate".getBytes(StandardCharsets.US_ASCII)),
            new DEROctetString(Certificates.der(PARTIES.authority.certificate()))
        }));
        property.set(5, DerWriter.time(NOW.plus(Duration.ofDays(9))));
        info.set(2, sequence(property));
        var certificate = new DEROctetString(Certificates.der(PARTIES.maker.certificate()));
        var algorithm = new ASN1ObjectIdentifier(SM2);
        var value =
                PARTIES.maker.key().sign(DerWriter.bytes(DerWriter.sequence(sequence(info), certificate, algorithm)));
        var seal = Seal.parse(encoded(
                List.of(sequence(info), DerWriter.sequence(certificate, algorithm, new DEROctetString(raw(value))))));

        assertThat(seal.deviations())
                .containsExactlyInAnyOrder(
                        "OCTET STRING in place of BIT STRING", "GeneralizedTime in place of UTCTime");
        var check = SealCheck.makerSignature(seal);
        assertThat(check.passed()).isTrue();
        assertThat(check.found()).contains("raw");
        assertThat(seal.signers().permits(PARTIES.authority.certificate())).isTrue();
    }

    @Test
    void utcTimeInV4_isReadAndNamed() {
        var parts = elements(DerWriter.encoded(PARTIES.seal().der()));
        var info = elements(parts.getFirst());
        var property = elements(info.get(2));
        property.set(4, new DERUTCTime("491231235959Z"));
        property.set(5, new DERUTCTime("500101000000Z"));
        info.set(2, sequence(property));
        parts.set(0, sequence(info));
        var seal = Seal.parse(encoded(parts));
        assertThat(seal.deviations()).containsExactly("UTCTime in place of GeneralizedTime");
        assertThat(seal.createdAt()).isEqualTo("2049-12-31T23:59:59Z");
        assertThat(seal.validFrom()).isEqualTo("1950-01-01T00:00:00Z");
    }

    @Test
    void ourSealsAndStamps_areReadByOfdrw() throws Exception {
        for (var signers : List.of(
                PermittedSigners.listed(List.of(PARTIES.authority.certificate())),
                PermittedSigners.digests(List.of(PARTIES.authority.certificate())))) {
            var order = SealParties.order(signers, NOW.minusSeconds(9), NOW.plusSeconds(9));
            var seal = new SealMaker(PARTIES.maker)
                    .make(new SealOrder(
                            order.sealId(),
                            order.name(),
                            order.typeCode(),
                            order.picture(),
                            signers,
                            NOW,
                            order.validFrom(),
                            order.validUntil(),
                            List.of(new Seal.Extension("1.2.156.1", false, DocumentBytes.of(new byte[3])))));
            var theirs = org.yinzheng.shaded.ofdrw.gm.ses.v4.SESeal.getInstance(
                    seal.der().toByteArray());
            assertThat(theirs.getEncoded("DER")).isEqualTo(seal.der().toByteArray());
            assertThat(theirs.geteSealInfo().getProperty().getName().getString())
                    .isEqualTo(order.name());
            assertThat(theirs.geteSealInfo().getExtDatas().iterator().hasNext()).isTrue();
            assertThat(VersionParser.parseSES_SealVersion(seal.der().toByteArray())
                            .getVersion())
                    .isEqualTo(SESVersion.v4);

            var stamp = StampMaker.stamp(seal, PARTIES.authority, NOW, ORIGINAL, PATH);
            var signature = org.yinzheng.shaded.ofdrw.gm.ses.v4.SES_Signature.getInstance(stamp.toByteArray());
            assertThat(signature.getEncoded("DER")).isEqualTo(stamp.toByteArray());
            assertThat(signature.getToSign().getPropertyInfo().getString()).isEqualTo(PATH);
            assertThat(VersionParser.parseSES_SignatureVersion(stamp.toByteArray())
                            .getVersion())
                    .isEqualTo(SESVersion.v4);
        }
    }

    private static Stamp stampV1(DocumentBytes seal, Signer signer, String algorithm, byte[] time, String digest) {
        var hash = Cryptography.digest(digest).digest(ORIGINAL);
        return Stamp.parse(OfdrwSeals.stampV1(seal, signer, algorithm, time, hash, PATH));
    }

    private static List<Reason> reasons(Stamp stamp) {
        var reasons = new ArrayList<>(binding(stamp));
        StampCheck.checkTrust(stamp, PARTIES.trust(), NOW).stream()
                .flatMap(check -> check.reason().stream())
                .forEach(reasons::add);
        return reasons;
    }

    private static List<Reason> binding(Stamp stamp) {
        return StampCheck.checkBinding(stamp, ORIGINAL, PATH).stream()
                .map(Check::reason)
                .flatMap(reason -> reason.stream())
                .toList();
    }

    private static byte[] raw(byte[] der) {
        var numbers = ASN1Sequence.getInstance(der);
        var raw = new byte[64];
        for (int i = 0; i < 2; i++) {
            var number = ASN1Integer.getInstance(numbers.getObjectAt(i)).getValue();
            System.arraycopy(BigIntegers.asUnsignedByteArray(32, number), 0, raw, 32 * i, 32);
        }
        return raw;
    }

    private static DERSequence info(ASN1Encodable info, int version) {
        var elements = elements(info);
        elements.set(0, DerWriter.sequence(DerWriter.ia5("", "ES"), new ASN1Integer(version), DerWriter.ia5("", "x")));
        return sequence(elements);
    }

    private static List<ASN1Encodable> elements(ASN1Encodable sequence) {
        return new ArrayList<>(Arrays.asList(ASN1Sequence.getInstance(sequence).toArray()));
    }

    private static DERSequence sequence(List<ASN1Encodable> elements) {
        return new DERSequence(elements.toArray(ASN1Encodable[]::new));
    }

    private static DocumentBytes encoded(List<? extends ASN1Encodable> elements) {
        return DocumentBytes.of(DerWriter.bytes(new DERSequence(elements.toArray(ASN1Encodable[]::new))));
    }
}
