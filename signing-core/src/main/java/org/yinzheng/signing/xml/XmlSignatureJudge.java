package org.yinzheng.signing.xml;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.SignedInfo;
import org.apache.xml.security.signature.XMLSignature;
import org.w3c.dom.Element;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

/// Judges one signature that is a child of the root: its shape, what it refers to, the mathematics, the signer.
/// Santuario canonicalises and computes digests, and only after everything that steers it was found to be as expected.
final class XmlSignatureJudge {
    private static final String DIGESTS = "XMLDSig 1.1 §3.2.1";
    private static final String VALUE = "XMLDSig 1.1 §3.2.2";

    /// What is wrong with whom or when, and does not change the document.

    private final Trust trust;
    private final Instant at;

    XmlSignatureJudge(Trust trust, Instant at) {
        this.trust = trust;
        this.at = at;
    }

    /// @param content what the signed bytes say, when they are intact
    record Judgement(SignatureReport report, Optional<SignedContent> content) {}

    Judgement judge(Element signature) {
        var checks = new ArrayList<Check>();
        var fault = Shape.fault(signature);
        if (fault.isPresent()) {
            checks.add(Check.failed("signature-shape", fault.get(), "XMLDSig 1.1 §4", Flaw.FORMAT_FAILURE));
            return new Judgement(report(signature, "", Optional.empty(), "", checks), Optional.empty());
        }
        checks.add(Check.passed("signature-shape", "nothing that has no meaning there", "XMLDSig 1.1 §4"));
        var references = References.read(signature);
        checks.add(references.check());
        var properties = References.signedProperties(signature);
        var certificate = SigningCertificate.find(signature, properties);
        checks.add(certificate.check());
        var uri = Dom.descendants(signature, Names.DS, "SignatureMethod")
                .getFirst()
                .getAttribute("Algorithm");
        var scheme = XmlAlgorithms.scheme(uri);
        if (scheme.isEmpty()) {
            checks.add(
                    XmlAlgorithms.isMac(uri)
                            ? Check.failed("signature-value", "a MAC is no signature", VALUE, Flaw.FORMAT_FAILURE)
                            : Check.failed(
                                    "signature-value",
                                    "an algorithm that is too weak or not known",
                                    VALUE,
                                    Gap.ALGORITHM_UNKNOWN));
        }
        var content = Optional.<SignedContent>empty();
        if (scheme.isPresent() && references.document().isPresent()) {
            content = mathematics(signature, scheme.get(), references, certificate, checks);
        }
        var claimed = properties.flatMap(XmlSignatureJudge::signingTime);
        UnsignedProperties.check(signature).ifPresent(checks::add);
        var proven = UnsignedProperties.timestamps(signature, certificate.enclosed(), trust, at, checks);
        certificate
                .certificate()
                .ifPresent(signer -> checks.addAll(PathCheck.check(
                        signer,
                        certificate.enclosed(),
                        trust,
                        new Moment(claimed.orElse(at), proven, at),
                        uses(signature, scheme))));
        var report = report(
                signature,
                certificate.certificate().map(Certificates::subject).orElse(""),
                claimed,
                scheme.map(SignatureScheme::jcaName).orElse(""),
                checks);
        return new Judgement(report, report.integrity() == Integrity.INTACT ? content : Optional.empty());
    }

    private static List<Use> uses(Element signature, Optional<SignatureScheme> scheme) {
        var uses = new ArrayList<Use>();
        Dom.descendants(Dom.children(signature).getFirst(), Names.DS, "DigestMethod").stream()
                .flatMap(method -> XmlAlgorithms.digestName(method.getAttribute("Algorithm")).stream())
                .distinct()
                .forEach(name -> uses.add(new Use.OfDigest("the signed content", name)));
        scheme.ifPresent(one -> uses.add(new Use.OfScheme("the signature", one)));
        return uses;
    }

    private static Optional<SignedContent> mathematics(
            Element signature,
            SignatureScheme scheme,
            References references,
            SigningCertificate certificate,
            List<Check> checks) {
        try {
            var signedInfo = new XMLSignature(signature, "", true).getSignedInfo();
            // the signature first: what it refers to is looked up only when its signer said so
            var right = certificate
                    .certificate()
                    .map(signer -> verifies(signature, scheme, signer.getPublicKey(), signedInfo));
            if (right.isPresent()) {
                checks.add(
                        right.get()
                                ? Check.passed("signature-value", scheme.jcaName(), VALUE)
                                : Check.failed(
                                        "signature-value",
                                        "it does not verify with the certificate's key",
                                        VALUE,
                                        Flaw.SIG_CRYPTO_FAILURE));
            }
            int document = references.document().orElseThrow();
            var indices = new ArrayList<>(List.of(document));
            references.properties().ifPresent(indices::add);
            var signed = new ArrayList<byte[]>();
            for (int index : indices) {
                var bytes = References.signedBytes(signedInfo.item(index));
                if (bytes.isEmpty()) {
                    var what = index == document ? "the document" : "the signed properties";
                    checks.add(Check.failed(
                            "reference-digests", what + " changed after signing", DIGESTS, Flaw.HASH_FAILURE));
                    return Optional.empty();
                }
                signed.add(bytes.get());
            }
            checks.add(Check.passed("reference-digests", indices.size() + " of " + indices.size(), DIGESTS));
            // read from the very bytes that were digested, and not from the tree around them
            return LicenceXml.content(
                    XmlInput.read(signed.getFirst()).document().getDocumentElement());
        } catch (XMLSecurityException | InvalidInput e) {
            checks.add(Check.failed(
                    "reference-digests", "the signature cannot be processed", DIGESTS, Flaw.FORMAT_FAILURE));
            return Optional.empty();
        }
    }

    private static boolean verifies(
            Element signature, SignatureScheme scheme, java.security.PublicKey key, SignedInfo signedInfo) {
        var value = Dom.decode(Dom.children(signature).get(1));
        var encoded = value.flatMap(bytes -> XmlAlgorithms.fromXml(scheme, bytes));
        if (encoded.isEmpty()) {
            return false;
        }
        var octets = new ByteArrayOutputStream();
        try {
            signedInfo.signInOctetStream(octets);
        } catch (XMLSecurityException e) {
            return false;
        }
        return scheme.verify(key, octets.toByteArray(), encoded.get());
    }

    private static Optional<Instant> signingTime(Element signedProperties) {
        return Dom.only(signedProperties, Names.XADES, "SignedSignatureProperties")
                .flatMap(properties -> Dom.only(properties, Names.XADES, "SigningTime"))
                .flatMap(time -> {
                    try {
                        return Optional.of(
                                OffsetDateTime.parse(time.getTextContent().strip())
                                        .toInstant());
                    } catch (DateTimeParseException e) {
                        return Optional.empty();
                    }
                });
    }

    private static SignatureReport report(
            Element signature, String signer, Optional<Instant> claimed, String algorithm, List<Check> checks) {
        var holds = checks.stream()
                        .filter(Check::passed)
                        .filter(check -> check.step().equals("signature-value")
                                || check.step().equals("reference-digests"))
                        .count()
                == 2;
        return new SignatureReport(
                signature.getAttribute("Id"),
                References.signedProperties(signature).isPresent() ? "XAdES" : "XMLDSig",
                signer,
                algorithm,
                claimed,
                Optional.empty(),
                Integrity.of(checks, holds),
                holds
                        ? new Bilingual("除签名外的整个文件", "whole document but the signatures in it")
                        : new Bilingual("未能确定", "nothing that could be established"),
                Optional.empty(),
                checks);
    }
}
