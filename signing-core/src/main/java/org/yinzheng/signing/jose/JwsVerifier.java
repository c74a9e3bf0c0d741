package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

/// Judges a JWS (RFC 7515) that is presented as a document: a receipt, a licence's QR credential, or somebody else's.
/// Keys come from the operator, or with a chain to an anchor; the header chooses nothing. No input makes it throw.
public final class JwsVerifier {
    private static final String FORMAT = "JWS";
    /// A licence's credential.
    private static final String CREDENTIAL_FORMAT = "QR";
    private static final String RFC = "RFC 7515 §5.2";
    private static final String CRITICAL = "RFC 7515 §4.1.11";
    private static final int LARGEST = 4 << 20;
    private static final List<String> UNDERSTOOD = List.of("b64");

    private final Trust trust;
    private final JwsKeyFinder keys;

    public JwsVerifier(Trust trust) {
        this.trust = trust;
        keys = new JwsKeyFinder(trust.knownSigners());
    }

    /// Whether a document begins as a JWS does.
    ///
    /// @param beginning of at least some hundred characters, when it has as many
    public static boolean recognises(String beginning) {
        return JwsDocument.looksLike(beginning);
    }

    /// @param at the time for which certificates and revocation data are judged
    public Report verify(DocumentBytes document, Instant at) {
        return verify(document, Optional.empty(), at);
    }

    /// @param original what was signed, when the JWS does not hold it
    public Report verify(DocumentBytes document, Optional<DocumentBytes> original, Instant at) {
        if (document.size() > LARGEST) {
            return Report.undecided(FORMAT, "limits", "larger than " + (LARGEST >> 20) + " MB", Gap.TOO_LARGE);
        }
        JwsDocument jws;
        try {
            jws = JwsDocument.parse(document);
        } catch (Segments.Unreadable e) {
            return unreadable(e.reason());
        }
        if (jws.payload().isPresent() && original.isPresent()) {
            return new Report.Malformed(FORMAT, "the JWS holds its content: it is not detached");
        }
        var payload = jws.payload().or(() -> original);
        var signatures = jws.signatures().stream()
                .map(signature -> judge(signature, payload, at))
                .toList();
        var content = credential(jws, signatures);
        var integrity = signatures.stream()
                .map(SignatureReport::integrity)
                .reduce(JwsVerifier::worse)
                .orElse(Integrity.UNKNOWN);
        return new Report.Judged(
                content.isPresent() ? CREDENTIAL_FORMAT : FORMAT, integrity, signatures, List.of(), content);
    }

    /// What a JWS says, whoever signed it.
    ///
    /// @param type of the header, empty when it names none
    public record Statement(String type, JsonNode claims) {}

    /// Empty for what is no JWS with one signature over a JSON object that it holds.
    public static Optional<Statement> statement(DocumentBytes document) {
        if (document.size() > LARGEST) {
            return Optional.empty();
        }
        try {
            var jws = JwsDocument.parse(document);
            return jws.signatures().size() != 1
                    ? Optional.empty()
                    : jws.payload()
                            .flatMap(JwsVerifier::claims)
                            .map(claims -> new Statement(
                                    jws.signatures()
                                            .getFirst()
                                            .signed()
                                            .path("typ")
                                            .asText(""),
                                    claims));
        } catch (Segments.Unreadable e) {
            return Optional.empty();
        }
    }

    private static Integrity worse(Integrity one, Integrity other) {
        if (one == Integrity.MODIFIED || other == Integrity.MODIFIED) {
            return Integrity.MODIFIED;
        }
        return one == Integrity.INTACT ? other : Integrity.UNKNOWN;
    }

    private static Report unreadable(JwsResult.Reason reason) {
        var check = reason == JwsResult.Reason.HEADER
                ? Check.failed("jws-header", "a header that readers take differently", RFC, Flaw.JWS_HEADER_FORBIDDEN)
                : Check.failed("jws-structure", "not what RFC 7515 calls a JWS", RFC, Flaw.JWS_MALFORMED);
        return new Report.Judged(FORMAT, Integrity.UNKNOWN, List.of(), List.of(check), Optional.empty());
    }

    private SignatureReport judge(JwsDocument.Signature signature, Optional<DocumentBytes> payload, Instant at) {
        var checks = new ArrayList<Check>();
        var header = signature.header();
        checks.add(Check.passed("jws-structure", "strict base64url and JSON", RFC));
        checks.add(header(header));
        var algorithm = header.path("alg").asText("");
        var key = keys.find(header);
        var claimed = payload.flatMap(JwsVerifier::claims).flatMap(LicenceCredential::madeAt);
        var holds = false;
        if (payload.isEmpty()) {
            checks.add(Check.failed(
                    "original", "the content is not in the JWS", "RFC 7515 appendix F", Gap.ORIGINAL_MISSING));
        } else if (checks.stream().allMatch(Check::passed)) {
            holds = mathematics(signature, payload.get(), key, checks);
        }
        if (key.isPresent()) {
            checks.addAll(signer(key.get(), algorithm, claimed, at));
        }
        return new SignatureReport(
                header.path("kid").asText(""),
                FORMAT,
                key.flatMap(found -> found.chain().stream().findFirst())
                        .map(Certificates::subject)
                        .orElse(""),
                algorithm,
                claimed,
                Optional.empty(),
                Integrity.of(checks, holds),
                holds ? new Bilingual("全部内容", "the whole content") : new Bilingual("无", "nothing"),
                Optional.empty(),
                checks);
    }

