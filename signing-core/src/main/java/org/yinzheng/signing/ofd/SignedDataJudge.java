package org.yinzheng.signing.ofd;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.Ber;
import org.yinzheng.signing.cms.CmsCheck;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.cms.ParsedCms;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.time.TimestampResult;
import org.yinzheng.signing.time.TimestampToken;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;

/// Judges a value of type Sign: SignedData of GB/T 35275 or RFC 5652 (GM/T 0099 §7.2.2), a signature without a seal.
/// What it is over differs among writers, and all of it binds Signature.xml: the file itself, or its digest, raw or in
/// Base64.
final class SignedDataJudge {
    private static final String CLAUSE = "GB/T 35275";
    private static final String KIND = "OFD-35275";
    /// ContentInfo, then the identifier of SignedData: that of RFC 5652 or that of GB/T 35275.
    private static final List<byte[]> SIGNED_DATA = List.of(
            new byte[] {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 7, 2},
            new byte[] {6, 10, 0x2a, (byte) 0x81, 0x1c, (byte) 0xcf, 0x55, 6, 1, 4, 2, 2});

    private final Trust trust;
    private final Instant at;

    SignedDataJudge(Trust trust, Instant at) {
        this.trust = trust;
        this.at = at;
    }

    static boolean looksLikeOne(byte[] beginning) {
        int length = beginning.length < 2 ? 0 : beginning[1] & 0xff;
        int content = length <= 0x80 ? 2 : 2 + (length & 0x7f);
        return SIGNED_DATA.stream()
                .anyMatch(oid -> beginning.length >= content + oid.length
                        && Arrays.equals(oid, 0, oid.length, beginning, content, content + oid.length));
    }

    /// @param original the bytes of Signature.xml
    /// @param description tells the time for a value that names none
    ValueFinding judge(byte[] value, byte[] original, Description description) {
        try {
            if (Ber.parse(value).end() != value.length) {
                return malformed("something follows the signed data");
            }
            return ParsedCms.signers(value, ParsedCms.Content.DETACHED_OR_ENCLOSED).stream()
                    .map(signer -> judge(signer, original, description))
                    .reduce(SignedDataJudge::both)
                    .orElseThrow();
        } catch (Ber.Malformed e) {
            return malformed(e.where());
        } catch (ParsedCms.Malformed e) {
            return malformed(e.where());
        }
    }

    /// Of several signers each has to be right. What is proven of all is what is proven of the last.
    private static ValueFinding both(ValueFinding one, ValueFinding other) {
        return new ValueFinding(
                KIND,
                one.signer() + "; " + other.signer(),
                one.algorithm().equals(other.algorithm())
                        ? one.algorithm()
                        : one.algorithm() + "; " + other.algorithm(),
                later(one.claimed(), other.claimed()),
                later(one.proven(), other.proven()),
                one.computed() && other.computed(),
                Optional.empty(),
                Stream.concat(one.checks().stream(), other.checks().stream()).toList());
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.flatMap(time -> other.map(second -> second.isAfter(time) ? second : time));
    }

    private ValueFinding judge(ParsedCms cms, byte[] original, Description description) {
        var checks = new ArrayList<Check>();
        var mathematics = mathematics(cms, original, checks);
        mathematics.checks().forEach(check -> checks.add(StampJudge.ofDescription(check)));

        var claimed = mathematics.signingTime().or(description::time);
        var proven = mathematics.signer().flatMap(signer -> timestamps(cms, checks));
        var uses = new ArrayList<>(mathematics.uses());
        uses.addAll(Digests.uses(description));
        mathematics
                .signer()
                .ifPresent(signer -> checks.addAll(PathCheck.check(
                        signer,
                        cms.certificates(),
                        cms.evidence(trust, List.of(), proven.orElse(at), at),
                        new Moment(claimed.orElse(at), proven, at),
                        uses)));
        return new ValueFinding(
                KIND,
                mathematics.signer().map(Certificates::subject).orElse(""),
                mathematics.algorithm(),
                claimed,
                proven,
                mathematics.signer().isPresent(),
                Optional.empty(),
                checks);
    }

    private static CmsCheck.Result mathematics(ParsedCms cms, byte[] original, List<Check> checks) {
        var sm3 = Cryptography.sm3(original);
        var forms = List.of(
                DocumentBytes.owning(original),
                DocumentBytes.owning(sm3),
                DocumentBytes.owning(Base64.getEncoder().encode(sm3)));
        if (cms.content().size() > 0) {
            checks.add(
                    forms.contains(stripped(cms.content()))
                            ? Check.passed("stamped-original", "the content is the description or its SM3", CLAUSE)
                            : Check.failed(
                                    "stamped-original",
                                    "the content is neither the description nor its SM3",
                                    CLAUSE,
                                    Flaw.STAMP_TRANSPLANTED));
            return check(cms, cms.content());
        }
        return forms.stream()
                .map(form -> check(cms, form))
                .filter(result -> result.checks().stream().noneMatch(SignedDataJudge::isOverSomethingElse))
                .findFirst()
                .orElseGet(() -> check(cms, forms.getFirst()));
    }

    private static CmsCheck.Result check(ParsedCms cms, DocumentBytes signed) {
        return CmsCheck.check(cms, SignedBytes.of(signed), CmsCheck.Profile.PLAIN, List.<X509Certificate>of());
    }

    private static boolean isOverSomethingElse(Check check) {
        return check.reason()
                .filter(reason -> reason == Flaw.HASH_FAILURE || reason == Flaw.SIG_CRYPTO_FAILURE)
                .isPresent();
    }

    /// Base64 may end with a line's end.
    private static DocumentBytes stripped(DocumentBytes content) {
        if (content.size() <= 44 || content.size() > 48) {
            return content;
        }
        var text = new String(content.toByteArray(), StandardCharsets.ISO_8859_1).strip();
        return DocumentBytes.owning(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The earliest time that is proven. A token of somebody whom we do not know counts as absent.
    private Optional<Instant> timestamps(ParsedCms cms, List<Check> checks) {
        var earliest = Optional.<Instant>empty();
        for (var der : cms.timestamps()) {
            TimestampToken token;
            try {
                token = TimestampToken.parse(der);
            } catch (InvalidInput e) {
                checks.add(Check.passed("stamp-timestamp", "counts as absent: " + e.getMessage(), CLAUSE));
                continue;
            }
            var evidence = cms.evidence(trust, List.of(), at, at);
            switch (token.judge(SignedBytes.of(cms.value()), cms.certificates(), evidence, Optional.empty(), at)) {
                case TimestampResult.Proven known -> {
                    checks.add(Check.passed("stamp-timestamp", "seen at " + known.time(), CLAUSE));
                    if (earliest.isEmpty() || known.time().isBefore(earliest.get())) {
                        earliest = Optional.of(known.time());
                    }
                }
                case TimestampResult.Unproven unproven -> {
                    var wrong = unproven.checks().stream()
                            .filter(check -> check.reason()
                                    .filter(Flaw.class::isInstance)
                                    .isPresent())
                            .toList();
                    checks.addAll(wrong);
                    if (wrong.isEmpty()) {
                        checks.add(Check.passed(
                                "stamp-timestamp", "counts as absent: its authority is not believed", CLAUSE));
                    }
                }
            }
        }
        return earliest;
    }

    private static ValueFinding malformed(String where) {
        return ValueFinding.none(KIND, Check.failed("cms-structure", where, CLAUSE, Flaw.CMS_MALFORMED));
    }
}
