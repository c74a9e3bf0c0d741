package org.yinzheng.signing.seal;

import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// Judges a stamp by the procedure of GB/T 38540: what it is over, who made it, with which seal. The format
/// around it (OFD) has its own checks.
public final class StampCheck {
    private static final String CLAUSE = "GB/T 38540 (stamp verification)";
    /// Stamping machines do not run with one clock.
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(24);

    private StampCheck() {}

    /// Everything that is true of the stamp's bytes, whomever we trust.
    ///
    /// @param original the bytes that the stamp should be over
    /// @param originalPath where they are, as propertyInfo should say
    public static List<Check> checkBinding(Stamp stamp, byte[] original, String originalPath) {
        return checkBinding(stamp, digest -> digest.digest(original), originalPath);
    }

    /// The same for an original that is not one piece.
    public static List<Check> checkBinding(Stamp stamp, SignedBytes original, String originalPath) {
        var checks = new ArrayList<Check>();
        checks.add(dataHash(stamp, original));
        checks.add(names(stamp.propertyInfo(), originalPath));
        checks.add(ProofCheck.ofSigner(stamp));
        checks.add(listed(stamp));
        return List.copyOf(checks);
    }

    /// What is known of a stamp when everybody who vouches for it has been looked at.
    ///
    /// @param proven when the stamp existed, by a timestamp that is believed
    public record Believed(List<Check> checks, Optional<Instant> proven) {
        public Believed {
            checks = List.copyOf(checks);
        }
    }

    /// Whether signer and seal can be believed.
    public static List<Check> checkTrust(Stamp stamp, Trust trust, Instant at) {
        return believe(stamp, List.of(), trust, at).checks();
    }

    /// The same, and the time that is proven.
    ///
    /// @param around the algorithms that the format around the stamp relies on, for the policy
    public static Believed believe(Stamp stamp, List<Use> around, Trust trust, Instant at) {
        return believe(stamp, around, trust, Optional.empty(), at);
    }

    /// @param known when the stamp is proven to have existed, by something around it
    public static Believed believe(Stamp stamp, List<Use> around, Trust trust, Optional<Instant> known, Instant at) {
        var uses = new ArrayList<>(SealCheck.uses(stamp.proof()));
        uses.addAll(around);
        var checks = new ArrayList<Check>();
        var token = timestamp(stamp, trust, at);
        checks.addAll(token.checks());
        var proven = Stream.of(token.proven(), known).flatMap(Optional::stream).min(Comparator.naturalOrder());
        checks.addAll(PathCheck.check(stamp.signer(), List.of(), trust, new Moment(stamp.time(), proven, at), uses));
        checks.add(time(stamp, proven.orElse(at)));
        // a proven time stands in place of the one that the signer claims
        checks.addAll(SealCheck.check(stamp.seal(), trust, token.proven().orElse(stamp.time()), proven, at));
        return new Believed(checks, proven);
    }

    private static Check listed(Stamp stamp) {
        return switch (stamp.seal().signers().answer(stamp.signer())) {
            case LISTED -> Check.passed("seal-signer-list", "the signer's certificate is in the seal's list", CLAUSE);
            case NOT_LISTED ->
                Check.failed(
                        "seal-signer-list",
                        "the signer's certificate is not in the seal's list",
                        CLAUSE,
                        Flaw.SEAL_SIGNER_NOT_LISTED);
            case UNKNOWN_DIGEST ->
                Check.failed(
                        "seal-signer-list",
                        "the seal lists digests of an algorithm that is not known here",
                        CLAUSE,
                        Gap.SEAL_UNPROVEN);
        };
    }

    /// In V1 a token may stand where the time does, inside the signed bytes, and what it is over is not known.
    private static TokenCheck timestamp(Stamp stamp, Trust trust, Instant at) {
        if (stamp.seal().version() == Seal.V1 && stamp.timestamp().isPresent()) {
            var note = Check.passed("stamp-timestamp", "in place of the time (V1): taken for a claim", CLAUSE);
            return new TokenCheck(Optional.empty(), List.of(note));
        }
        return TokenCheck.of("stamp-timestamp", stamp.timestamp(), stamp.proof(), trust, at);
    }

    private static Check dataHash(Stamp stamp, SignedBytes original) {
        var digests = new LinkedHashSet<>(List.of("SM3"));
        if (stamp.seal().version() == Seal.V1 && stamp.signer().getPublicKey() instanceof RSAPublicKey) {
            // A V1 stamp made with RSA has a digest of RSA's world: one that we hold safe, or that of its own
            // signature,
            // of which the policy tells how long it counted.
            digests.add("SHA-256");
            SignatureScheme.of(stamp.proof().algorithm())
                    .map(SignatureScheme::digestName)
                    .ifPresent(digests::add);
        }
        for (var digest : digests) {
            if (Arrays.equals(
                    original.digest(Cryptography.digest(digest)),
                    stamp.dataHash().toByteArray())) {
                return Check.passed("stamped-original", digest + " of the original is the stamp's dataHash", CLAUSE);
            }
        }
        return Check.failed(
                "stamped-original",
                "the digest of the original differs from the stamp's dataHash",
                CLAUSE,
                Flaw.HASH_FAILURE);
    }

    /// A stamp that claims a time at which its own certificate was not valid is wrong by its own words.
    ///
    /// @param latest when it existed already, or now
    private static Check time(Stamp stamp, Instant latest) {
        var from = stamp.signer().getNotBefore().toInstant();
        var until = stamp.signer().getNotAfter().toInstant();
        var found = "stamped at " + stamp.time() + ", certificate valid from " + from + " until " + until;
        if (stamp.time().isBefore(from)) {
            return Check.failed("stamp-time", found, CLAUSE, Flaw.NOT_YET_VALID);
        }
        if (stamp.time().isAfter(until)) {
            return Check.failed("stamp-time", found, CLAUSE, Flaw.EXPIRED);
        }
        return stamp.time().isAfter(latest.plus(CLOCKS_DIFFER))
                ? Check.failed(
                        "stamp-time",
                        "says " + stamp.time() + " and existed at " + latest,
                        CLAUSE,
                        Gap.TIMESTAMP_ORDER_FAILURE)
                : Check.passed("stamp-time", found, CLAUSE);
    }

    /// propertyInfo has to state what is protected, in no set form. What reads as a path has to be this one.
    private static Check names(String propertyInfo, String originalPath) {
        if (plain(propertyInfo).equalsIgnoreCase(plain(originalPath))) {
            return Check.passed("stamp-property", "propertyInfo names the original", CLAUSE);
        }
        boolean path =
                propertyInfo.indexOf('/') >= 0 || propertyInfo.indexOf('\\') >= 0 || propertyInfo.endsWith(".xml");
        return path
                ? Check.failed("stamp-property", "propertyInfo names another file", CLAUSE, Flaw.STAMP_TRANSPLANTED)
                : Check.passed(
                        "stamp-property", "propertyInfo is no path: the digest alone names the original", CLAUSE);
    }

    private static String plain(String path) {
        var slashes = path.strip().replace('\\', '/');
        return slashes.startsWith("/") ? slashes.substring(1) : slashes;
    }
}
