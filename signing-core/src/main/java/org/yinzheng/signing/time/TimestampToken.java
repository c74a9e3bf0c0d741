package org.yinzheng.signing.time;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Algorithms;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.Ber;
import org.yinzheng.signing.cms.CmsCheck;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.cms.ParsedCms;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// A TimeStampToken (RFC 3161 §2.4.2; GB/T 20520 with SM3 and SM2), taken apart and not believed yet.
public final class TimestampToken {
    /// A token holds a few certificates, and perhaps a revocation list.
    public static final int LARGEST = 512 << 10;

    private static final String CLAUSE = "RFC 3161 §2.4.2";

    private final DocumentBytes der;
    private final ParsedCms cms;
    private final TSTInfo info;
    private final Instant time;

    private TimestampToken(DocumentBytes der, ParsedCms cms, TSTInfo info, Instant time) {
        this.der = der;
        this.cms = cms;
        this.info = info;
        this.time = time;
    }

    /// @param bytes one CMS; zeros may follow, with which a PDF fills its /Contents
    /// @throws InvalidInput `timestamp-form`
    public static TimestampToken parse(DocumentBytes bytes) {
        if (bytes.size() > LARGEST) {
            throw malformed("larger than " + (LARGEST >> 10) + " kB");
        }
        try {
            var cms = ParsedCms.parse(bytes.toByteArray(), ParsedCms.Content.TIMESTAMP);
            var content = cms.content().toByteArray();
            if (Ber.parse(content).end() != content.length) {
                throw malformed("something follows the TSTInfo");
            }
            var info = TSTInfo.getInstance(content);
            requireUnderstood(info);
            return new TimestampToken(
                    bytes, cms, info, info.getGenTime().getDate().toInstant());
        } catch (ParsedCms.Malformed e) {
            throw malformed(e.where());
        } catch (Ber.Malformed e) {
            throw malformed(e.where());
        } catch (ParseException
                | IllegalArgumentException
                | ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | NoSuchElementException
                | ArithmeticException e) {
            // Bouncy Castle throws all of these for ASN.1 of another form. Here they mean "malformed".
            throw e instanceof InvalidInput known ? known : malformed("no TSTInfo");
        }
    }

    private static void requireUnderstood(TSTInfo info) {
        if (info.getVersion().intValueExact() != 1) {
            throw malformed("another version than 1");
        }
        var extensions = info.getExtensions();
        if (extensions != null && extensions.getCriticalExtensionOIDs().length > 0) {
            throw malformed("a critical extension that is not understood");
        }
        info.getMessageImprint().getHashedMessage();
        info.getSerialNumber().getValue();
        info.getPolicy().getId();
        if (info.getAccuracy() != null) {
            number(info.getAccuracy().getSeconds());
        }
    }

    public DocumentBytes der() {
        return der;
    }

    /// When the authority says that it saw the imprint.
    public Instant time() {
        return time;
    }

    public BigInteger serial() {
        return info.getSerialNumber().getValue();
    }

    /// The object identifier of the policy under which it was issued.
    public String policy() {
        return info.getPolicy().getId();
    }

    public Optional<BigInteger> nonce() {
        return Optional.ofNullable(info.getNonce()).map(nonce -> nonce.getValue());
    }

    public List<X509Certificate> certificates() {
        return cms.certificates();
    }

    /// The authority's certificate, enclosed or among others that are known.
    public Optional<X509Certificate> authority(Collection<X509Certificate> others) {
        return cms.signer(others);
    }

    /// Everything that is true of the token's bytes, whomever we trust: its structure, its signature, and that it is
    /// over these bytes. What is wrong here is wrong for good: [Flaw#TIMESTAMP_INVALID].
    public List<Check> checkBinding(SignedBytes stamped, Collection<X509Certificate> others) {
        return binding(stamped, others).checks();
    }

    private CmsCheck.Result binding(SignedBytes stamped, Collection<X509Certificate> others) {
        var math = CmsCheck.check(cms, SignedBytes.of(cms.content()), CmsCheck.Profile.TIMESTAMP, others);
        var checks = new ArrayList<Check>(List.of(imprint(stamped)));
        math.checks().forEach(check -> checks.add(ofTimestamp(check)));
        return new CmsCheck.Result(checks, math.signer(), math.algorithm(), math.signingTime(), math.uses());
    }

    /// The signature algorithm, as a verifier names it.
    public String algorithm(Collection<X509Certificate> others) {
        return binding(SignedBytes.of(cms.content()), others).algorithm();
    }

