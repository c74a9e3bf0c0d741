package org.yinzheng.signing.seal;

import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;

/// Judges a stamp by the procedure of GB/T 38540: what it is over, who made it, with which seal. The format
/// around it (OFD) has its own checks.
public final class StampCheck {
    private static final String CLAUSE = "GB/T 38540 (stamp verification)";

    private StampCheck() {}

    /// Everything that is true of the stamp's bytes, whomever we trust.
    ///
    /// @param original the bytes that the stamp should be over
    /// @param originalPath where they are, as propertyInfo should say
    public static List<Check> checkBinding(Stamp stamp, byte[] original, String originalPath) {
        var checks = new ArrayList<Check>();
        checks.add(dataHash(stamp, original));
        checks.add(names(stamp.propertyInfo(), originalPath));
        checks.add(
                SealCheck.signature("stamp-signature", stamp.seal().version(), stamp.proof(), Flaw.SIG_CRYPTO_FAILURE));
        checks.add(
                stamp.seal().signers().permits(stamp.signer())
                        ? Check.passed("seal-signer-list", "the signer's certificate is in the seal's list", CLAUSE)
                        : Check.failed(
                                "seal-signer-list",
                                "the signer's certificate is not in the seal's list",
                                CLAUSE,
                                Flaw.SEAL_SIGNER_NOT_LISTED));
        return List.copyOf(checks);
    }

    /// Whether signer and seal can be believed.
    public static List<Check> checkTrust(Stamp stamp, Trust trust, Instant at) {
        var checks = new ArrayList<Check>();
        var token = timestamp(stamp, trust, at);
        checks.addAll(token.checks());
        checks.addAll(PathCheck.check(
                stamp.signer(),
                List.of(),
                trust,
                new Moment(stamp.time(), token.proven(), at),
                SealCheck.uses(stamp.proof())));
        checks.add(signerPeriod(stamp));
        // a proven time stands in place of the one that the signer claims
        checks.addAll(SealCheck.check(stamp.seal(), trust, token.proven().orElse(stamp.time()), token.proven(), at));
        return List.copyOf(checks);
    }

    /// In V1 a token may stand where the time does, inside the signed bytes, and what it is over is not known.
    private static TokenCheck timestamp(Stamp stamp, Trust trust, Instant at) {
        if (stamp.seal().version() == Seal.V1 && stamp.timestamp().isPresent()) {
            var note = Check.passed("stamp-timestamp", "in place of the time (V1): taken for a claim", CLAUSE);
            return new TokenCheck(Optional.empty(), List.of(note));
        }
        return TokenCheck.of("stamp-timestamp", stamp.timestamp(), stamp.proof(), trust, at);
    }

    private static Check dataHash(Stamp stamp, byte[] original) {
        // A V1 stamp made with RSA has a digest of RSA's world.
        boolean rsa = stamp.seal().version() == Seal.V1 && stamp.signer().getPublicKey() instanceof RSAPublicKey;
        for (var digest : rsa ? List.of("SHA-256", "SM3") : List.of("SM3")) {
            if (Arrays.equals(
                    Cryptography.digest(digest).digest(original),
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
    private static Check signerPeriod(Stamp stamp) {
        var from = stamp.signer().getNotBefore().toInstant();
        var until = stamp.signer().getNotAfter().toInstant();
        var found = "stamped at " + stamp.time() + ", certificate valid from " + from + " until " + until;
        if (stamp.time().isBefore(from)) {
            return Check.failed("stamp-time", found, CLAUSE, Flaw.NOT_YET_VALID);
        }
        return stamp.time().isAfter(until)
                ? Check.failed("stamp-time", found, CLAUSE, Flaw.EXPIRED)
                : Check.passed("stamp-time", found, CLAUSE);
    }

    private static Check names(String propertyInfo, String originalPath) {
        return strip(propertyInfo).equals(strip(originalPath))
                ? Check.passed("stamp-property", "propertyInfo names the original", CLAUSE)
                : Check.failed("stamp-property", "propertyInfo names another file", CLAUSE, Flaw.STAMP_TRANSPLANTED);
    }

    private static String strip(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
