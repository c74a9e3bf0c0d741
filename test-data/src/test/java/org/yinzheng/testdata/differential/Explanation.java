package org.yinzheng.testdata.differential;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// Why another validator may say something else than we do. The first that applies is the one; a difference to which
/// none applies is a fault, ours or the list's.
enum Explanation {
    LATER_CHANGES(
            "EU DSS lists what changed after signing, and its policy does not let that decide",
            (ours, theirs, document) -> ours.indication() == Indication.TOTAL_FAILED
                    && Set.of("TOTAL-PASSED", "INDETERMINATE").contains(theirs)
                    && gives(
                            ours,
                            Flaw.CONTENT_ADDED_AFTER_SIGNING,
                            Flaw.CONTENT_REPLACED_AFTER_SIGNING,
                            Flaw.CHANGE_NOT_PERMITTED,
                            Flaw.PERMISSIONS_CHANGED,
                            Flaw.SIGNATURE_DICTIONARY_CHANGED,
                            Flaw.UPDATE_UNREADABLE)),
    NO_SM2(
            "EU DSS knows no SM2: it cannot judge such a signature or timestamp, and at times gives up",
            (ours, theirs, document) -> usesSm2(ours)),
    FINDS_NONE(
            "EU DSS finds no signature, or throws: its reader gave up, or repaired the file until there was none",
            (ours, theirs, document) -> ours.indication() != Indication.TOTAL_PASSED
                    && Set.of("NO-SIGNATURE", "EXCEPTION").contains(theirs)),
    BROKEN_FILE(
            "we judge no file that cannot be read strictly; others repair it first",
            (ours, theirs, document) -> ours.indication() == Indication.MALFORMED),
    STRICTER_RANGES(
            "EU DSS takes a range as it is, or gives it as a warning only, when its mathematics is right",
            (ours, theirs, document) -> gives(ours, Flaw.BYTE_RANGE_INVALID, Flaw.SIGNATURES_OVERLAP)),
    BROKEN_VALUE_IS_INDETERMINATE(
            "a value that is none, or names another certificate, is INDETERMINATE to EU DSS; we say what is wrong",
            (ours, theirs, document) -> ours.indication() == Indication.TOTAL_FAILED
                    && theirs.equals("INDETERMINATE")
                    && gives(
                            ours,
                            Flaw.CMS_MALFORMED,
                            Flaw.SIGNATURE_VALUE_MISSING,
                            Flaw.SIGNING_CERTIFICATE_MISMATCH,
                            Flaw.SIGNED_ATTRIBUTES_INCOMPLETE,
                            Flaw.ALGORITHMS_DISAGREE,
                            Flaw.SIG_CRYPTO_FAILURE,
                            Flaw.HASH_FAILURE,
                            Flaw.TIMESTAMP_INVALID,
                            Flaw.TIMESTAMP_TRANSPLANTED)),
    LENIENT_VALUES(
            "EU DSS asks less of a value: what contradicts itself or is left out does not trouble it",
            (ours, theirs, document) -> ours.indication() == Indication.TOTAL_FAILED
                    && theirs.equals("TOTAL-PASSED")
                    && gives(
                            ours,
                            Flaw.CMS_MALFORMED,
                            Flaw.SIGNED_ATTRIBUTES_INCOMPLETE,
                            Flaw.ALGORITHMS_DISAGREE,
                            Flaw.SIGNING_CERTIFICATE_MISMATCH)),
    TIMESTAMPS_ASIDE(
            "EU DSS passes over a timestamp that fails when the signature holds without it; we name it",
            (ours, theirs, document) -> theirs.equals("TOTAL-PASSED")
                    && gives(
                            ours,
                            Flaw.TIMESTAMP_INVALID,
                            Flaw.TIMESTAMP_TRANSPLANTED,
                            Gap.TIMESTAMP_UNTRUSTED,
                            Gap.TIMESTAMP_ORDER_FAILURE)),
    KEY_USAGE(
            "EU DSS's own policy lets a certificate sign documents that is for something else",
            (ours, theirs, document) -> theirs.equals("TOTAL-PASSED") && gives(ours, Gap.CHAIN_CONSTRAINTS_FAILURE)),
    WARNED_OF(
            "a matter for the eyes of whoever reads the document; EU DSS does not look",
            (ours, theirs, document) -> theirs.equals("TOTAL-PASSED")
                    && gives(
                            ours,
                            Gap.CONTENT_OBSCURED,
                            Gap.HIDDEN_CONTENT,
                            Gap.FORM_VALUE_DIFFERS,
                            Gap.NOT_ALL_CONTENT_COVERED)),
    UNNAMED_CERTIFICATE(
            "the attribute that names the certificate is missing: EU DSS calls it a lower level, we an open question",
            (ours, theirs, document) -> theirs.equals("TOTAL-PASSED") && gives(ours, Gap.SIGNING_CERTIFICATE_UNNAMED)),
    NO_ATTRIBUTES(
            "a CMS without signed attributes (RFC 5652 §5.4) is right to us; EU DSS finds no signing certificate in it",
            (ours, theirs, document) ->
                    theirs.equals("INDETERMINATE") && ours.toString().contains("no signed attributes")),
    AFTER_REVOCATION(
            "by its signer's own word it was made after the revocation: that we believe; EU DSS has no proof of any time",
            (ours, theirs, document) -> theirs.equals("INDETERMINATE") && gives(ours, Flaw.REVOKED)),
    HEADER_LATER(
            "readers take bytes before the header as they come; EU DSS does not open such a file",
            (ours, theirs, document) -> theirs.equals("EXCEPTION")
                    && !new String(document.toByteArray(), 0, 5, StandardCharsets.ISO_8859_1).equals("%PDF-")),
    OFDRW_VALUE_ALONE(
            "OFDRW checks digests and the signature's value: neither what is covered, nor seals, nor certificates",
            (ours, theirs, document) -> theirs.equals("PASSED") && ours.indication() != Indication.TOTAL_PASSED),
    OFDRW_GIVES_UP(
            "OFDRW throws at files that it does not expect",
            (ours, theirs, document) ->
                    theirs.equals("EXCEPTION") && ours.format().equals("OFD")),
    OFDRW_ONE_KIND(
            "OFDRW is told which kind of stamp to expect (GB/T 38540) and refuses the others",
            (ours, theirs, document) -> theirs.equals("FAILED") && ours.indication() != Indication.TOTAL_FAILED);

    private interface Applies {
        boolean to(Report ours, String theirs, DocumentBytes document);
    }

    private final String why;

    @SuppressWarnings("ImmutableEnumChecker") // a rule without state
    private final Applies applies;

    Explanation(String why, Applies applies) {
        this.why = why;
        this.applies = applies;
    }

    static Optional<String> of(Others.Compared compared, DocumentBytes document) {
        var ours = compared.report();
        Predicate<Explanation> fits =
                one -> one.name().startsWith("OFDRW") == ours.format().equals("OFD")
                        && one.applies.to(ours, compared.theirs(), document);
        return Arrays.stream(values()).filter(fits).map(one -> one.why).findFirst();
    }

    private static boolean gives(Report ours, Reason... reasons) {
        return ours.reasons().stream().anyMatch(List.of(reasons)::contains);
    }

    static boolean usesSm2(Report ours) {
        return ours instanceof Report.Judged judged
                && judged.signatures().stream()
                        .anyMatch(one -> one.algorithm().contains("SM2")
                                || one.kind().contains("SES")
                                || one.checks().toString().contains("SM3"));
    }
}
