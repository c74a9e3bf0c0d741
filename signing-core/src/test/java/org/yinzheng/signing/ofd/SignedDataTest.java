package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.signing.ofd.OfdSamples.PARTIES;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.DLTaggedObject;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// Signatures of type Sign: GB/T 35275 in the forms that are met, and what only looks like one.
class SignedDataTest {
    private static final String GM = "1.2.156.10197.6.1.4.2.";
    private static final String RFC = "1.2.840.113549.1.7.";
    private static final String SM3 = "1.2.156.10197.1.401";

    @Test
    void digestInside_withoutAttributes_passes() {
        for (var algorithm : List.of("1.2.156.10197.1.301.1", "1.2.156.10197.1.501")) {
            var report = verify(description -> plain(sm3(description), algorithm, false));
            assertThat(report.reasons()).as(report.toString()).isEmpty();
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
            var signature = report.signatures().getFirst();
            assertThat(signature.kind()).isEqualTo("OFD-35275");
            assertThat(signature.algorithm()).isEqualTo("SM3withSM2");
            assertThat(signature.claimedTime()).contains(SealParties.NOW);
        }
    }

    @Test
    void digestInside_asBase64_passes() {
        var report = verify(description ->
                plain(java.util.Base64.getEncoder().encode(sm3(description)), "1.2.156.10197.1.301.1", false));
        assertThat(report.reasons()).as(report.toString()).isEmpty();
    }

    @Test
    void attributesInAnyOrder_underEitherNameOfTheContent_pass() {
        for (var prefix : List.of(GM, RFC)) {
            var report = verify(description -> attributes(sm3(description), prefix, false));
            assertThat(report.reasons()).as(report.toString()).isEmpty();
            assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
        }
    }

    @Test
    void rawValue_passesAndIsReported() {
        for (Value value : List.<Value>of(
                description -> plain(sm3(description), "1.2.156.10197.1.301.1", true),
                description -> attributes(sm3(description), GM, true))) {
            var report = verify(value);
            assertThat(report.reasons()).as(report.toString()).isEmpty();
            assertThat(report.signatures().getFirst().checks())
                    .anyMatch(check -> check.found().contains("raw"));
        }
    }

    @Test
    void valueOverAnotherDescription_isTransplanted() {
        var other = sm3(new byte[5]);
        assertThat(verify(description -> plain(other, "1.2.156.10197.1.501", false))
                        .reasons())
                .containsExactly(Flaw.STAMP_TRANSPLANTED);
        assertThat(verify(description -> attributes(other, GM, false)).reasons())
                .containsExactly(Flaw.STAMP_TRANSPLANTED);
    }

    @Test
    void valueFollowedByAByte_isMalformed() {
        var report = verify(description -> {
            var value = attributes(sm3(description), GM, false);
            return java.util.Arrays.copyOf(value, value.length + 1);
        });
        assertThat(report.reasons()).containsExactly(Flaw.CMS_MALFORMED);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
    }

    @Test
    void stampUnderTypeSign_andSignedDataUnderTypeSeal_areNotRead() {
        var stampAsSign = Tampering.of(OfdSamples.STAMPED)
                .edit(Tampering.LIST, xml -> xml.replace("Type=\"Seal\"", "Type=\"Sign\""));
        assertThat(judged(stampAsSign).reasons()).contains(Flaw.CMS_MALFORMED);

        var tampered = described();
        tampered.put(Tampering.VALUE, attributes(sm3(tampered.file(Tampering.SIGNATURE)), GM, false));
        tampered.edit(Tampering.LIST, xml -> xml.replace("Type=\"Sign\"", "Type=\"Seal\""));
        assertThat(judged(tampered).reasons()).containsExactly(Flaw.STAMP_MALFORMED);
    }

    @Test
    void sealDrawnForASignatureThatIsNoStamp_isNotPassed() {
        var tampered = described()
                .edit(
                        Tampering.SIGNATURE,
                        xml -> xml.replace(
                                "</ofd:SignedInfo>",
                                "<ofd:StampAnnot ID=\"1\" PageRef=\"1\" Boundary=\"1 1 9 9\"/></ofd:SignedInfo>"));
        tampered.put(Tampering.VALUE, attributes(sm3(tampered.file(Tampering.SIGNATURE)), GM, false));
        assertThat(judged(tampered).reasons()).containsExactly(Gap.SEAL_NOT_STAMPED);
    }

