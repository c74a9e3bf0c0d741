package org.yinzheng.signing.xml;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.Trust;

/// Certificates and revocation data that a signature carries beside what it covers (ETSI EN 319 132-1 §5.4, annex A.1,
/// and those of its timestamps): anybody may have added them, and nothing tells since when they are there. Each counts
/// for what its issuer signed; what cannot be read is as good as not there.
record EnclosedValues(List<X509Certificate> certificates, RevocationData revocation) {
    private static final int MOST_CERTIFICATES = 20;

    EnclosedValues {
        certificates = List.copyOf(certificates);
    }

    static EnclosedValues of(SignatureElement signature, Optional<Element> qualifying) {
        var values = qualifying.map(EnclosedValues::groups).orElse(List.of());
        var lists = Stream.concat(
                values(values, "RevocationValues", "CRLValues")
                        .flatMap(group -> Dom.children(group).stream())
                        .filter(value -> Names.isXades(value, "EncapsulatedCRLValue")),
                signature.keyInfo().stream().flatMap(one -> Dom.descendants(one, Names.DS, "X509CRL").stream()));
        var responses = values(values, "RevocationValues", "OCSPValues")
                .flatMap(group -> Dom.children(group).stream())
                .filter(value -> Names.isXades(value, "EncapsulatedOCSPValue"));
        return new EnclosedValues(
                values(values, "CertificateValues", "EncapsulatedX509Certificate")
                        .limit(MOST_CERTIFICATES)
                        .flatMap(value -> SigningCertificate.certificate(value).stream())
                        .toList(),
                RevocationData.read(decoded(lists), decoded(responses)));
    }

    /// The operator's trust with it, as far as it can still be believed.
    ///
    /// @param others certificates that are known beside
    Trust with(Trust trust, List<X509Certificate> others, Instant at) {
        var issuers = Stream.concat(trust.issuers().stream(), others.stream()).toList();
        return trust.with(revocation.usable(issuers, one -> at));
    }

    /// The unsigned properties, and those within TimeStampValidationData.
    private static List<Element> groups(Element qualifying) {
        var properties = Dom.xades(qualifying, "UnsignedProperties").stream()
                .flatMap(unsigned -> Dom.children(unsigned).stream())
                .flatMap(group -> Dom.children(group).stream())
                .toList();
        var ofTimestamps = properties.stream()
                .filter(one -> Names.isXades(one, "TimeStampValidationData"))
                .flatMap(one -> Dom.children(one).stream());
        return Stream.concat(properties.stream(), ofTimestamps).toList();
    }

    private static Stream<Element> values(List<Element> groups, String group, String name) {
        return groups.stream()
                .filter(one -> Names.isXades(one, group))
                .flatMap(one -> Dom.children(one).stream())
                .filter(one -> Names.isXades(one, name));
    }

    private static List<byte[]> decoded(Stream<Element> values) {
        return values.limit(RevocationData.MOST)
                .flatMap(value -> Dom.decode(value).stream())
                .toList();
    }
}
