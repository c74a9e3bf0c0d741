package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Sm2;
import org.yinzheng.signing.stamping.Level;

/// The seals and stamps that we make, taken apart field by field by Bouncy Castle, without our own reader.
class SealStructureTest {
    private static final SealParties PARTIES = new SealParties();
    private static final Instant FROM = Instant.parse("2026-11-20T16:00:00Z");
    private static final Instant UNTIL = Instant.parse("2029-11-20T16:00:00Z");
    private static final Seal.Extension EXTENSION =
            new Seal.Extension("1.2.156.112600.1", false, DocumentBytes.of(new byte[] {1, 2, 3}));
    private static final String PATH = "/Doc_0/Signs/Sign_0/Signature.xml";
    private static final byte[] ORIGINAL = "original".getBytes(StandardCharsets.UTF_8);

    @Test
    void seal_hasEveryFieldOfTheStandard() throws IOException {
        var der = make(PermittedSigners.listed(List.of(PARTIES.authority.certificate())), List.of());
        var seal = ASN1Sequence.getInstance(der);
        assertThat(seal.getEncoded("DER")).isEqualTo(der);
        assertThat(seal.size()).isEqualTo(4);

        var info = ASN1Sequence.getInstance(seal.getObjectAt(0));
        assertThat(info.size()).as("no extDatas").isEqualTo(4);
        var header = ASN1Sequence.getInstance(info.getObjectAt(0));
        assertThat(ia5(header, 0)).isEqualTo("ES");
        assertThat(integer(header, 1)).isEqualTo(4);
        assertThat(ia5(header, 2)).isEqualTo("Yinzheng");
        assertThat(header.size()).isEqualTo(3);
        assertThat(ia5(info, 1)).isEqualTo("35020000000001");

        var property = ASN1Sequence.getInstance(info.getObjectAt(2));
        assertThat(property.size()).isEqualTo(7);
        assertThat(integer(property, 0)).isEqualTo(1);
        assertThat(((ASN1UTF8String) property.getObjectAt(1)).getString()).isEqualTo("测试市市场监督管理局");
        assertThat(integer(property, 2)).isEqualTo(1);
        var list = ASN1Sequence.getInstance(property.getObjectAt(3));
        assertThat(octets(list.getObjectAt(0))).isEqualTo(Certificates.der(PARTIES.authority.certificate()));
        assertThat(time(property, 4)).isEqualTo("20261121020000Z");
        assertThat(time(property, 5)).isEqualTo("20261120160000Z");
        assertThat(time(property, 6)).isEqualTo("20291120160000Z");

        var picture = ASN1Sequence.getInstance(info.getObjectAt(3));
        assertThat(picture.size()).isEqualTo(4);
        assertThat(ia5(picture, 0)).isEqualTo("PNG");
        assertThat(octets(picture.getObjectAt(1)))
                .isEqualTo(SealParties.PICTURE.png().toByteArray());
        assertThat(integer(picture, 2)).isEqualTo(42);
        assertThat(integer(picture, 3)).isEqualTo(42);

        assertThat(octets(seal.getObjectAt(1))).isEqualTo(Certificates.der(PARTIES.maker.certificate()));
        assertThat(oid(seal, 2)).as("a bare identifier").isEqualTo("1.2.156.10197.1.501");
        var value = bits(seal, 3);
        assertThat(Sm2.verify(PARTIES.maker.certificate().getPublicKey(), info.getEncoded("DER"), value))
                .as("over eSealInfo alone")
                .isTrue();
        assertThat(ASN1Sequence.getInstance(value).size()).as("DER of r and s").isEqualTo(2);
    }

