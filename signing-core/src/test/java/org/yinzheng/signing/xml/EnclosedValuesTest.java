package org.yinzheng.signing.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.signing.certificate.TestPki.DAY;
import static org.yinzheng.signing.certificate.TestPki.NOW;

import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.TestPki;
import org.yinzheng.signing.certificate.TestPki.Party;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;

/// Revocation data in the unsigned properties of XAdES, in KeyInfo, and with a timestamp.
class EnclosedValuesTest {
    private static final String REVOCATION = "<x:RevocationValues>%s</x:RevocationValues>";
    private static final String OF_TIMESTAMP =
            "<y:TimeStampValidationData>" + REVOCATION + "</y:TimeStampValidationData>";
    private static final String LIST = "<x:CRLValues>%s</x:CRLValues>";
    private static final String STATUS = "<x:OCSPValues>%s</x:OCSPValues>";

    private final TestPki pki = new TestPki(KeyKind.P_256);
    private final Party root = pki.root("root");
    private final Party signer = pki.leaf(root, "signer", TestPki.publishing("http://crl.example.cn/"));

    @ParameterizedTest
    @ValueSource(strings = {REVOCATION, OF_TIMESTAMP})
    void listOrResponseOfTheIssuer_counts(String place) {
        assertThat(reasons(place.formatted(""))).containsExactly(Gap.TRY_LATER);
        assertThat(reasons(place.formatted(LIST.formatted(crl(root))))).isEmpty();
        assertThat(reasons(place.formatted(STATUS.formatted(ocsp(root, CertificateStatus.GOOD)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {REVOCATION, OF_TIMESTAMP})
    void forgedOrStaleOrRevoking_isJudgedByItsIssuersWord(String place) {
        var stranger = pki.root("root");
        assertThat(reasons(place.formatted(
                        LIST.formatted(crl(stranger)) + STATUS.formatted(ocsp(stranger, CertificateStatus.GOOD)))))
                .containsExactly(Gap.TRY_LATER);
        var stale = TestPki.crl(root, NOW.minus(DAY.multipliedBy(2)), NOW.minus(DAY), TestPki.none());
        assertThat(reasons(place.formatted(LIST.formatted(list(Certificates.der(stale))))))
                .containsExactly(Gap.TRY_LATER);
        var revoked = new RevokedStatus(Date.from(NOW.minus(DAY)), 1);
        assertThat(reasons(place.formatted(STATUS.formatted(ocsp(root, revoked)))))
                .containsExactly(Flaw.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "MAA=", "MAMCAQU="})
    void whatCannotBeRead_isAsGoodAsNotThere(String value) {
        var junk = "<x:EncapsulatedCRLValue>%s</x:EncapsulatedCRLValue>".formatted(value);
        assertThat(reasons(REVOCATION.formatted(LIST.formatted(junk)))).containsExactly(Gap.TRY_LATER);
        assertThat(reasons(REVOCATION.formatted(LIST.formatted(junk + crl(root)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60})
    void moreThanAreLookedAt_sayNothing(int strangers) {
        var many = Collections.nCopies(strangers, crl(pki.root("stranger"))).stream()
                .collect(Collectors.joining());
        var reasons = reasons(REVOCATION.formatted(LIST.formatted(many + crl(root))));
        assertThat(reasons).isEqualTo(strangers > 50 ? List.of(Gap.TRY_LATER) : List.of());
    }

    @Test
    void listInKeyInfo_counts() {
        var list = Base64.getEncoder().encodeToString(Certificates.der(TestPki.crl(root)));
        var signed = signed();
        var end = "</ds:X509Data>";
        assertThat(signed).contains(end);
        assertThat(verify(signed.replace(end, "<ds:X509CRL>" + list + "</ds:X509CRL>" + end)))
                .isEmpty();
    }

    private List<Reason> reasons(String properties) {
        var end = "</xades:QualifyingProperties>";
        var signed = signed();
        assertThat(signed).contains(end);
        return verify(signed.replace(end, """
                        <x:UnsignedProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#"
                            xmlns:y="http://uri.etsi.org/01903/v1.4.1#"><x:UnsignedSignatureProperties>%s\
                        </x:UnsignedSignatureProperties></x:UnsignedProperties>""".formatted(properties) + end));
    }

    private String signed() {
        var stamp = XmlStamp.baseline(new Signer(signer.key(), List.of(signer.certificate())), NOW);
        return XmlParties.text(new XmlStamper(Optional.empty())
                .stamp(XmlParties.licence(), stamp)
                .document());
    }

    private List<Reason> verify(String document) {
        var report = new XmlVerifier(TestPki.trust(root)).verify(XmlParties.xml(document), NOW);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        return List.copyOf(report.reasons());
    }

    private static String crl(Party issuer) {
        return list(Certificates.der(TestPki.crl(issuer)));
    }

    private static String list(byte[] der) {
        return "<x:EncapsulatedCRLValue>" + Base64.getMimeEncoder().encodeToString(der) + "</x:EncapsulatedCRLValue>";
    }

    private String ocsp(Party responder, CertificateStatus status) {
        var der = TestPki.ocsp(responder, signer, responder, status);
        return "<x:EncapsulatedOCSPValue>" + Base64.getMimeEncoder().encodeToString(der) + "</x:EncapsulatedOCSPValue>";
    }
}
