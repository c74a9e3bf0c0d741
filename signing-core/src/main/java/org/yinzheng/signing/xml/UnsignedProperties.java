package org.yinzheng.signing.xml;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
/// timestamp does. What is not judged here (a counter-signature, evidence for long-term levels) is named, and
/// nothing is concluded from it.
final class UnsignedProperties {
    private static final String CLAUSE = "ETSI EN 319 132-1 §5.3";
    private static final int MOST_TIMESTAMPS = 5;

    private UnsignedProperties() {}

    static Optional<Check> check(Element signature) {
        return unsigned(signature)
                .flatMap(UnsignedProperties::unjudged)
                .map(name -> Check.failed(
                        "unsigned-properties",
                        "not judged: " + name,
                        "ETSI EN 319 132-1 §5.2.7",
                        Gap.NOT_ALL_CONTENT_COVERED));
    }

    /// @return the earliest time that is proven
    static Optional<Instant> timestamps(
            Element signature, List<X509Certificate> others, Trust trust, Instant at, List<Check> checks) {
        var found = unsigned(signature).stream()
                .flatMap(list -> Dom.descendants(list, Names.XADES, "SignatureTimeStamp").stream())
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
            Element signature,
            Element timestamp,
            List<X509Certificate> others,
            Trust trust,
            Instant at,
            List<Check> checks) {
        var method = Dom.only(timestamp, Names.DS, "CanonicalizationMethod")
                .map(one -> one.getAttribute("Algorithm"))
                .orElse(Names.INCLUSIVE); // the default of EN 319 132-1 §4.5
        var token = Dom.only(timestamp, Names.XADES, "EncapsulatedTimeStamp").flatMap(Dom::decode);
        if (token.isEmpty() || !References.CANONICAL.contains(method)) {
            checks.add(Check.failed("timestamp-form", "no token that can be read", CLAUSE, Flaw.TIMESTAMP_INVALID));
            return Optional.empty();
        }
        try {
            var stamped = Dom.canonical(Dom.children(signature).get(1), method);
            var result = TimestampToken.parse(DocumentBytes.owning(token.get()))
                    .judge(SignedBytes.of(DocumentBytes.owning(stamped)), others, trust, Optional.empty(), at);
            checks.addAll(result.checks());
            return result instanceof TimestampResult.Proven proven ? Optional.of(proven.time()) : Optional.empty();
        } catch (InvalidInput | XMLSecurityException e) {
            checks.add(Check.failed("timestamp-form", "no token that can be read", CLAUSE, Flaw.TIMESTAMP_INVALID));
            return Optional.empty();
        }
    }

    private static Optional<Element> unsigned(Element signature) {
        return References.signedProperties(signature)
                .map(signed -> (Element) signed.getParentNode())
                .flatMap(qualifying -> Dom.only(qualifying, Names.XADES, "UnsignedProperties"));
    }

    private static Optional<String> unjudged(Element unsigned) {
        for (var group : Dom.children(unsigned)) {
            if (!Dom.is(group, Names.XADES, "UnsignedSignatureProperties")) {
                return Optional.of(group.getLocalName());
            }
            for (var property : Dom.children(group)) {
                if (!Dom.is(property, Names.XADES, "SignatureTimeStamp")) {
                    return Optional.of(property.getLocalName());
                }
            }
        }
        return Optional.empty();
    }
}
