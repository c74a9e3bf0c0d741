package org.yinzheng.testdata.differential;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// Why xmlsec1, `openssl cms` or Nimbus may say something else of a signature's mathematics than we do. The first that
/// applies is the one; a difference to which none applies is a fault, ours or the list's.
enum MathematicsExplanation {
    NO_SM2(
            "SM2 with SM3 is unknown to xmlsec1 and Nimbus; OpenSSL's CMS computes it without the signer's identifier",
            (compared, document) -> Explanation.usesSm2(compared.report())),
    ALGORITHM_NOT_THEIRS(
            "it has no EdDSA, RSASSA-PSS, SHA-3, or bare key of that form; we do",
            (compared, document) -> compared.theirs().equals("UNKNOWN")
                    && (usesAny(compared, "Ed25519", "Ed448", "EdDSA", "MGF1", "SHA3")
                            || gives(compared, Gap.NO_SIGNING_CERTIFICATE_FOUND))),
    NOT_LOOKED_INTO(
            "what this signature does not cover is said and not looked into; xmlsec1 checks every Manifest that it finds",
            (compared, document) -> compared.ours().equals("INTACT")
                    && compared.theirs().equals("UNKNOWN")
                    && gives(compared, Gap.NOT_ALL_CONTENT_COVERED)),
    DIGEST_INFO_WITHOUT_NULL(
            "a DigestInfo without NULL is to be taken, too (RFC 8017 §A.2.4); OpenSSL does not",
            (compared, document) -> compared.ours().equals("INTACT")
                    && compared.theirs().equals("WRONG")
                    && RsaBlocks.anyWithoutNull(document)),
    PAYLOAD_NOT_ENCODED(
            "a payload that is not encoded (RFC 7797): Nimbus decodes that of a JSON serialisation all the same",
            (compared, document) -> compared.theirs().equals("WRONG") && Nimbus.isUnencodedJson(document)),
    NOT_COMPUTED_BY_US(
            "we compute nothing for a form that is not allowed: document types, foreign transforms, what lies outside",
            (compared, document) -> compared.ours().equals("UNKNOWN")
                    && gives(
                            compared, Gap.UNREADABLE, Gap.PROCESSING_FORBIDDEN, Gap.ORIGINAL_MISSING, Gap.TOO_COMPLEX)),
    ENCODING(
            "padding, spaces or bytes that do not belong there: one document must not have two spellings",
            (compared, document) ->
                    compared.ours().equals("UNKNOWN") && gives(compared, Flaw.JWS_MALFORMED, Flaw.CMS_MALFORMED)),
    STOPS_AT_IT(
            "it has no answer for a signature whose parts are missing, misshapen or contradict each other; we say MODIFIED",
            (compared, document) ->
                    compared.ours().equals("MODIFIED") && compared.theirs().equals("UNKNOWN")),
    OTHER_CERTIFICATE(
            "the value holds, and the signer named another certificate: not a matter of mathematics to OpenSSL",
            (compared, document) ->
                    compared.theirs().equals("RIGHT") && gives(compared, Flaw.SIGNING_CERTIFICATE_MISMATCH)),
    SHAPE(
            "the value holds, and something stands in the signature that has no place there (XMLDSig §4)",
            (compared, document) -> compared.theirs().equals("RIGHT") && gives(compared, Flaw.FORMAT_FAILURE)),
    HEADER(
            "a header that breaks a rule which keeps readers from disagreeing (RFC 7515, RFC 7797) is refused unread",
            (compared, document) -> gives(compared, Flaw.JWS_HEADER_FORBIDDEN, Flaw.JWS_CRITICAL_UNKNOWN)),
    ATTRIBUTES(
            "the value holds, and its algorithm or attributes contradict the rest (RFC 5652 §5.3, §11)",
            (compared, document) -> compared.theirs().equals("RIGHT")
                    && gives(compared, Flaw.SIGNED_ATTRIBUTES_INCOMPLETE, Flaw.ALGORITHMS_DISAGREE)),
    ANOTHER_CONTENT(
            "the value holds for what is inside, and that is not the file beside it, or not what a Manifest lists",
            (compared, document) -> compared.theirs().equals("RIGHT") && gives(compared, Flaw.HASH_FAILURE));

    private interface Applies {
        boolean to(Others.Compared compared, DocumentBytes document);
    }

    private final String why;

    @SuppressWarnings("ImmutableEnumChecker") // a rule without state
    private final Applies applies;

    MathematicsExplanation(String why, Applies applies) {
        this.why = why;
        this.applies = applies;
    }

    static Optional<String> of(Others.Compared compared, DocumentBytes document) {
        return Arrays.stream(values())
                .filter(one -> one.applies.to(compared, document))
                .map(one -> one.why)
                .findFirst();
    }

    private static boolean usesAny(Others.Compared compared, String... algorithms) {
        return compared.report() instanceof Report.Judged judged
                && judged.signatures().stream().anyMatch(one -> Arrays.stream(algorithms)
                        .anyMatch(name -> one.algorithm().contains(name)));
    }

    private static boolean gives(Others.Compared compared, Reason... reasons) {
        return compared.report().reasons().stream().anyMatch(List.of(reasons)::contains);
    }
}
