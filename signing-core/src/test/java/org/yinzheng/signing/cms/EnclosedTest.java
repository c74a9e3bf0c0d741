package org.yinzheng.signing.cms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.signing.certificate.TestPki.DAY;
import static org.yinzheng.signing.certificate.TestPki.NOW;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.SimpleAttributeTableGenerator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.TestPki;
import org.yinzheng.signing.certificate.TestPki.Party;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;

/// Revocation data in each of the places where a CMS may have it.
class EnclosedTest {
    private static final CertificateStatus GOOD = CertificateStatus.GOOD;

    /// Where it stands.
    enum Place {
        ADOBE_SIGNED,
        ADOBE_UNSIGNED,
        CADES,
        SIGNED_DATA
    }

    private final TestPki pki = new TestPki(KeyKind.P_256);
    private final Party root = pki.root("root");
    private final Party signer = pki.leaf(root, "signer", TestPki.publishing("http://crl.example.cn/"));
    private final Trust trust = TestPki.trust(root);

    @ParameterizedTest
    @EnumSource(Place.class)
    void listOrResponseOfTheIssuer_counts(Place place) {
        assertThat(reasons(signed(place, List.of(), List.of()))).containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signed(place, crl(root), List.of()))).isEmpty();
        assertThat(reasons(signed(place, List.of(), ocsp(root, GOOD)))).isEmpty();
        assertThat(reasons(signed(place, crl(root), ocsp(root, GOOD)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void listThatRevokes_isBelieved(Place place) {
        var list = TestPki.crl(root, NOW.minus(DAY), NOW.plus(DAY), TestPki.revoking(signer, NOW.minus(DAY), 1));
        assertThat(reasons(signed(place, List.of(Certificates.der(list)), List.of())))
                .containsExactly(Flaw.REVOKED);
        var revoked = new RevokedStatus(Date.from(NOW.minus(DAY)), 1);
        assertThat(reasons(signed(place, List.of(), ocsp(root, revoked)))).containsExactly(Flaw.REVOKED);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void forgedByAStrangerOfTheSameName_saysNothing(Place place) {
        var stranger = pki.root("root");
        assertThat(reasons(signed(place, crl(stranger), ocsp(stranger, GOOD)))).containsExactly(Gap.TRY_LATER);
        var revoking =
                TestPki.crl(stranger, NOW.minus(DAY), NOW.plus(DAY), TestPki.revoking(signer, NOW.minus(DAY), 1));
        assertThat(reasons(signed(place, List.of(Certificates.der(revoking)), ocsp(root, GOOD))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void stale_saysNothing(Place place) {
        var stale = TestPki.crl(root, NOW.minus(DAY.multipliedBy(9)), NOW.minusSeconds(1), TestPki.none());
        assertThat(reasons(signed(place, List.of(Certificates.der(stale)), List.of())))
                .containsExactly(Gap.TRY_LATER);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whatCannotBeRead_isAsGoodAsNotThere(Place place) {
        var junk = List.of(new byte[] {0x30, 3, 2, 1, 5}, new byte[] {0x04, 1, 0}, new byte[] {0x30, 0});
        assertThat(reasons(signed(place, junk, junk))).containsExactly(Gap.TRY_LATER);
        assertThat(reasons(signed(place, join(junk, crl(root)), junk))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void tooMany_areNotLookedAt(Place place) {
        var stranger = pki.root("a"); // a shorter list: a SET has it first
        var junk = Collections.nCopies(60, crl(stranger).getFirst());
        assertThat(reasons(signed(place, join(junk, crl(root)), List.of()))).containsExactly(Gap.TRY_LATER);
    }

    @Test
    void issuerThatHasExpired_vouchesForNothingThatNobodySawBefore() {
        var later = NOW.plus(DAY.multipliedBy(301));
        var current = TestPki.crl(root, later.minus(DAY), later.plus(DAY), TestPki.none());
        for (var place : Place.values()) {
            var document = signed(place, List.of(Certificates.der(current)), List.of());
            assertThat(new DocumentVerifier(trust).verify(document, later).reasons())
                    .contains(Gap.TRY_LATER);
        }
    }

    @Test
    void basicResponseUnderItsOwnName_counts() throws IOException {
        var basic = OCSPResponse.getInstance(ocsp(root, GOOD).getFirst())
                .getResponseBytes()
                .getResponse()
                .getOctets();
        var other = other(OCSPObjectIdentifiers.id_pkix_ocsp_basic, basic);
        assertThat(reasons(withCrls(plain(), other))).isEmpty();
        var unknown = other(new ASN1ObjectIdentifier("1.2.3"), basic);
        assertThat(reasons(withCrls(plain(), unknown))).containsExactly(Gap.TRY_LATER);
        var odd = new DERTaggedObject(true, 1, new ASN1ObjectIdentifier("1.2.3"));
        assertThat(reasons(withCrls(plain(), odd))).containsExactly(Gap.TRY_LATER);
    }

    @Test
    void certificateValues_helpToFindAPath() {
        var authority = pki.authority(root, "authority");
        var below = pki.leaf(authority, "below");
        var values = new DERSequence(new ASN1Encodable[] {primitive(Certificates.der(authority.certificate()))});
        var without = cms(below, table(), table());
        assertThat(reasons(without)).contains(Gap.NO_CERTIFICATE_CHAIN_FOUND);
        var with = cms(below, table(), table(PKCSObjectIdentifiers.id_aa_ets_certValues, values));
        assertThat(reasons(with)).isEmpty();
    }

    private DocumentBytes signed(Place place, List<byte[]> crls, List<byte[]> ocsps) {
        var archival = new ASN1ObjectIdentifier("1.2.840.113583.1.1.8");
        return switch (place) {
            case ADOBE_SIGNED -> cms(signer, table(archival, values(crls, ocsps)), table());
            case ADOBE_UNSIGNED -> cms(signer, table(), table(archival, values(crls, ocsps)));
            case CADES ->
                cms(
                        signer,
                        table(),
                        table(
                                PKCSObjectIdentifiers.id_aa_ets_revocationValues,
                                values(
                                        crls,
                                        ocsps.stream().map(EnclosedTest::basic).toList())));
            case SIGNED_DATA -> {
                var choices = new ArrayList<ASN1Encodable>();
                crls.forEach(der -> choices.add(primitive(der)));
                ocsps.forEach(der -> choices.add(other(CMSObjectIdentifiers.id_ri_ocsp_response, der)));
                yield withCrls(plain(), choices.toArray(ASN1Encodable[]::new));
            }
        };
    }

    private DocumentBytes plain() {
        return cms(signer, table(), table());
    }

    private static ASN1Encodable values(List<byte[]> crls, List<byte[]> ocsps) {
        return new DERSequence(new ASN1Encodable[] {
            new DERTaggedObject(true, 0, sequence(crls)), new DERTaggedObject(true, 1, sequence(ocsps))
        });
    }

    private static DERSequence sequence(List<byte[]> all) {
        return new DERSequence(all.stream().map(EnclosedTest::primitive).toArray(ASN1Encodable[]::new));
    }

    private static byte[] basic(byte[] ocsp) {
        return ocsp.length < 100
                ? ocsp
                : OCSPResponse.getInstance(ocsp)
                        .getResponseBytes()
                        .getResponse()
                        .getOctets();
    }

    private static ASN1Encodable other(ASN1ObjectIdentifier type, byte[] der) {
        return new DERTaggedObject(false, 1, new DERSequence(new ASN1Encodable[] {type, primitive(der)}));
    }

    private List<byte[]> ocsp(Party responder, CertificateStatus status) {
        return List.of(TestPki.ocsp(responder, signer, responder, status));
    }

    private static List<byte[]> crl(Party issuer) {
        return List.of(Certificates.der(TestPki.crl(issuer)));
    }

    private static List<byte[]> join(List<byte[]> one, List<byte[]> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private List<Reason> reasons(DocumentBytes document) {
        var report = new DocumentVerifier(trust).verify(document, NOW);
        assertThat(((Report.Judged) report).integrity()).isEqualTo(Integrity.INTACT);
        var reasons = List.copyOf(report.reasons());
        assertThat(report.indication() == Indication.TOTAL_PASSED).isEqualTo(reasons.isEmpty());
        return reasons;
    }

    private static DocumentBytes withCrls(DocumentBytes cms, ASN1Encodable... choices) {
        var info = ContentInfo.getInstance(cms.toByteArray());
        var data = SignedData.getInstance(info.getContent());
        var changed = new SignedData(
                data.getDigestAlgorithms(),
                data.getEncapContentInfo(),
                data.getCertificates(),
                new DERSet(choices),
                data.getSignerInfos());
        try {
            return DocumentBytes.owning(new ContentInfo(info.getContentType(), changed).getEncoded("DER"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AttributeTable table() {
        return new AttributeTable(new ASN1EncodableVector());
    }

    private static AttributeTable table(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new AttributeTable(new Attribute(type, new DERSet(value)));
    }

    private static ASN1Primitive primitive(byte[] der) {
        try {
            return ASN1Primitive.fromByteArray(der);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DocumentBytes cms(Party party, AttributeTable signed, AttributeTable unsigned) {
        try {
            var certificate = new X509CertificateHolder(Certificates.der(party.certificate()));
            var builder = new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(signed));
            if (unsigned.size() > 0) {
                builder.setUnsignedAttributeGenerator(new SimpleAttributeTableGenerator(unsigned));
            }
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(builder.build(new Key(party), certificate));
            generator.addCertificate(certificate);
            var content = new CMSProcessableByteArray("the content".getBytes(UTF_8));
            return DocumentBytes.owning(generator.generate(content, true).getEncoded("DER"));
        } catch (CMSException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private record Key(Party party, ByteArrayOutputStream message) implements ContentSigner {
        Key(Party party) {
            this(party, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(
                    new ASN1ObjectIdentifier(party.key().suite().oid()));
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            return party.key().sign(message.toByteArray());
        }
    }
}
