package org.yinzheng.signing.ofd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.Stamp;
import org.yinzheng.signing.seal.StampCheck;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.SignatureReport.SealSummary;

/// Judges a value of type Seal: a stamp of GB/T 38540 and the versions around it, and the copy of its seal.
final class StampJudge {
    private static final String CLAUSE = "GB/T 33190 §18.2";
    private static final String KIND = "OFD-SES";

    private final OfdPackage ofd;
    private final Trust trust;
    private final Instant at;

    StampJudge(OfdPackage ofd, Trust trust, Instant at) {
        this.ofd = ofd;
        this.trust = trust;
        this.at = at;
    }

    /// @param original the bytes of Signature.xml
    /// @param path where they are
    ValueFinding judge(byte[] value, byte[] original, String path, Description description) {
        Stamp stamp;
        try {
            stamp = Stamp.parse(DocumentBytes.owning(value));
        } catch (InvalidInput e) {
            return ValueFinding.none(KIND, Check.failed("stamp-format", unreadable(value, e), "GB/T 38540", reason(e)));
        }
        var checks = new ArrayList<>(List.of(format(stamp)));
        sealCopy(description, stamp).ifPresent(checks::add);
        StampCheck.checkBinding(stamp, original, path).forEach(check -> checks.add(ofDescription(check)));
        var believed = StampCheck.believe(stamp, Digests.uses(description), trust, at);
        checks.addAll(believed.checks());
        return new ValueFinding(
                KIND + "-V" + stamp.seal().version(),
                Certificates.subject(stamp.signer()),
                SignatureScheme.of(stamp.proof().algorithm())
                        .map(SignatureScheme::jcaName)
                        .orElse(stamp.proof().algorithm()),
                Optional.of(stamp.time()),
                believed.proven(),
                true,
                Optional.of(summary(stamp.seal())),
                checks);
    }

    /// What the stamp is over is the description of what is protected. Another digest means another description.
    static Check ofDescription(Check check) {
        return check.reason().filter(Flaw.HASH_FAILURE::equals).isPresent()
                ? Check.failed(check.step(), check.found(), check.clause(), Flaw.STAMP_TRANSPLANTED)
                : check;
    }

    private static String unreadable(byte[] value, InvalidInput e) {
        return SignedDataJudge.looksLikeOne(value)
                ? "signed data of GB/T 35275 where a stamp is declared"
                : String.valueOf(e.getMessage());
    }

    /// A certificate that we cannot read proves nothing wrong, and neither does a version to come.
    private static Reason reason(InvalidInput e) {
        return switch (e.code()) {
            case "seal-version", "seal-extension" -> Gap.SIGNATURE_KIND_UNKNOWN;
            case "certificate-form" -> Gap.NO_SIGNING_CERTIFICATE_FOUND;
            default -> Flaw.STAMP_MALFORMED;
        };
    }

    private static Check format(Stamp stamp) {
        var deviations = new TreeSet<>(stamp.deviations());
        deviations.addAll(stamp.seal().deviations());
        var version = "SES_Signature V" + stamp.seal().version();
        return Check.passed(
                "stamp-format",
                deviations.isEmpty() ? version : version + "; tolerated: " + String.join(", ", deviations),
                stamp.seal().standard());
    }

    /// The copy is optional: one that is named and not there is told of by its digest, when it was protected.
    private Optional<Check> sealCopy(Description description, Stamp stamp) {
        return description.seal().map(path -> {
            var copy = ofd.content(path).map(DocumentBytes::owning);
            if (copy.isEmpty()) {
                return Check.passed("seal-copy", "there is no seal file", CLAUSE);
            }
            return copy.get().equals(stamp.seal().der())
                    ? Check.passed("seal-copy", "the seal file is the seal in the stamp", CLAUSE)
                    : Check.failed("seal-copy", "the seal file is another seal", CLAUSE, Flaw.SEAL_MISMATCH);
        });
    }

    private static SealSummary summary(Seal seal) {
        return new SealSummary(
                seal.id(),
                seal.name(),
                seal.typeCode(),
                Certificates.subject(seal.proof().certificate()),
                seal.validFrom(),
                seal.validUntil());
    }
}
