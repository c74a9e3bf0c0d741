package org.yinzheng.signing.xml;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Element;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.time.TimestampResult;
import org.yinzheng.signing.time.TimestampToken;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// What a signature carries without covering it. Anybody may add to it, so that only what proves itself counts: a
/// timestamp over the value, a counter-signature over the value, and of [EnclosedValues] what an issuer signed. Other
/// evidence for long-term levels is let be; nothing is concluded from it.
final class UnsignedProperties {
    private static final String CLAUSE = "ETSI EN 319 132-1 §5.3";
    private static final int MOST_TIMESTAMPS = 5;
    private static final Set<String> EVIDENCE = Set.of(
            "CertificateValues",
            "RevocationValues",
            "CompleteCertificateRefs",
            "CompleteCertificateRefsV2",
            "CompleteRevocationRefs",
            "AttributeCertificateRefs",
            "AttributeCertificateRefsV2",
            "AttributeRevocationRefs",
            "AttrAuthoritiesCertValues",
            "AttributeRevocationValues",
            "SigAndRefsTimeStamp",
            "SigAndRefsTimeStampV2",
            "RefsOnlyTimeStamp",
            "RefsOnlyTimeStampV2",
            "ArchiveTimeStamp",
            "ArchiveTimeStampV2",
            "TimeStampValidationData");

    private UnsignedProperties() {}

    static List<Check> checks(Element qualifying, SignatureElement signature) {
        var checks = new ArrayList<Check>();
        for (var group : unsigned(qualifying)) {
            if (!Names.isXades(group, "UnsignedSignatureProperties")) {
                checks.add(strange(group));
                continue;
            }
            for (var property : Dom.children(group)) {
                if (Names.isXades(property, "CounterSignature")) {
                    checks.add(CounterSignatures.check(property, signature));
                } else if (!Names.isXades(property, "SignatureTimeStamp")
                        && !EVIDENCE.contains(property.getLocalName())) {
                    checks.add(strange(property));
                }
            }
        }
        return checks;
    }

    /// @return the earliest time that is proven
    static Optional<Instant> timestamps(
            Element qualifying,
            SignatureElement signature,
            List<X509Certificate> others,
            Trust trust,
            Instant at,
            List<Check> checks) {
        var found = unsigned(qualifying).stream()
                .flatMap(group -> Dom.children(group).stream())
                .filter(property -> Names.isXades(property, "SignatureTimeStamp"))
                .toList();
        if (found.size() > MOST_TIMESTAMPS) {
            checks.add(Check.failed("timestamp-form", "too many timestamps", CLAUSE, Gap.TOO_COMPLEX));
            return Optional.empty();
        }
        return found.stream()
                .flatMap(element -> judge(signature, element, others, trust, at, checks).stream())
                .min(Instant::compareTo);
    }

    private static Optional<Instant> judge(
            SignatureElement signature,
            Element timestamp,
            List<X509Certificate> others,
            Trust trust,
            Instant at,
            List<Check> checks) {
        var method = Dom.only(timestamp, Names.DS, "CanonicalizationMethod")
                .map(one -> one.getAttribute("Algorithm"))
                .orElse(Names.INCLUSIVE); // the default of EN 319 132-1 §4.5
        var token = Dom.xades(timestamp, "EncapsulatedTimeStamp").flatMap(Dom::decode);
        if (token.isEmpty() || !TransformRules.CANONICAL.contains(method)) {
            checks.add(Check.failed("timestamp-form", "no token that can be read", CLAUSE, Flaw.TIMESTAMP_INVALID));
            return Optional.empty();
        }
        try {
            var stamped = Dom.canonical(signature.value(), method);
            var result = TimestampToken.parse(DocumentBytes.owning(token.get()))
                    .judge(SignedBytes.of(DocumentBytes.owning(stamped)), others, trust, Optional.empty(), at);
            checks.addAll(result.checks());
            return result instanceof TimestampResult.Proven proven ? Optional.of(proven.time()) : Optional.empty();
        } catch (InvalidInput | XMLSecurityException e) {
            checks.add(Check.failed("timestamp-form", "no token that can be read", CLAUSE, Flaw.TIMESTAMP_INVALID));
            return Optional.empty();
        }
    }

    /// The groups within UnsignedProperties.
    private static List<Element> unsigned(Element qualifying) {
        return Dom.xades(qualifying, "UnsignedProperties").map(Dom::children).orElse(List.of());
    }

    private static Check strange(Element property) {
        return Check.failed(
                "unsigned-properties",
                "not looked at: " + property.getLocalName(),
                "ETSI EN 319 132-1 §5.2.7",
                Gap.NOT_ALL_CONTENT_COVERED);
    }
}
