package org.yinzheng.signing.xml;

import java.security.PublicKey;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Element;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyStrength;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

/// Judges one signature: its shape, the mathematics, what it refers to, the signer. Santuario canonicalises, and only
/// after everything that steers it was found to be as expected.
final class XmlSignatureJudge {
    private static final String SHAPE = "XMLDSig 1.1 §4";
    private static final String VALUE = "XMLDSig 1.1 §3.2.2";
    /// Parts of KeyInfo that change nothing by being there.
    private static final Set<String> KEY_PARTS = Set.of(
            "X509Data",
            "KeyName",
            "KeyValue",
            "DEREncodedKeyValue",
            "X509Certificate",
            "X509IssuerSerial",
            "X509SubjectName",
            "X509SKI",
            "X509CRL",
            "X509Digest");

    private final Trust trust;
    private final Instant at;
    private final Element root;
    private final Ids ids;
    private final Optional<Original> original;
    private final Budget budget;

    XmlSignatureJudge(Trust trust, Instant at, Element root, Ids ids, Optional<Original> original, Budget budget) {
        this.trust = trust;
        this.at = at;
        this.root = root;
        this.ids = ids;
        this.original = original;
        this.budget = budget;
    }

    /// @param scope what of the document it covers, when it is intact
    /// @param content what the signed bytes say, when they are intact and the whole document
    record Judgement(SignatureReport report, Scope scope, Optional<SignedContent> content) {}

    Judgement judge(Element element) {
        SignatureElement signature;
        Optional<Element> qualifying;
        try {
            signature = SignatureElement.read(element);
            qualifying = signature.qualifyingProperties();
        } catch (SignatureElement.Misshapen e) {
            var check = Check.failed("signature-shape", e.why(), SHAPE, Flaw.FORMAT_FAILURE);
            return new Judgement(malformed(element, check), Scope.NOTHING, Optional.empty());
        }
        var checks = new ArrayList<Check>();
        checks.add(Check.passed("signature-shape", "the parts of a signature, in their order", SHAPE));
        var scheme = scheme(signature, checks);
        var holds = new Memo(signature, scheme);
        var references = new References(root, ids, original, budget);
        var properties = qualifying.flatMap(one -> Dom.xades(one, "SignedProperties"));
        var signer = SigningCertificate.find(
                signature.keyInfo(), properties, keyInfo -> isReferredTo(signature, keyInfo), holds::with);
        checks.add(signer.check());
        var right = value(scheme, signer, holds, checks);
        // the signature first: what it refers to is looked up only when its signer said so, or nobody knows the signer
        if (right.orElse(true)) {
            references.judge(signature);
            checks.addAll(references.checks());
            properties.flatMap(one -> unsigned(one, references)).ifPresent(checks::add);
        }
        leftovers(signature, references).ifPresent(checks::add);
        qualifying.ifPresent(one -> checks.addAll(UnsignedProperties.checks(one, signature)));
        var values = EnclosedValues.of(signature, qualifying);
        var others = new ArrayList<>(signer.enclosed());
        others.addAll(values.certificates());
        var evidence = values.with(trust, others, at);
        var proven =
                qualifying.flatMap(one -> UnsignedProperties.timestamps(one, signature, others, evidence, at, checks));
        var claimed = properties.flatMap(XmlSignatureJudge::signingTime);
        var uses = uses(signature, scheme);
        if (signer.certificate().isPresent()) {
            var moment = new Moment(claimed.orElse(at), proven, at);
            checks.addAll(PathCheck.check(signer.certificate().get(), others, evidence, moment, uses));
        } else {
            signer.key().ifPresent(key -> uses.add(new Use.OfKey("the bare key", key)));
            checks.add(trust.policy().check(uses, proven.orElse(at)));
        }
        var intact = Integrity.of(checks, right.orElse(false) && references.agrees());
        var scope = intact == Integrity.INTACT ? Scope.of(root, signature, references) : Scope.NOTHING;
        var report = new SignatureReport(
                signature.id(),
                qualifying.isPresent() ? "XAdES" : "XMLDSig",
                signer.certificate().map(Certificates::subject).orElse(""),
                scheme.map(SignatureScheme::jcaName).orElse(signature.method().getAttribute("Algorithm")),
                claimed,
                proven,
                intact,
                scope.text(),
                Optional.empty(),
                checks);
        return new Judgement(
                report,
                scope,
                scope.isWhole() ? references.whole().flatMap(XmlSignatureJudge::content) : Optional.empty());
    }

    private static SignatureReport malformed(Element signature, Check check) {
        return new SignatureReport(
                signature.getAttribute("Id"),
                "XMLDSig",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Integrity.of(List.of(check), false),
                Scope.NOTHING.text(),
                Optional.empty(),
                List.of(check));
    }