    @Test
    void sealWithDigests_holdsSm3OfTheCertificate() {
        var der = make(PermittedSigners.digests(List.of(PARTIES.authority.certificate())), List.of());
        var property = ASN1Sequence.getInstance(info(der).getObjectAt(2));
        assertThat(integer(property, 2)).isEqualTo(2);
        var digest = ASN1Sequence.getInstance(
                ASN1Sequence.getInstance(property.getObjectAt(3)).getObjectAt(0));
        assertThat(((ASN1PrintableString) digest.getObjectAt(0)).getString()).isEqualTo("1.2.156.10197.1.401");
        assertThat(octets(digest.getObjectAt(1)))
                .isEqualTo(Cryptography.sm3(Certificates.der(PARTIES.authority.certificate())));

        var seal = Seal.parse(DocumentBytes.of(der));
        assertThat(seal.signers().permits(PARTIES.authority.certificate())).isTrue();
        assertThat(seal.signers().permits(PARTIES.maker.certificate())).isFalse();
        assertThat(SealCheck.makerSignature(seal).passed()).isTrue();
    }

    @Test
    void extensions_areABareSequence_withCriticalWrittenOut() {
        var der = make(PermittedSigners.listed(List.of(PARTIES.authority.certificate())), List.of(EXTENSION));
        var info = info(der);
        assertThat(info.size()).isEqualTo(5);
        var extension = ASN1Sequence.getInstance(
                ASN1Sequence.getInstance(info.getObjectAt(4)).getObjectAt(0));
        assertThat(extension.size()).isEqualTo(3);
        assertThat(oid(extension, 0)).isEqualTo("1.2.156.112600.1");
        assertThat(extension.getObjectAt(1)).isEqualTo(ASN1Boolean.FALSE);
        assertThat(octets(extension.getObjectAt(2))).containsExactly(1, 2, 3);
        assertThat(Seal.parse(DocumentBytes.of(der)).extensions()).containsExactly(EXTENSION);
    }

    @Test
    void criticalExtension_orABrokenIdentifier_isNotMade() {
        var signers = PermittedSigners.listed(List.of(PARTIES.authority.certificate()));
        for (var extension : List.of(
                new Seal.Extension("1.2.3", true, DocumentBytes.of(new byte[0])),
                new Seal.Extension("not.an.oid", false, DocumentBytes.of(new byte[0])))) {
            assertThatThrownBy(() -> make(signers, List.of(extension)))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("seal-value"));
        }
        assertThatThrownBy(() -> make(PermittedSigners.listed(List.of()), List.of()))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void stamp_hasEveryFieldOfTheStandard() throws IOException {
        var seal = PARTIES.seal();
        var der = StampMaker.stamp(seal, PARTIES.authority, SealParties.NOW, ORIGINAL, PATH)
                .toByteArray();
        var stamp = ASN1Sequence.getInstance(der);
        assertThat(stamp.getEncoded("DER")).isEqualTo(der);
        assertThat(stamp.size()).isEqualTo(4);

        var toSign = ASN1Sequence.getInstance(stamp.getObjectAt(0));
        assertThat(toSign.size()).isEqualTo(5);
        assertThat(integer(toSign, 0)).isEqualTo(4);
        assertThat(toSign.getObjectAt(1).toASN1Primitive().getEncoded("DER"))
                .isEqualTo(seal.der().toByteArray());
        assertThat(time(toSign, 2)).isEqualTo("20261121020000Z");
        assertThat(bits(toSign, 3)).isEqualTo(Cryptography.sm3(ORIGINAL));
        assertThat(ia5(toSign, 4)).isEqualTo(PATH);

        assertThat(octets(stamp.getObjectAt(1))).isEqualTo(Certificates.der(PARTIES.authority.certificate()));
        assertThat(oid(stamp, 2)).isEqualTo("1.2.156.10197.1.501");
        assertThat(Sm2.verify(PARTIES.authority.certificate().getPublicKey(), toSign.getEncoded("DER"), bits(stamp, 3)))
                .isTrue();
    }

