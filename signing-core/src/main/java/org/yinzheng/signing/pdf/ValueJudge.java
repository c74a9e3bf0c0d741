package org.yinzheng.signing.pdf;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pdfbox.cos.COSDictionary;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.CmsCheck;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.cms.ParsedCms;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.time.TimestampResult;
import org.yinzheng.signing.time.TimestampToken;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Judges what stands in /Contents, by the kind that /SubFilter names: the mathematics, the timestamps, the signer.
final class ValueJudge {
    private static final String PADES = "ETSI.CAdES.detached";
    private static final String PLAIN = "adbe.pkcs7.detached";
    private static final Set<String> NAMED = Set.of(PADES, PLAIN, "adbe.pkcs7.sha1");
    private static final String TIMESTAMP = "ETSI.RFC3161";

    private final Trust trust;
    private final Timeline timeline;
    private final Trust evidence;
    private final Optional<Instant> known;
    private final long end;

    /// @param end of the bytes that the signature covers
    ValueJudge(Trust trust, Timeline timeline, long end) {
        this.trust = trust;
        this.timeline = timeline;
        evidence = timeline.evidence();
        known = timeline.known(end);
        this.end = end;
    }

    /// @param dictionary of the signature; empty for one that only its range is known of
    SignatureFinding judge(
            COSDictionary dictionary,
            String subFilter,
            byte[] contents,
            SignedBytes signed,
            Optional<Instant> claimed) {
        return switch (subFilter) {
            case PADES -> cms(subFilter, contents, signed, claimed, CmsCheck.Profile.PADES);
            case TIMESTAMP -> timestamp(contents, signed);
            case RsaFinding.SUB_FILTER -> RsaFinding.of(contents, dictionary, signed, timeline, end);
            // every maker of seals has a name of his own for a stamp; many write a CMS under none that is known
            default ->
                StampFinding.isStamp(contents)
                        ? StampFinding.of(subFilter, contents, signed, evidence, known, timeline.at())
                        : cms(subFilter, contents, signed, claimed, CmsCheck.Profile.PLAIN);
        };
    }

    private SignatureFinding cms(
            String subFilter,
            byte[] contents,
            SignedBytes signed,
            Optional<Instant> claimed,
            CmsCheck.Profile profile) {
        ParsedCms cms;
        try {
            cms = ParsedCms.parse(
                    contents,
                    subFilter.equals(PADES) || subFilter.equals(PLAIN)
                            ? ParsedCms.Content.DETACHED
                            : ParsedCms.Content.DETACHED_OR_ENCLOSED);
        } catch (ParsedCms.Malformed e) {
            return SignatureFinding.none(
                    subFilter,
                    NAMED.contains(subFilter)
                            ? Check.failed("cms-structure", e.where(), "RFC 5652 §5", unreadable(e))
                            : Check.failed(
                                    "sub-filter",
                                    "a kind of signature that is not judged",
                                    "ISO 32000-2 §12.8.1",
                                    Gap.SIGNATURE_KIND_UNKNOWN));
        }
        var isEnclosed = cms.content().size() > 0;
        var over = isEnclosed ? SignedBytes.of(cms.content()) : signed;
        var math = CmsCheck.check(cms, over, profile, timeline.certificates());
        var checks = new ArrayList<>(math.checks());
        var uses = new ArrayList<>(math.uses());
        if (isEnclosed) {
            checks.add(enclosed(cms.content().toByteArray(), signed, uses));
        }
        if (EnclosedCertificates.holdAlteredCopy(cms.certificates(), trust)) {
            checks.add(Check.failed(
                    "enclosed-certificates", "a trusted certificate, altered", "RFC 5652 §5.1", Flaw.FORMAT_FAILURE));
        }
        var brought = timeline.evidence(cms, end, known.orElse(timeline.at()));
        var tokens = cms.timestamps().stream()
                .map(der -> token(der, SignedBytes.of(cms.value()), brought))
                .toList();
        var proven = earliest(tokens);
        var moment = new Moment(claimed.or(math::signingTime).orElse(timeline.at()), proven, timeline.at());
        var believed = timeline.evidence(cms, end, moment.decisive());
        math.signer()
                .ifPresent(signer ->
                        checks.addAll(PathCheck.check(signer, all(cms.certificates()), believed, moment, uses)));
        var missed = Absent.isMissed(reasons(checks));
        for (var token : tokens) {
            checks.addAll(
                    !missed && Absent.isPossible(reasons(token.checks()))
                            ? Absent.remarks(token.checks())
                            : token.checks());
        }
        return new SignatureFinding(
                subFilter.equals(PADES) ? "PAdES" : "PDF-CMS",
                Set.of("signature-value"),
                checks,
                math.signer().map(Certificates::subject).orElse(""),
                math.algorithm(),
                math.signingTime(),
                proven,
                Optional.empty());
    }