    /// Read from the very bytes that were digested, and not from the tree around them.
    private static Optional<SignedContent> content(byte[] signed) {
        try {
            return LicenceXml.content(XmlInput.read(signed).document().getDocumentElement());
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static Optional<SignatureScheme> scheme(SignatureElement signature, List<Check> checks) {
        var uri = signature.method().getAttribute("Algorithm");
        var scheme = XmlAlgorithms.scheme(signature.method());
        if (scheme.isPresent()) {
            checks.add(Check.passed("algorithms", scheme.get().toString(), VALUE));
        } else if (XmlAlgorithms.isMac(uri)) {
            checks.add(Check.failed(
                    "algorithms",
                    "a MAC: whoever can check it can make it, so that it is no signature",
                    VALUE,
                    Gap.SIGNATURE_KIND_UNKNOWN));
        } else {
            checks.add(Check.failed("algorithms", "unknown: " + uri, VALUE, Gap.ALGORITHM_UNKNOWN));
        }
        return scheme;
    }

    /// @return empty when it could not be computed
    private static Optional<Boolean> value(
            Optional<SignatureScheme> scheme, SigningCertificate signer, Memo holds, List<Check> checks) {
        if (scheme.isEmpty() || signer.key().isEmpty()) {
            return Optional.empty();
        }
        var key = signer.key().get();
        if (KeyStrength.of(key).isEmpty()) {
            checks.add(Check.failed("signature-value", "a key of an unknown kind", VALUE, Gap.ALGORITHM_UNKNOWN));
            return Optional.empty();
        }
        if (holds.octets().isEmpty()) {
            checks.add(Check.failed(
                    "signature-value",
                    "an unknown canonicalisation of the signed information",
                    VALUE,
                    Gap.ALGORITHM_UNKNOWN));
            return Optional.empty();
        }
        var right = holds.with(key);
        checks.add(
                right
                        ? Check.passed("signature-value", scheme.get().toString(), VALUE)
                        : Check.failed(
                                "signature-value", "it does not verify with the key", VALUE, Flaw.SIG_CRYPTO_FAILURE));
        return Optional.of(right);
    }

    /// Whether a signature value holds with a key, computed once for each.
    static final class Memo {
        private final SignatureElement signature;
        private final Optional<SignatureScheme> scheme;
        private final Optional<byte[]> octets;
        private final Map<PublicKey, Boolean> known = new HashMap<>();

        Memo(SignatureElement signature, Optional<SignatureScheme> scheme) {
            this.signature = signature;
            this.scheme = scheme;
            octets = canonical(signature);
        }

        Optional<byte[]> octets() {
            return octets;
        }

        boolean with(PublicKey key) {
            return known.computeIfAbsent(key, this::verifies);
        }

        private boolean verifies(PublicKey key) {
            var value = Dom.decode(signature.value());
            if (scheme.isEmpty() || octets.isEmpty() || value.isEmpty()) {
                return false;
            }
            return XmlAlgorithms.fromXml(scheme.get(), value.get())
                    .filter(encoded -> scheme.get().verify(key, octets.get(), encoded))
                    .isPresent();
        }

        private static Optional<byte[]> canonical(SignatureElement signature) {
            var method = signature.canonicalization().getAttribute("Algorithm");
            if (!TransformRules.CANONICAL.contains(method)) {
                return Optional.empty();
            }
            try {
                return Optional.of(Dom.canonical(
                        signature.signedInfo(), method, TransformRules.prefixes(signature.canonicalization())));
            } catch (XMLSecurityException e) {
                return Optional.empty();
            }
        }
    }

    private static boolean isReferredTo(SignatureElement signature, Element part) {
        return part.hasAttribute("Id")
                && signature.references().stream()
                        .anyMatch(one -> one.getAttribute("URI").equals("#" + part.getAttribute("Id")));
    }

    /// SignedProperties that are not signed are a forgery of the time and the certificate.
    private static Optional<Check> unsigned(Element properties, References references) {
        return !references.agrees() || references.covered().contains(properties)
                ? Optional.empty()
                : Optional.of(Check.failed(
                        "reference-policy",
                        "the signed properties are not signed",
                        "ETSI EN 319 132-1 §6.3",
                        Flaw.SIGNED_ATTRIBUTES_INCOMPLETE));
    }

    /// KeyInfo may hold anything, and Objects, too: what is not covered, and not looked at, is said.
    private static Optional<Check> leftovers(SignatureElement signature, References references) {
        var keyInfo = signature
                .keyInfo()
                .filter(one -> SignatureElement.hasText(one)
                        || Dom.children(one).stream().anyMatch(XmlSignatureJudge::isStrange));
        var carriesMore = references.agrees() && Scope.carriesMore(signature, references);
        if (keyInfo.isEmpty() && !carriesMore) {
            return Optional.empty();
        }
        var found = carriesMore
                ? "the signature carries an Object that it does not cover"
                : "KeyInfo holds something that is neither certificate nor key, and is not looked at";
        return Optional.of(Check.failed("coverage", found, "XMLDSig 1.1 §4.5", Gap.NOT_ALL_CONTENT_COVERED));
    }

    private static boolean isStrange(Element part) {
        if (!KEY_PARTS.contains(part.getLocalName())) {
            return true;
        }
        return part.getLocalName().equals("X509Data")
                && (SignatureElement.hasText(part)
                        || Dom.children(part).stream().anyMatch(inner -> !KEY_PARTS.contains(inner.getLocalName())));
    }

    private static List<Use> uses(SignatureElement signature, Optional<SignatureScheme> scheme) {
        var uses = new ArrayList<Use>();
        var names = new HashSet<String>();
        for (var reference : signature.references()) {
            Dom.only(reference, Names.DS, "DigestMethod")
                    .flatMap(method -> XmlAlgorithms.digestName(method.getAttribute("Algorithm")))
                    .filter(names::add)
                    .ifPresent(name -> uses.add(new Use.OfDigest("the signed content", name)));
        }
        scheme.ifPresent(one -> uses.add(new Use.OfScheme("the signature", one)));
        return uses;
    }

    private static Optional<Instant> signingTime(Element signedProperties) {
        return Dom.xades(signedProperties, "SignedSignatureProperties")
                .flatMap(properties -> Dom.xades(properties, "SigningTime"))
                .flatMap(time -> instant(time.getTextContent().strip()));
    }

    /// xsd:dateTime; without a zone it is taken for UTC, as it is a claim only.
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            try {
                return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            } catch (DateTimeParseException neither) {
                return Optional.empty();
            }
        }
    }
}