    /// Judges the token by its bytes and by whether its authority can be believed.
    ///
    /// @param others certificates that are known beside the token's own; believed only as far as an anchor vouches
    /// @param known when this token is proven to have existed, by a later timestamp over it
    /// @param at the validation time
    public TimestampResult judge(
            SignedBytes stamped, Collection<X509Certificate> others, Trust trust, Optional<Instant> known, Instant at) {
        var binding = binding(stamped, others);
        var checks = new ArrayList<>(binding.checks());
        trust.witness().timestamp(der);
        if (binding.signer().isPresent()) {
            var all =
                    Stream.concat(cms.certificates().stream(), others.stream()).toList();
            var existed = known.orElse(at);
            var believed = cms.evidence(trust, others, existed, existed);
            var uses = new ArrayList<>(binding.uses());
            Algorithms.digestName(imprintAlgorithm())
                    .ifPresent(name -> uses.add(new Use.OfDigest("the imprint", name)));
            var path = PathCheck.checkTimestamper(
                    binding.signer().get(), all, believed, new Moment(time, known, at), uses);
            path.forEach(check -> checks.add(ofTimestamp(check)));
        }
        checks.add(order(binding.signer(), known, at));
        return checks.stream().allMatch(Check::passed)
                ? new TimestampResult.Proven(time, List.copyOf(checks))
                : new TimestampResult.Unproven(List.copyOf(checks));
    }

    private Check imprint(SignedBytes stamped) {
        var imprint = info.getMessageImprint();
        var oid = imprintAlgorithm();
        var digest = Algorithms.digestName(oid);
        if (digest.isEmpty()) {
            return Check.failed("timestamp-imprint", "digest " + oid + " is unknown", CLAUSE, Gap.ALGORITHM_UNKNOWN);
        }
        var actual = stamped.digest(Cryptography.digest(digest.get()));
        return Arrays.equals(actual, imprint.getHashedMessage())
                ? Check.passed("timestamp-imprint", digest.get() + " of what is stamped agrees", CLAUSE)
                : Check.failed(
                        "timestamp-imprint",
                        digest.get() + " of what is stamped differs",
                        CLAUSE,
                        Flaw.TIMESTAMP_TRANSPLANTED);
    }

    private String imprintAlgorithm() {
        return info.getMessageImprint().getHashAlgorithm().getAlgorithm().getId();
    }

    /// A timestamp from the future, or over something that a later timestamp should have come after; or from before its
    /// authority had the certificate, which the token itself names.
    private Check order(Optional<X509Certificate> authority, Optional<Instant> known, Instant at) {
        var begin = authority.map(one -> one.getNotBefore().toInstant());
        if (begin.filter(time.plus(accuracy())::isBefore).isPresent()) {
            return Check.failed(
                    "timestamp-time",
                    time + ", earlier than the authority's certificate, " + begin.get(),
                    CLAUSE,
                    Gap.TIMESTAMP_ORDER_FAILURE);
        }
        var limit = known.orElse(at);
        return time.minus(accuracy()).isAfter(limit)
                ? Check.failed(
                        "timestamp-time",
                        time + ", later than " + limit,
                        "ETSI EN 319 102-1 §5.5.4",
                        Gap.TIMESTAMP_ORDER_FAILURE)
                : Check.passed("timestamp-time", time.toString(), CLAUSE);
    }

    /// By how much the authority says that it may be wrong (RFC 3161 §2.4.2).
    private Duration accuracy() {
        var accuracy = info.getAccuracy();
        return accuracy == null
                ? Duration.ZERO
                : Duration.ofSeconds(number(accuracy.getSeconds()))
                        .plusMillis(number(accuracy.getMillis()))
                        .plusNanos(1000L * number(accuracy.getMicros()));
    }

    private static int number(@Nullable ASN1Integer value) {
        return value == null ? 0 : value.intPositiveValueExact();
    }

    private static Check ofTimestamp(Check check) {
        var step = "timestamp-" + check.step().replaceFirst("^signer-|^cms-", "");
        return new Check(step, check.found(), check.clause(), check.reason().map(TimestampToken::ofTimestamp));
    }

    private static Reason ofTimestamp(Reason reason) {
        if (reason == Gap.NO_CERTIFICATE_CHAIN_FOUND) {
            return Gap.TIMESTAMP_UNTRUSTED;
        }
        if (reason == Flaw.REVOKED) {
            return Gap.TIMESTAMP_AUTHORITY_REVOKED; // it proves nothing, and takes nothing from the signature
        }
        return reason instanceof Flaw && reason.effect() != Reason.Effect.NONE ? Flaw.TIMESTAMP_INVALID : reason;
    }

    private static InvalidInput malformed(String why) {
        return new InvalidInput("timestamp-form", "", "not a timestamp token of RFC 3161: " + why);
    }
}