    @Test
    void timestampedStamp_hasATaggedBitStringBehindTheValue() {
        var made = new StampMaker(java.util.Optional.of((digest, suite) -> {
                    assertThat(digest.size()).isEqualTo(32);
                    return DocumentBytes.of(new byte[] {0x30, 0});
                }))
                .stamp(new StampOrder(
                        PARTIES.seal(),
                        PARTIES.authority,
                        SealParties.NOW,
                        DocumentBytes.of(Cryptography.sm3(ORIGINAL)),
                        PATH,
                        Level.T,
                        Level.Shortfall.REQUIRE));
        var stamp = ASN1Sequence.getInstance(made.der().toByteArray());
        assertThat(made.reached()).isEqualTo(Level.T);
        assertThat(stamp.size()).isEqualTo(5);
        var tagged = (ASN1TaggedObject) stamp.getObjectAt(4);
        assertThat(tagged.hasContextTag(0)).isTrue();
        assertThat(ASN1BitString.getInstance(tagged.getExplicitBaseObject()).getOctets())
                .containsExactly(0x30, 0);
    }

    /// What is not signature, certificate or picture, to the last byte.
    @Test
    void sealInformation_isTheGoldenEncoding() {
        var order = SealParties.order(
                new PermittedSigners.Digests(List.of(
                        new PermittedSigners.CertificateDigest("1.2.156.10197.1.401", DocumentBytes.of(new byte[32])))),
                FROM,
                UNTIL);
        var picture = new SealPicture(DocumentBytes.of(new byte[] {(byte) 0x89, 'P', 'N', 'G'}), 42, 30);
        var made = new SealMaker(PARTIES.maker)
                .make(new SealOrder(
                        order.sealId(),
                        order.name(),
                        SealKind.CONTRACT.code(),
                        picture,
                        order.signers(),
                        order.createdAt(),
                        FROM,
                        UNTIL,
                        List.of(EXTENSION)));
        assertThat(HexFormat.of().formatHex(made.proof().signed().toByteArray()))
                .isEqualTo(GOLDEN.replaceAll("\\s", ""));
    }

    private static final String GOLDEN = """
            3081e2
            301116024553020104160859696e7a68656e67
            160e3335303230303030303030303031
            3081940201040c1ee6b58be8af95e5b882e5b882e59cbae79b91e79da3e7aea1e79086e5b18002010230393037131331
            2e322e3135362e31303139372e312e343031042000000000000000000000000000000000000000000000000000000000
            00000000180f32303236313132313032303030305a180f32303236313132303136303030305a180f3230323931313230
            3136303030305a
            30111603504e47040489504e4702012a02011e
            3013301106072a811c86ef58010101000403010203
            """;

    private static byte[] make(PermittedSigners signers, List<Seal.Extension> extensions) {
        var order = SealParties.order(signers, FROM, UNTIL);
        return new SealMaker(PARTIES.maker)
                .make(new SealOrder(
                        order.sealId(),
                        order.name(),
                        order.typeCode(),
                        order.picture(),
                        signers,
                        order.createdAt(),
                        FROM,
                        UNTIL,
                        extensions))
                .der()
                .toByteArray();
    }

    private static ASN1Sequence info(byte[] der) {
        return ASN1Sequence.getInstance(ASN1Sequence.getInstance(der).getObjectAt(0));
    }

    private static String ia5(ASN1Sequence sequence, int at) {
        return ((ASN1IA5String) sequence.getObjectAt(at)).getString();
    }

    private static int integer(ASN1Sequence sequence, int at) {
        return ((ASN1Integer) sequence.getObjectAt(at)).intValueExact();
    }

    private static String oid(ASN1Sequence sequence, int at) {
        return ((ASN1ObjectIdentifier) sequence.getObjectAt(at)).getId();
    }

    private static String time(ASN1Sequence sequence, int at) {
        assertThat(sequence.getObjectAt(at)).isInstanceOf(ASN1GeneralizedTime.class);
        return ((ASN1GeneralizedTime) sequence.getObjectAt(at)).getTimeString();
    }

    private static byte[] bits(ASN1Sequence sequence, int at) {
        return ((ASN1BitString) sequence.getObjectAt(at)).getOctets();
    }

    private static byte[] octets(ASN1Encodable element) {
        return ((ASN1OctetString) element).getOctets();
    }
}
