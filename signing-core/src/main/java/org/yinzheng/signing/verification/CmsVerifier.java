package org.yinzheng.signing.verification;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
import org.yinzheng.signing.time.TimestampResult;
import org.yinzheng.signing.time.TimestampToken;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;

/// Judges a CMS that is a file of its own (RFC 5652, GB/T 35275), in DER, BER or PEM: with its content inside (`.p7m`),
/// or over a file beside it (`.p7s`). Every signer is judged.
final class CmsVerifier {
    private static final String FORMAT = "CMS";
    private static final String CLAUSE = "RFC 5652 §5";
    private static final int LARGEST = 64 << 20;
    private static final Pattern PEM = Pattern.compile(
            "\\s*-----BEGIN (PKCS7|CMS|PKCS #7 SIGNED DATA)-----\\s([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");
    /// The beginning of a ContentInfo with signedData, of RFC 5652 or GB/T 35275, within its first bytes.
    private static final List<String> SIGNED_DATA = List.of("06092a864886f70d010702", "060a2a811ccf550601040202");

    private final Trust trust;

    CmsVerifier(Trust trust) {
        this.trust = trust;
    }

    static boolean isCms(DocumentBytes document) {
        return document.size() <= LARGEST && der(document).isPresent();
    }

    /// @param original what it is over; empty when that has to be inside
    Report verify(DocumentBytes document, Optional<DocumentBytes> original, Instant at) {
        List<ParsedCms> signers;
        try {
            signers = ParsedCms.signers(der(document).orElseThrow(), ParsedCms.Content.ANY);
        } catch (ParsedCms.Malformed e) {
            return e.reason() == Gap.NO_SIGNATURE
                    ? new Report.Unsigned(FORMAT)
                    : malformed(Check.failed("cms-structure", e.where(), CLAUSE, e.reason()));
        }
        var reports = new ArrayList<SignatureReport>();
        for (var signer : signers) {
            reports.add(judge(signer, original, "signer-" + (reports.size() + 1), at));
        }
        return new Report.Judged(FORMAT, integrity(reports), reports, List.of(), Optional.empty());
    }

    private SignatureReport judge(ParsedCms cms, Optional<DocumentBytes> original, String name, Instant at) {
        var checks = new ArrayList<Check>();
        var signed = signed(cms, original, checks);
        var math = signed.map(bytes -> CmsCheck.check(cms, SignedBytes.of(bytes), CmsCheck.Profile.PLAIN, List.of()));
        math.ifPresent(result -> checks.addAll(result.checks()));
        var signer = cms.signer(List.of());
        var times = new ArrayList<Instant>();
        for (var token : cms.timestamps()) {
            var result = timestamp(token, cms, at);
            checks.addAll(result.checks());
            if (result instanceof TimestampResult.Proven proven) {
                times.add(proven.time());
            }
        }
        var proven = times.stream().min(Comparator.naturalOrder());
        var claimed = math.flatMap(CmsCheck.Result::signingTime);
        if (signer.isPresent()) {
            var uses = math.map(CmsCheck.Result::uses).orElse(List.of());
            var moment = new Moment(claimed.orElse(at), proven, at);
            var believed = cms.evidence(trust, List.of(), moment.decisive(), at);
            checks.addAll(PathCheck.check(signer.get(), cms.certificates(), believed, moment, uses));
        }
        var holds = checks.stream().anyMatch(check -> check.step().equals("signature-value") && check.passed());
        var intact = Integrity.of(checks, holds);
        return new SignatureReport(
                name,
                FORMAT,
                signer.map(Certificates::subject).orElse(""),
                math.map(CmsCheck.Result::algorithm).orElse(""),
                claimed,
                proven,
                intact,
                coverage(intact, original.isPresent()),
                Optional.empty(),
                checks);
    }