    /// adbe.pkcs7.sha1, and GB/T 35275 as some makers of seals use it: the CMS holds the digest of the signed bytes.
    private static Check enclosed(byte[] content, SignedBytes signed, List<Use> uses) {
        var clause = "ISO 32000-1 §12.8.3.3";
        for (var name : List.of("SHA-1", "SM3", "SHA-256", "SHA-384", "SHA-512")) {
            var digest = Cryptography.digest(name);
            if (digest.getDigestLength() == content.length && Arrays.equals(signed.digest(digest), content)) {
                uses.add(new Use.OfDigest("the signed bytes", name));
                return Check.passed("message-digest", "the CMS holds the " + name + " of the signed bytes", clause);
            }
        }
        return Check.failed(
                "message-digest",
                "the CMS holds something else than a digest of the signed bytes",
                clause,
                Flaw.HASH_FAILURE);
    }

    /// The earliest time at which the signature is proven to have existed.
    private Optional<Instant> earliest(List<TimestampResult> tokens) {
        return Stream.concat(
                        known.stream(),
                        tokens.stream()
                                .flatMap(one -> one instanceof TimestampResult.Proven proof
                                        ? Stream.of(proof.time())
                                        : Stream.empty()))
                .min(Comparator.naturalOrder());
    }

    private static List<Reason> reasons(List<Check> checks) {
        return checks.stream().flatMap(check -> check.reason().stream()).toList();
    }

    private TimestampResult token(DocumentBytes der, SignedBytes stamped, Trust believed) {
        try {
            return TimestampToken.parse(der).judge(stamped, timeline.certificates(), believed, known, timeline.at());
        } catch (InvalidInput e) {
            return new TimestampResult.Unproven(List.of(malformed(e)));
        }
    }

    private SignatureFinding timestamp(byte[] contents, SignedBytes signed) {
        var der = DocumentBytes.of(contents);
        var result = token(der, signed, evidence);
        var authority = parsed(der).flatMap(token -> token.authority(timeline.certificates()));
        return new SignatureFinding(
                SignatureFinding.TIMESTAMP,
                Set.of("timestamp-imprint", "timestamp-signature-value"),
                result.checks(),
                authority.map(Certificates::subject).orElse(""),
                parsed(der)
                        .map(token -> token.algorithm(timeline.certificates()))
                        .orElse(""),
                parsed(der).map(TimestampToken::time),
                result instanceof TimestampResult.Proven proof ? Optional.of(proof.time()) : Optional.empty(),
                Optional.empty());
    }

    private static Optional<TimestampToken> parsed(DocumentBytes der) {
        try {
            return Optional.of(TimestampToken.parse(der));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static Check malformed(InvalidInput e) {
        return Check.failed(
                "timestamp-structure",
                e.getMessage() == null ? "" : e.getMessage(),
                "RFC 3161 §2.4.2",
                Flaw.TIMESTAMP_INVALID);
    }

    private List<X509Certificate> all(List<X509Certificate> enclosed) {
        return Stream.concat(enclosed.stream(), timeline.certificates().stream())
                .toList();
    }

    /// A field that says that it was signed holds a signature, or it lies.
    private static Reason unreadable(ParsedCms.Malformed cms) {
        return cms.reason() == Gap.NO_SIGNATURE ? Flaw.CMS_MALFORMED : cms.reason();
    }
}
