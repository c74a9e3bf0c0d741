package org.yinzheng.signing.xml;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// The certificate that made a signature: the one that the signed properties name, among those in KeyInfo. Without
/// signed properties it is the first. A bare key in KeyInfo is nobody's.
///
/// @param enclosed all certificates in KeyInfo, believed as far as an anchor vouches for them
record SigningCertificate(Check check, Optional<X509Certificate> certificate, List<X509Certificate> enclosed) {
    private static final String STEP = "signing-certificate";
    private static final String CLAUSE = "ETSI EN 319 132-1 §5.2.2";
    private static final int MOST = 20;

    static SigningCertificate find(Element signature, Optional<Element> signedProperties) {
        var enclosed = new ArrayList<X509Certificate>();
        for (var element : Dom.descendants(signature, Names.DS, "X509Certificate").stream()
                .limit(MOST)
                .toList()) {
            var der = Dom.decode(element);
            try {
                if (der.isPresent() && der.get().length > 0 && der.get()[0] == 0x30) {
                    enclosed.add(Certificates.parse(der.get()));
                    continue;
                }
            } catch (InvalidInput notOne) {
                // falls through: one answer for every way of being no certificate
            }
            return none("KeyInfo holds a certificate that is none", Flaw.FORMAT_FAILURE, enclosed);
        }
        if (signedProperties.isEmpty()) {
            return enclosed.isEmpty()
                    ? none("KeyInfo holds no certificate", Gap.NO_SIGNING_CERTIFICATE_FOUND, enclosed)
                    : new SigningCertificate(
                            Check.passed(STEP, Certificates.subject(enclosed.getFirst()), CLAUSE),
                            Optional.of(enclosed.getFirst()),
                            enclosed);
        }
        var named = Dom.only(signedProperties.get(), Names.XADES, "SignedSignatureProperties")
                .flatMap(properties -> Dom.only(properties, Names.XADES, "SigningCertificateV2")
                        .or(() -> Dom.only(properties, Names.XADES, "SigningCertificate")))
                .flatMap(
                        list -> Dom.children(list, Names.XADES, "Cert").stream().findFirst())
                .flatMap(certificate -> Dom.only(certificate, Names.XADES, "CertDigest"));
        if (named.isEmpty()) {
            return none("the signed properties name no certificate", Flaw.FORMAT_FAILURE, enclosed);
        }
        var method = Dom.only(named.get(), Names.DS, "DigestMethod")
                .flatMap(one -> XmlAlgorithms.digestName(one.getAttribute("Algorithm")));
        var value = Dom.only(named.get(), Names.DS, "DigestValue").flatMap(Dom::decode);
        if (method.isEmpty() || value.isEmpty()) {
            return none("the certificate is named by a digest that is not known", Gap.ALGORITHM_UNKNOWN, enclosed);
        }
        for (var certificate : enclosed) {
            var digest = Cryptography.digest(method.get()).digest(Certificates.der(certificate));
            if (Arrays.equals(digest, value.get())) {
                return new SigningCertificate(
                        Check.passed(STEP, Certificates.subject(certificate), CLAUSE),
                        Optional.of(certificate),
                        enclosed);
            }
        }
        return enclosed.isEmpty()
                ? none("KeyInfo holds no certificate", Gap.NO_SIGNING_CERTIFICATE_FOUND, enclosed)
                : none("the signed properties name another certificate", Flaw.FORMAT_FAILURE, enclosed);
    }

    private static SigningCertificate none(
            String why, org.yinzheng.signing.verdict.Reason reason, List<X509Certificate> enclosed) {
        return new SigningCertificate(Check.failed(STEP, why, CLAUSE, reason), Optional.empty(), List.copyOf(enclosed));
    }
}