    /// The bytes that the signature is over; empty when they are not here.
    private static Optional<DocumentBytes> signed(ParsedCms cms, Optional<DocumentBytes> original, List<Check> checks) {
        if (original.isEmpty()) {
            if (cms.isDetached()) {
                checks.add(Check.failed("original", "the signed file is not inside", CLAUSE, Gap.ORIGINAL_MISSING));
                return Optional.empty();
            }
            return Optional.of(cms.content());
        }
        if (cms.isDetached()) {
            return original;
        }
        checks.add(
                isOver(cms, original.get())
                        ? Check.passed("original", "the content inside is the file, or its digest", CLAUSE)
                        : Check.failed("original", "the content inside is another", CLAUSE, Flaw.HASH_FAILURE));
        return Optional.of(cms.content());
    }

    /// GB/T 35275 as some write it has the file's digest as its content, in bytes, hexadecimal or Base64.
    private static boolean isOver(ParsedCms cms, DocumentBytes original) {
        if (cms.content().equals(original)) {
            return true;
        }
        var digest = cms.digestName()
                .map(name -> Cryptography.digest(name).digest(original.toByteArray()))
                .orElse(new byte[0]);
        var inside = cms.content().toByteArray();
        var text = new String(inside, US_ASCII).strip();
        return digest.length > 0
                && (Arrays.equals(digest, inside)
                        || text.equalsIgnoreCase(HexFormat.of().formatHex(digest))
                        || text.equals(Base64.getEncoder().encodeToString(digest)));
    }

    private TimestampResult timestamp(DocumentBytes token, ParsedCms cms, Instant at) {
        try {
            return TimestampToken.parse(token)
                    .judge(
                            SignedBytes.of(cms.value()),
                            cms.certificates(),
                            cms.evidence(trust, List.of(), at, at),
                            Optional.empty(),
                            at);
        } catch (InvalidInput e) {
            return new TimestampResult.Unproven(List.of(Check.failed(
                    "timestamp-structure", String.valueOf(e.getMessage()), "RFC 3161 §2.4.2", Flaw.TIMESTAMP_INVALID)));
        }
    }

    private static Bilingual coverage(Integrity integrity, boolean apart) {
        if (integrity != Integrity.INTACT) {
            return new Bilingual("未能确定", "nothing that could be established");
        }
        return apart
                ? new Bilingual("所附的原件", "the file that goes with it")
                : new Bilingual("签名所载的全部内容", "everything that the signature carries");
    }

    private static Integrity integrity(Collection<SignatureReport> signers) {
        if (signers.stream().anyMatch(one -> one.integrity() == Integrity.MODIFIED)) {
            return Integrity.MODIFIED;
        }
        return signers.stream().allMatch(one -> one.integrity() == Integrity.INTACT)
                ? Integrity.INTACT
                : Integrity.UNKNOWN;
    }

    private static Report malformed(Check check) {
        return new Report.Judged(FORMAT, Integrity.UNKNOWN, List.of(), List.of(check), Optional.empty());
    }

    /// The binary form; empty when it is no CMS.
    static Optional<byte[]> der(DocumentBytes document) {
        var bytes = document.toByteArray();
        if (looksLikeSignedData(bytes)) {
            return Optional.of(bytes);
        }
        if (bytes.length == 0 || bytes[0] == 0x30) {
            return Optional.empty();
        }
        var text = new String(bytes, US_ASCII);
        var armour = PEM.matcher(text);
        try {
            var base64 = armour.matches() ? armour.group(2) : text;
            var decoded = Base64.getMimeDecoder().decode(base64);
            return looksLikeSignedData(decoded) && isBase64(base64) ? Optional.of(decoded) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isBase64(String text) {
        return text.chars()
                .allMatch(c ->
                        Character.isWhitespace(c) || Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=');
    }

    private static boolean looksLikeSignedData(byte[] bytes) {
        var beginning = HexFormat.of().formatHex(Arrays.copyOf(bytes, 24));
        return bytes.length > 24 && bytes[0] == 0x30 && SIGNED_DATA.stream().anyMatch(beginning::contains);
    }
}