    @Test
    void signatureStruckOffTheList_isFoundAgain() {
        var tampered = described();
        tampered.put(Tampering.VALUE, attributes(sm3(tampered.file(Tampering.SIGNATURE)), GM, false));
        tampered.edit(Tampering.LIST, xml -> xml.replaceFirst("<ofd:Signature [^>]*/>", ""));
        var report = judged(tampered);
        List<Reason> reasons = report.reasons();
        assertThat(reasons).containsExactly(Flaw.SIGNATURE_LIST_INVALID);
        assertThat(report.signatures()).hasSize(1);
    }

    private interface Value {
        byte[] over(byte[] description);
    }

    private static Report.Judged verify(Value value) {
        var tampered = described();
        return judged(tampered.put(Tampering.VALUE, value.over(tampered.file(Tampering.SIGNATURE))));
    }

    private static Report.Judged judged(Tampering tampered) {
        var report = new OfdVerifier(PARTIES.trust()).verify(tampered.done(), SealParties.NOW);
        assertThat(report).as(report.toString()).isInstanceOf(Report.Judged.class);
        return (Report.Judged) report;
    }

    /// The sample with a signature of type Sign in place of its stamp, the list open.
    private static Tampering described() {
        var tampered = Tampering.of(OfdSamples.STAMPED).remove(Tampering.SEAL);
        tampered.edit(Tampering.LIST, xml -> xml.replace("Type=\"Seal\"", "Type=\"Sign\""));
        return tampered.edit(Tampering.SIGNATURE, xml -> xml.replaceFirst("<ofd:Seal>.*</ofd:Seal>", "")
                .replaceAll("<ofd:StampAnnot [^>]*/>", "")
                .replaceFirst("<ofd:Reference FileRef=\"/" + Tampering.SEAL + "\">.*?</ofd:Reference>", "")
                .replaceFirst("<ofd:Reference FileRef=\"/" + Tampering.LIST + "\">.*?</ofd:Reference>", ""));
    }

    private static byte[] plain(byte[] content, String algorithm, boolean raw) {
        return signedData(GM, Optional.of(content), List.of(), algorithm, content, raw);
    }

    /// In an order that DER would not have.
    private static byte[] attributes(byte[] digest, String prefix, boolean raw) {
        var attributes = List.<ASN1Encodable>of(
                attribute("1.2.840.113549.1.9.4", new DEROctetString(digest)),
                attribute("1.2.840.113549.1.9.3", oid(prefix + "1")));
        var signed = bytes(new DLSet(attributes.toArray(ASN1Encodable[]::new)));
        return signedData(prefix, Optional.empty(), attributes, "1.2.156.10197.1.501", signed, raw);
    }

    private static byte[] signedData(
            String prefix,
            Optional<byte[]> content,
            List<ASN1Encodable> attributes,
            String algorithm,
            byte[] signed,
            boolean raw) {
        Signer signer = PARTIES.authority;
        var value = signer.key().sign(signed);
        var certificate = org.bouncycastle.asn1.x509.Certificate.getInstance(Certificates.der(signer.certificate()));
        var info = new ArrayList<ASN1Encodable>(List.of(
                new ASN1Integer(1),
                new DLSequence(new ASN1Encodable[] {certificate.getIssuer(), certificate.getSerialNumber()}),
                new DLSequence(oid(SM3))));
        if (!attributes.isEmpty()) {
            info.add(new DLTaggedObject(false, 0, new DLSet(attributes.toArray(ASN1Encodable[]::new))));
        }
        info.add(new DLSequence(oid(algorithm)));
        info.add(new DEROctetString(raw ? DsaValue.raw(value) : value));
        var enclosed = content.isPresent()
                ? new DLSequence(new ASN1Encodable[] {
                    oid(prefix + "1"), new DLTaggedObject(true, 0, new DEROctetString(content.get()))
                })
                : new DLSequence(oid(prefix + "1"));
        var data = new DLSequence(new ASN1Encodable[] {
            new ASN1Integer(1),
            new DLSet(new DLSequence(oid(SM3))),
            enclosed,
            new DLTaggedObject(false, 0, new DLSet(certificate)),
            new DLSet(new DLSequence(info.toArray(ASN1Encodable[]::new)))
        });
        return bytes(new DLSequence(new ASN1Encodable[] {oid(prefix + "2"), new DLTaggedObject(true, 0, data)}));
    }

    private static ASN1Encodable attribute(String type, ASN1Encodable value) {
        return new DLSequence(new ASN1Encodable[] {oid(type), new DLSet(value)});
    }

    private static ASN1ObjectIdentifier oid(String id) {
        return new ASN1ObjectIdentifier(id);
    }

    private static byte[] bytes(ASN1Encodable element) {
        try {
            return element.toASN1Primitive().getEncoded("DL");
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sm3(byte[] bytes) {
        return Cryptography.sm3(bytes);
    }
}