    private static Check header(ObjectNode header) {
        if (!header.path("alg").isTextual()
                || !(header.path("b64").isMissingNode() || header.path("b64").isBoolean())) {
            return Check.failed("jws-header", "no algorithm, or a parameter of another type", RFC, Flaw.JWS_MALFORMED);
        }
        var critical = header.path("crit");
        if (!critical.isMissingNode()) {
            var right = critical.isArray() && !critical.isEmpty();
            for (var name : critical) {
                right &= name.isTextual() && header.has(name.textValue());
            }
            if (!right) {
                return Check.failed(
                        "jws-header",
                        "a list of critical parameters that names what is not there, or nothing",
                        CRITICAL,
                        Flaw.JWS_HEADER_FORBIDDEN);
            }
            for (var name : critical) {
                if (!UNDERSTOOD.contains(name.textValue())) {
                    // such a parameter may change what is signed: the value proves nothing, not even a change
                    return Check.failed(
                            "jws-header",
                            "a critical parameter that is not understood",
                            CRITICAL,
                            Flaw.JWS_CRITICAL_UNKNOWN);
                }
            }
        }
        if (header.has("b64") && critical.isMissingNode()) {
            return Check.failed("jws-header", "b64 that is not critical", "RFC 7797 §6", Flaw.JWS_HEADER_FORBIDDEN);
        }
        var ignored = List.of("jwk", "jku", "x5u").stream().filter(header::has).toList();
        return Check.passed(
                "jws-header",
                ignored.isEmpty() ? "nothing that chooses a key" : "not looked at: " + String.join(", ", ignored),
                RFC);
    }

    private static boolean mathematics(
            JwsDocument.Signature signature,
            DocumentBytes payload,
            Optional<JwsKeyFinder.Found> key,
            List<Check> checks) {
        var name = signature.header().path("alg").textValue();
        if (name.equals("none") || (name.startsWith("HS") && key.isPresent())) {
            checks.add(Check.failed(
                    "algorithms", "no signature but " + name, "RFC 8725 §3.1", Flaw.JWS_ALGORITHM_CONFUSED));
            return false;
        }
        if (key.isEmpty()) {
            var mac = name.startsWith("HS");
            checks.add(Check.failed(
                    "signature-value",
                    mac ? "a MAC proves nothing to a third party" : "nobody who is known has this key",
                    RFC,
                    mac ? Gap.SIGNATURE_KIND_UNKNOWN : Gap.JWS_KEY_UNKNOWN));
            return false;
        }
        var scheme = JwsScheme.find(name);
        if (scheme.isEmpty()) {
            checks.add(Check.failed("algorithms", "an algorithm that is not known", RFC, Gap.ALGORITHM_UNKNOWN));
            return false;
        }
        var fits = scheme.get().fits(key.get().key())
                && key.get().algorithm().filter(own -> !own.equals(name)).isEmpty();
        if (!fits) {
            checks.add(Check.failed(
                    "algorithms",
                    name + " is not what this key is used with",
                    "RFC 8725 §3.1",
                    Flaw.JWS_ALGORITHM_CONFUSED));
            return false;
        }
        checks.add(Check.passed("algorithms", name, RFC));
        if (!scheme.get()
                .verify(
                        key.get().key(),
                        signature.input(payload),
                        signature.value().toByteArray())) {
            checks.add(Check.failed(
                    "signature-value", "does not verify with the signer's key", RFC, Flaw.SIG_CRYPTO_FAILURE));
            return false;
        }
        checks.add(Check.passed("signature-value", "verifies with the signer's key", RFC));
        return true;
    }

    private List<Check> signer(JwsKeyFinder.Found key, String algorithm, Optional<Instant> claimed, Instant at) {
        var uses = JwsScheme.find(algorithm)
                .map(scheme -> List.<Use>of(
                        new Use.OfScheme("the content", scheme.scheme()), new Use.OfKey("the content", key.key())))
                .orElse(List.of());
        if (key.chain().isEmpty()) {
            return List.of(
                    Check.passed("signer-key", "published by whom the operator trusts", "RFC 7517"),
                    trust.policy().check(uses, at));
        }
        return PathCheck.check(
                key.chain().getFirst(), key.chain(), trust, Moment.unproven(claimed.orElse(at), at), uses);
    }

    /// What a licence's credential says, when its signature holds.
    private static Optional<SignedContent> credential(JwsDocument jws, List<SignatureReport> signatures) {
        var isCredential = jws.signatures().size() == 1
                && jws.signatures().getFirst().signed().path("typ").asText("").equals(LicenceCredential.TYPE)
                && signatures.getFirst().integrity() == Integrity.INTACT;
        return isCredential
                ? jws.payload().flatMap(JwsVerifier::claims).flatMap(LicenceCredential::content)
                : Optional.empty();
    }

    private static Optional<JsonNode> claims(DocumentBytes payload) {
        var bytes = payload.toByteArray();
        if (bytes.length == 0 || bytes[0] != "{".getBytes(US_ASCII)[0]) {
            return Optional.empty();
        }
        try {
            return Optional.of(Segments.object(bytes));
        } catch (Segments.Unreadable e) {
            return Optional.empty();
        }
    }
}
