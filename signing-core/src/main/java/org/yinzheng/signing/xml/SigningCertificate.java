package org.yinzheng.signing.xml;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.w3c.dom.Element;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// The certificate that made a signature: the one that the signed properties name, among those in KeyInfo. Without
/// such properties it is the one whose key the value verifies with. A bare key in KeyInfo is nobody's.
///
/// @param key of the certificate, or a bare one
/// @param enclosed all certificates in KeyInfo, believed as far as an anchor vouches for them
record SigningCertificate(
        Check check, Optional<X509Certificate> certificate, Optional<PublicKey> key, List<X509Certificate> enclosed) {
    private static final String STEP = "signing-certificate";
    private static final String CLAUSE = "ETSI EN 319 132-1 §5.2.2";
    private static final int MOST = 20;

    /// @param covered whether KeyInfo itself is signed, and so names the certificate
    /// @param verifies whether the signature value holds with a key
    static SigningCertificate find(
            Optional<Element> keyInfo,
            Optional<Element> signedProperties,
            Predicate<Element> covered,
            Predicate<PublicKey> verifies) {
        var enclosed = keyInfo.map(SigningCertificate::certificates).orElse(List.of());
        if (enclosed.isEmpty()) {
            var check = failed("no certificate in KeyInfo", Gap.NO_SIGNING_CERTIFICATE_FOUND);
            return new SigningCertificate(check, Optional.empty(), keyInfo.flatMap(KeyValues::only), enclosed);
        }
        var named = signedProperties.map(SigningCertificate::named).orElse(List.of());
        if (named.isEmpty()) {
            var signer = preferred(enclosed, verifies);
            return keyInfo.filter(covered).isPresent()
                    ? of(signer, enclosed, passed(signer))
                    : of(
                            signer,
                            enclosed,
                            failed("nothing that is signed names the certificate", Gap.SIGNING_CERTIFICATE_UNNAMED));
        }
        var meant = enclosed.stream()
                .filter(certificate -> named.stream().anyMatch(one -> isOf(one, certificate)))
                .toList();
        if (!meant.isEmpty()) {
            var signer = preferred(meant, verifies); // some name the whole chain
            return of(signer, enclosed, passed(signer));
        }
        var known = named.stream().allMatch(one -> digestName(one).isPresent());
        return of(
                enclosed.getFirst(),
                enclosed,
                known
                        ? failed("the signed properties name another certificate", Flaw.SIGNING_CERTIFICATE_MISMATCH)
                        : failed(
                                "the certificate is named by a digest that is not known",
                                Gap.SIGNING_CERTIFICATE_UNNAMED));
    }

    private static X509Certificate preferred(List<X509Certificate> candidates, Predicate<PublicKey> verifies) {
        return candidates.stream()
                .filter(one -> verifies.test(one.getPublicKey()))
                .findFirst()
                .orElse(candidates.getFirst());
    }

    private static SigningCertificate of(X509Certificate signer, List<X509Certificate> enclosed, Check check) {
        return new SigningCertificate(check, Optional.of(signer), Optional.of(signer.getPublicKey()), enclosed);
    }

    /// Those that can be read.
    static List<X509Certificate> certificates(Element keyInfo) {
        var certificates = new ArrayList<X509Certificate>();
        Dom.descendants(keyInfo, Names.DS, "X509Certificate").stream()
                .limit(MOST)
                .forEach(element -> certificate(element).ifPresent(certificates::add));
        return List.copyOf(certificates);
    }

    static Optional<X509Certificate> certificate(Element base64) {
        try {
            return Dom.decode(base64)
                    .filter(der -> der.length > 0 && der[0] == 0x30)
                    .map(Certificates::parse);
        } catch (InvalidInput notOne) {
            return Optional.empty();
        }
    }

    /// The CertDigest elements, in either version of the property.
    private static List<Element> named(Element signedProperties) {
        return Dom.xades(signedProperties, "SignedSignatureProperties")
                .flatMap(properties -> Dom.xades(properties, "SigningCertificateV2")
                        .or(() -> Dom.xades(properties, "SigningCertificate")))
                .stream()
                .flatMap(list -> Dom.children(list).stream())
                .flatMap(certificate -> Dom.xades(certificate, "CertDigest").stream())
                .toList();
    }

    private static Optional<String> digestName(Element named) {
        return Dom.only(named, Names.DS, "DigestMethod")
                .flatMap(method -> XmlAlgorithms.digestName(method.getAttribute("Algorithm")));
    }

    private static boolean isOf(Element named, X509Certificate certificate) {
        var name = digestName(named);
        var value = Dom.only(named, Names.DS, "DigestValue").flatMap(Dom::decode);
        return name.isPresent()
                && value.isPresent()
                && Arrays.equals(Cryptography.digest(name.get()).digest(Certificates.der(certificate)), value.get());
    }

    private static Check passed(X509Certificate certificate) {
        return Check.passed(STEP, Certificates.subject(certificate), CLAUSE);
    }

    private static Check failed(String found, Reason reason) {
        return Check.failed(STEP, found, CLAUSE, reason);
    }
}
