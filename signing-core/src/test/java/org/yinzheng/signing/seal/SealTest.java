package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

class SealTest {
    private static final SealParties PARTIES = new SealParties();
    private static final Instant NOW = SealParties.NOW;

    @Test
    void madeSeal_readAgain_saysWhatWasAskedFor() {
        var seal = Seal.parse(PARTIES.seal().der());

        assertThat(seal.id()).isEqualTo("35020000000001");
        assertThat(seal.name()).isEqualTo("测试市市场监督管理局");
        assertThat(seal.typeCode()).isEqualTo(1);
        assertThat(seal.createdAt()).isEqualTo(NOW);
        assertThat(seal.validFrom()).isEqualTo(NOW.minus(Duration.ofDays(10)));
        assertThat(seal.picture().widthMm()).isEqualTo(42);
        assertThat(seal.picture().data()).isEqualTo(SealParties.PICTURE.png());
        assertThat(seal.signers().permits(PARTIES.authority.certificate())).isTrue();
        assertThat(seal.signers().permits(PARTIES.maker.certificate())).isFalse();
    }

    @Test
    void madeSeal_passesEveryCheck() {
        assertThat(reasons(PARTIES.seal(), PARTIES.trust(), NOW)).isEmpty();
    }

    @Test
    void sealFollowedByAByte_isNoSeal() {
        var der = PARTIES.seal().der().toByteArray();
        refused(Arrays.copyOf(der, der.length + 1), "asn1");
    }

    @Test
    void sealCutShort_isNoSeal() {
        var der = PARTIES.seal().der().toByteArray();
        for (int length = 0; length < der.length; length++) {
            refused(Arrays.copyOf(der, length), "asn1");
        }
    }

    @Test
    void anyByteChanged_isNotReadOrFailsTheMakersSignature() {
        var der = PARTIES.seal().der().toByteArray();
        assertThat(reasons(PARTIES.seal(), PARTIES.trust(), NOW))
                .isEmpty(); // what is known of it says nothing of others
        for (int i = 0; i < der.length; i++) {
            var changed = der.clone();
            changed[i] ^= 1;
            try {
                assertThat(reasons(Seal.parse(DocumentBytes.of(changed)), PARTIES.trust(), NOW))
                        .as("byte " + i)
                        .isNotEmpty();
            } catch (InvalidInput refused) {
                assertThat(refused.code()).isIn("asn1", "seal-version", "seal-extension", "certificate-form");
            }
        }
    }

    @Test
    void sealOfAnUnknownVersion_isRefused_andV4InTheFormOfV1IsNoSeal() {
        var parts = parts(PARTIES.seal());
        refused(encoded(parts.get(0), new DERSequence(parts.get(1))), "asn1");

        var info = elements(parts.getFirst());
        info.set(0, DerWriter.sequence(DerWriter.ia5("", "ES"), new ASN1Integer(6), DerWriter.ia5("", "other")));
        parts.set(0, sequence(info));
        refused(DerWriter.bytes(sequence(parts)), "seal-version");
    }

    @Test
    void signersListedByDigest_arePermitted() {
        var digest = Cryptography.sm3(Certificates.der(PARTIES.authority.certificate()));
        var entry = new DERSequence(new ASN1Encodable[] {new DERPrintableString("SM3"), new DEROctetString(digest)});
        var info = elements(parts(PARTIES.seal()).getFirst());
        var property = elements(info.get(2));
        property.set(2, new ASN1Integer(2));
        property.set(3, new DERSequence(entry));
        info.set(2, sequence(property));

        var seal = signed(info);

        assertThat(reasons(seal, PARTIES.trust(), NOW)).isEmpty();
        assertThat(seal.signers().permits(PARTIES.authority.certificate())).isTrue();
        assertThat(seal.signers().permits(PARTIES.maker.certificate())).isFalse();
    }

