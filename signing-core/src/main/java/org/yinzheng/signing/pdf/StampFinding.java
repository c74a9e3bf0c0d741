package org.yinzheng.signing.pdf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.Ber;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.Stamp;
import org.yinzheng.signing.seal.StampCheck;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.SignatureReport.SealSummary;

/// What a GB/T 38540 stamp in /Contents says. No standard names this kind of value in a PDF.
final class StampFinding {
    /// Our own name for it, and our own words for what is protected.
    static final String SUB_FILTER = "Yinzheng.GBT38540.SES";

    static final String PROPERTY_INFO = "PDF ByteRange";

    private static final int SEQUENCE = 0x30;

    private StampFinding() {}

    /// A CMS begins with an object identifier, a stamp with what is signed.
    static boolean isStamp(byte[] contents) {
        try {
            var outline = Ber.parse(contents);
            return outline.tag() == SEQUENCE
                    && !outline.children().isEmpty()
                    && outline.children().getFirst().tag() == SEQUENCE;
        } catch (Ber.Malformed e) {
            return false;
        }
    }

    /// @param known when it is proven to have existed, by a later timestamp over the document
    static SignatureFinding of(
            String subFilter, byte[] contents, SignedBytes signed, Trust trust, Optional<Instant> known, Instant at) {
        try {
            var stamp = Stamp.parse(unpadded(contents));
            var checks = new ArrayList<Check>();
            // others write there what they like; that the digest is over the signed bytes is what binds
            var property = subFilter.equals(SUB_FILTER) ? PROPERTY_INFO : stamp.propertyInfo();
            checks.addAll(StampCheck.checkBinding(stamp, signed, property));
            var believed = StampCheck.believe(stamp, List.of(), trust, known, at);
            checks.addAll(believed.checks());
            return new SignatureFinding(
                    "PDF-SES-V" + stamp.seal().version(),
                    Set.of("stamped-original", "stamp-signature"),
                    checks,
                    Certificates.subject(stamp.signer()),
                    stamp.proof().algorithm().equals(Suite.SM2_SM3.oid())
                            ? Suite.SM2_SM3.jcaName()
                            : stamp.proof().algorithm(),
                    Optional.of(stamp.time()),
                    believed.proven(),
                    Optional.of(summary(stamp)));
        } catch (InvalidInput e) {
            var unsupported = e.code().equals("seal-version") || e.code().equals("seal-extension");
            return SignatureFinding.none(
                    subFilter,
                    Check.failed(
                            "stamp-format",
                            String.valueOf(e.getMessage()),
                            "GB/T 38540",
                            unsupported ? Gap.SIGNATURE_KIND_UNKNOWN : Flaw.STAMP_MALFORMED));
        }
    }

    /// One element, then nothing but zeros.
    private static DocumentBytes unpadded(byte[] contents) {
        try {
            int end = Ber.parse(contents).end();
            for (int i = end; i < contents.length; i++) {
                if (contents[i] != 0) {
                    throw new InvalidInput("asn1", "SES_Signature", "something follows the stamp");
                }
            }
            return DocumentBytes.owning(Arrays.copyOf(contents, end));
        } catch (Ber.Malformed e) {
            throw new InvalidInput("asn1", "SES_Signature", e.where());
        }
    }

    private static SealSummary summary(Stamp stamp) {
        var seal = stamp.seal();
        return new SealSummary(
                seal.id(),
                seal.name(),
                seal.typeCode(),
                Certificates.subject(seal.proof().certificate()),
                seal.validFrom(),
                seal.validUntil());
    }
}
