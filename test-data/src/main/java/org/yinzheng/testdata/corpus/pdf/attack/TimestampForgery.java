package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.TIMESTAMP_INVALID;
import static org.yinzheng.signing.verdict.Flaw.TIMESTAMP_TRANSPLANTED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.HandmadeToken;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// P11: timestamps that are copied, edited, or made by those who must not tell the time.
final class TimestampForgery {
    private final Attacks attacks = new Attacks("P11");
    private final Signing signing;

    private TimestampForgery(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var forgery = new TimestampForgery(signing);
        for (var party : List.of(Party.RSA, Party.SM2)) {
            forgery.ofSignature(party);
        }
        forgery.documentTimestamps();
        return forgery.attacks.all();
    }

    private void ofSignature(Party party) {
        var suite = party.suite();
        var transplanted = Expected.failed(Integrity.INTACT, TIMESTAMP_TRANSPLANTED);
        var invalid = Expected.failed(Integrity.INTACT, TIMESTAMP_INVALID);
        var tsa = party == Party.RSA ? Party.TSA_RSA : Party.TSA_SM2;
        token(party, "of-another-signature", transplanted, value -> token(new byte[] {1}, suite));
        token(
                party,
                "over-the-value-with-a-byte-more",
                transplanted,
                value -> token(java.util.Arrays.copyOf(value, value.length + 1), suite));
        token(party, "changed", invalid, value -> later(token(value, suite)));
        expired(party, "by-a-signer-of-documents", value -> handmade(party, value, CorpusAuthority.SIGNED));
        token(party, "with-a-forged-signature", invalid, value -> {
            var parts = signing.cms(tsa);
            parts.value = one -> {
                var changed = one.clone();
                changed[20] ^= 1;
                return changed;
            };
            return HandmadeToken.of(parts, value, CorpusAuthority.SIGNED);
        });
        token(party, "signed-over-other-content", invalid, value -> {
            var parts = signing.cms(tsa);
            parts.messageDigest = digest -> new byte[digest.length];
            return HandmadeToken.of(parts, value, CorpusAuthority.SIGNED);
        });
        expired(party, "by-a-stranger", value -> signing.authority()
                .strangeTimestamps(CorpusAuthority.SIGNED)
                .token(DocumentBytes.of(value), suite)
                .toByteArray());
        var revoked = party == Party.RSA ? Party.TSA_RSA_REVOKED : Party.TSA_SM2_REVOKED;
        // it proves nothing, and takes nothing away
        token(
                party,
                "by-a-revoked-authority",
                Expected.passed(),
                value -> handmade(revoked, value, CorpusAuthority.SIGNED));
        expired(party, "by-a-revoked-authority", value -> handmade(revoked, value, CorpusAuthority.SIGNED));
        token(
                party,
                "from-the-future",
                Expected.intactBut(Gap.TIMESTAMP_ORDER_FAILURE).atLeast(),
                value -> handmade(tsa, value, CorpusAuthority.JUDGED.plus(Duration.ofDays(2))));
    }

    /// A token that nobody has to believe proves nothing for a certificate that has ended since.
    private void expired(Party party, String name, UnaryOperator<byte[]> maker) {
        var ending = party == Party.RSA ? Party.RSA_ENDING : Party.SM2_ENDING;
        token(ending, name, Expected.intactBut(Gap.OUT_OF_BOUNDS_NO_POE).atLeast(), maker);
        attacks.judgedAt(CorpusAuthority.AFTER_EXPIRY);
    }

    private void token(Party party, String name, Expected expected, UnaryOperator<byte[]> maker) {
        var which = party.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        attacks.add(
                "token-" + name + "-" + which,
                "a good signature, and a timestamp that is not over it or not by an authority",
                expected,
                () -> {
                    var parts = signing.cms(party);
                    parts.timestamp = Optional.of(maker);
                    return Handmade.of(parts)
                            .subFilter(party.suite() == Suite.SM2_SM3 ? "adbe.pkcs7.detached" : "ETSI.CAdES.detached")
                            .on(Papers.licence());
                });
    }

    private byte[] token(byte[] over, Suite suite) {
        return signing.authority()
                .timestamps(CorpusAuthority.SIGNED)
                .token(DocumentBytes.of(over), suite)
                .toByteArray();
    }

    /// The time in a token, an hour later, in place.
    private static byte[] later(byte[] token) {
        var text = new String(token, java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.replaceFirst("20261121080000Z", "20261121090000Z")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private byte[] handmade(Party authority, byte[] over, Instant at) {
        return HandmadeToken.of(signing.cms(authority), over, at);
    }

    private void documentTimestamps() {
        var failed = Expected.failed(Integrity.UNKNOWN, TIMESTAMP_TRANSPLANTED);
        var none = Expected.failed(Integrity.UNKNOWN, TIMESTAMP_INVALID);
        document("over-other-bytes", failed, signed -> token(new byte[] {1}, Suite.RSA_SHA256));
        document(
                "over-the-first-half",
                failed,
                signed -> token(java.util.Arrays.copyOf(signed, signed.length / 2), Suite.RSA_SHA256));
        document(
                "changed",
                Expected.failed(Integrity.INTACT, TIMESTAMP_INVALID),
                signed -> later(token(signed, Suite.RSA_SHA256)));
        document("that-is-a-signature", none, signed -> signing.cms(Party.OTHER_RSA)
                .over(signed));
        document("that-is-nothing", none, signed -> new byte[] {0x30, 0});
        // it proves nothing, and takes nothing away
        document("by-a-stranger", Expected.passed(), signed -> signing.authority()
                .strangeTimestamps(CorpusAuthority.SIGNED)
                .token(DocumentBytes.of(signed), Suite.RSA_SHA256)
                .toByteArray());
        attacks.add(
                "document-timestamp-before-the-signatures-own",
                "a document timestamp whose time is before that of the signature below it",
                Expected.intactBut(Gap.TIMESTAMP_ORDER_FAILURE),
                () -> {
                    var signed = signing.signed(
                            Papers.licence(),
                            signing.stamp("authority", Party.RSA, org.yinzheng.signing.stamping.Level.T),
                            CorpusAuthority.SIGNED);
                    return timestamped(signed, bytes -> signing.authority()
                            .timestamps(CorpusAuthority.SIGNED.minus(Duration.ofDays(3)))
                            .token(DocumentBytes.of(bytes), Suite.RSA_SHA256)
                            .toByteArray());
                });
        attacks.add(
                "document-that-is-only-timestamped",
                "a document timestamp on a document that nobody signed",
                Expected.unsigned(),
                () -> timestamped(Papers.licence(), bytes -> token(bytes, Suite.RSA_SHA256)));
    }

    private void document(String name, Expected expected, UnaryOperator<byte[]> maker) {
        attacks.add(
                "document-timestamp-" + name,
                "a good signature, and a document timestamp behind it that is none",
                expected,
                () -> timestamped(signing.alone.get(), maker));
    }

    static DocumentBytes timestamped(DocumentBytes pdf, UnaryOperator<byte[]> maker) {
        return Handmade.of(maker)
                .field("time")
                .type("/Type/DocTimeStamp")
                .subFilter("ETSI.RFC3161")
                .entries("")
                .on(pdf);
    }
}