    @Test
    void extensionThatSpellsFalse_isAccepted_criticalUnknownOneIsNot() {
        assertThat(reasons(signed(withExtension(false)), PARTIES.trust(), NOW)).isEmpty();
        assertThatThrownBy(() -> signed(withExtension(true)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("seal-extension"));
    }

    @Test
    void rawSignatureValue_isAcceptedAndReported() {
        var parts = parts(PARTIES.seal());
        var value = ASN1Sequence.getInstance(((DERBitString) parts.get(3)).getOctets());
        var raw = new byte[64];
        for (int i = 0; i < 2; i++) {
            var number = org.bouncycastle.util.BigIntegers.asUnsignedByteArray(
                    32, ASN1Integer.getInstance(value.getObjectAt(i)).getValue());
            System.arraycopy(number, 0, raw, 32 * i, 32);
        }
        parts.set(3, new DERBitString(raw));

        var check = SealCheck.makerSignature(Seal.parse(DocumentBytes.of(DerWriter.bytes(sequence(parts)))));

        assertThat(check.passed()).isTrue();
        assertThat(check.found()).contains("raw");
    }

    @Test
    void makerNobodyKnows_isAGap() {
        assertThat(reasons(PARTIES.seal(), new Trust(PARTIES.trust().anchors(), java.util.Set.of(), List.of()), NOW))
                .containsExactly(Gap.SEAL_MAKER_NOT_TRUSTED);
        assertThat(reasons(PARTIES.seal(), Trust.NONE, NOW)).contains(Gap.SEAL_MAKER_NOT_TRUSTED);
    }

    @Test
    void sealUsedOutsideItsPeriod_isAFlaw() {
        var seal = PARTIES.seal();
        assertThat(reasons(seal, PARTIES.trust(), seal.validUntil().plusSeconds(1)))
                .containsExactly(Flaw.SEAL_OUT_OF_PERIOD);
        assertThat(reasons(seal, PARTIES.trust(), seal.validFrom().minusSeconds(1)))
                .containsExactly(Flaw.SEAL_OUT_OF_PERIOD);
    }

    @Test
    void rsaSealMaker_isRefused() {
        var rsa = PARTIES.signer("RSA", NOW, NOW.plusSeconds(1), KeyKind.RSA_2048);
        assertThatThrownBy(() -> new SealMaker(rsa)).isInstanceOf(InvalidInput.class);
    }

    private static List<Reason> reasons(Seal seal, Trust trust, Instant used) {
        return SealCheck.check(seal, trust, used, NOW).stream()
                .map(Check::reason)
                .flatMap(reason -> reason.stream())
                .distinct()
                .toList();
    }

    private static void refused(byte[] der, String code) {
        assertThatThrownBy(() -> Seal.parse(DocumentBytes.of(der)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static List<ASN1Encodable> withExtension(boolean critical) {
        var extension = DerWriter.sequence(
                new ASN1ObjectIdentifier("1.2.156.1"),
                ASN1Boolean.getInstance(critical),
                new DEROctetString(new byte[3]));
        var info = elements(parts(PARTIES.seal()).getFirst());
        info.add(new DERSequence(extension));
        return info;
    }

    private static Seal signed(List<ASN1Encodable> info) {
        var der = DerWriter.bytes(sequence(info));
        return Seal.parse(DocumentBytes.of(DerWriter.bytes(DerWriter.sequence(
                sequence(info),
                new DEROctetString(Certificates.der(PARTIES.maker.certificate())),
                new ASN1ObjectIdentifier(Suite.SM2_SM3.oid()),
                DerWriter.bits(PARTIES.maker.key().sign(der))))));
    }

    private static List<ASN1Encodable> parts(Seal seal) {
        return elements(DerWriter.encoded(seal.der()));
    }

    private static List<ASN1Encodable> elements(ASN1Encodable sequence) {
        return new ArrayList<>(Arrays.asList(ASN1Sequence.getInstance(sequence).toArray()));
    }

    private static DERSequence sequence(List<ASN1Encodable> elements) {
        return new DERSequence(elements.toArray(ASN1Encodable[]::new));
    }

    private static byte[] encoded(ASN1Encodable... elements) {
        return DerWriter.bytes(new DERSequence(elements));
    }
}
