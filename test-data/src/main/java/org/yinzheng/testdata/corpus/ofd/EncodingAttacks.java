package org.yinzheng.testdata.corpus.ofd;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DEROctetString;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// Stamps whose ASN.1 or SM2 is bent, and versions that are confused (O4; "Keys and encodings").
public final class EncodingAttacks implements Specimens {
    private static final Expected MALFORMED = Shelf.undecided(Flaw.STAMP_MALFORMED);
    private static final Expected WRONG_VALUE = Shelf.modified(Flaw.SIG_CRYPTO_FAILURE);
    private static final Expected WRONG_ENCODING = Shelf.undecided(Flaw.ENCODING_INVALID);

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        lengths(shelf);
        versions(shelf);
        values(shelf);
        keys(shelf);
        return shelf.all();
    }

    private static void lengths(Shelf shelf) {
        stamp(shelf, "trailing-byte", "a byte behind the stamp", stamp -> Arrays.copyOf(stamp, stamp.length + 1));
        stamp(shelf, "trailing-stamp", "two stamps in one file", stamp -> joined(stamp, stamp));
        stamp(
                shelf,
                "indefinite-length",
                "an indefinite length",
                stamp -> joined(
                        new byte[] {0x30, (byte) 0x80},
                        joined(Arrays.copyOfRange(stamp, 4, stamp.length), new byte[2])));
        stamp(
                shelf,
                "oversized-length",
                "a length of two gigabytes",
                stamp -> joined(
                        new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1}, Arrays.copyOfRange(stamp, 4, stamp.length)));
        stamp(
                shelf,
                "length-of-five-bytes",
                "a length of five bytes",
                stamp -> joined(
                        new byte[] {0x30, (byte) 0x85, 0, 0, 0, stamp[2], stamp[3]},
                        Arrays.copyOfRange(stamp, 4, stamp.length)));
        stamp(
                shelf,
                "length-not-minimal",
                "a length with a zero in front",
                stamp -> joined(
                        new byte[] {0x30, (byte) 0x83, 0, stamp[2], stamp[3]},
                        Arrays.copyOfRange(stamp, 4, stamp.length)));
        stamp(shelf, "cut-short", "the last byte missing", stamp -> Arrays.copyOf(stamp, stamp.length - 1));
        stamp(shelf, "nested-deep", "sequences nested fifty thousand deep", stamp -> nested(50_000));
        stamp(shelf, "empty-sequence", "an empty sequence", stamp -> new byte[] {0x30, 0});
        stamp(shelf, "text", "text", stamp -> "a stamp".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        stamp(shelf, "long-tag", "a tag of several bytes", stamp -> joined(new byte[] {0x3f, 0x30, 0}, stamp));
        ses(
                shelf,
                "certificate-nested-deep",
                "a certificate nested fifty thousand deep",
                MALFORMED,
                ses -> ses.certificate = Optional.of(nested(50_000)));
        ses(
                shelf,
                "certificate-trailing-byte",
                "a byte behind the certificate",
                Shelf.undecided(Gap.NO_SIGNING_CERTIFICATE_FOUND),
                ses -> {
                    var der = Ses.der(shelf.authority.certificate(Party.SM2));
                    ses.certificate = Optional.of(Arrays.copyOf(der, der.length + 1));
                });
        ses(
                shelf,
                "certificate-is-text",
                "text in place of the certificate",
                MALFORMED,
                ses -> ses.certificate = Optional.of("nobody".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        stamp(shelf, "seal-alone", "a seal in place of a stamp", stamp -> shelf.ses()
                .seal());
        stamp(shelf, "unused-bits", "a signature value of odd bits", stamp -> {
            var bent = stamp.clone();
            bent[lastBitString(stamp)] = 1;
            return bent;
        });
    }

    /// Where the count of unused bits of the signature value stands, which is the last element.
    private static int lastBitString(byte[] stamp) {
        for (int at = stamp.length - 60; ; at--) {
            if (stamp[at] == 3 && stamp[at + 1] == stamp.length - at - 2 && stamp[at + 2] == 0) {
                return at + 2;
            }
        }
    }

    private static void versions(Shelf shelf) {
        ses(shelf, "stamp-1-seal-4", "the stamp says 1, its seal 4", MALFORMED, ses -> ses.stampVersion = 1);
        ses(shelf, "stamp-4-seal-5", "the stamp says 4, its seal 5", MALFORMED, ses -> ses.headerVersion = 5);
        ses(shelf, "stamp-5-seal-4", "the stamp says 5, its seal 4", MALFORMED, ses -> ses.stampVersion = 5);
        ses(shelf, "v1-form-version-4", "the form of V1 under number 4", MALFORMED, ses -> {
            ses.version = 1;
            ses.headerVersion = 4;
            ses.stampVersion = 4;
        });
        ses(shelf, "v4-form-version-1", "the form of V4 under number 1", MALFORMED, ses -> {
            ses.headerVersion = 1;
            ses.stampVersion = 1;
        });
        ses(shelf, "version-9", "a version to come", Shelf.undecided(Gap.SIGNATURE_KIND_UNKNOWN), ses -> {
            ses.headerVersion = 9;
            ses.stampVersion = 9;
        });
        ses(shelf, "not-es", "a header that is no seal's", MALFORMED, ses -> ses.headerId = "EX");
        ses(shelf, "certificates-as-digests", "certListType 2 over certificates", MALFORMED, ses -> ses.listType = 2);
        ses(
                shelf,
                "digests-as-certificates",
                "certListType 1 over digests",
                MALFORMED,
                ses -> ses.list = Optional.of(List.of(Ses.digestEntry("SM3", new byte[32]))));
        ses(shelf, "list-type-3", "certListType 3", MALFORMED, ses -> ses.listType = 3);
        ses(
                shelf,
                "critical-extension",
                "a critical extension that nobody knows",
                Shelf.undecided(Gap.SIGNATURE_KIND_UNKNOWN),
                ses -> ses.extensions = Optional.of(Ses.extension(true)));
        ses(
                shelf,
                "hash-by-sha-256",
                "dataHash by SHA-256",
                Shelf.modified(Flaw.STAMP_TRANSPLANTED),
                ses -> ses.digest = "SHA-256");
        ses(shelf, "v1-without-a-time", "timeInfo of V1 that holds no time", MALFORMED, ses -> {
            ses.version(1);
            ses.timeInfo = Optional.of(new org.bouncycastle.asn1.DERBitString(new byte[] {9}));
        });
    }

    private static void values(Shelf shelf) {
        var one = BigInteger.ONE;
        var n = Sm2Forger.n();
        value(shelf, "r-zero", "r is zero", WRONG_VALUE, made -> Sm2Forger.der(BigInteger.ZERO, Sm2Forger.s(made)));
        value(shelf, "s-zero", "s is zero", WRONG_VALUE, made -> Sm2Forger.der(Sm2Forger.r(made), BigInteger.ZERO));
        value(shelf, "r-is-n", "r is n", WRONG_VALUE, made -> Sm2Forger.der(n, Sm2Forger.s(made)));
        value(
                shelf,
                "r-beyond-n",
                "n added to r",
                WRONG_VALUE,
                made -> Sm2Forger.der(Sm2Forger.r(made).add(n), Sm2Forger.s(made)));
        value(
                shelf,
                "s-beyond-n",
                "n added to s",
                WRONG_VALUE,
                made -> Sm2Forger.der(Sm2Forger.r(made), Sm2Forger.s(made).add(n)));
        value(shelf, "sum-zero", "r + s is zero modulo n", WRONG_VALUE, made -> Sm2Forger.der(one, n.subtract(one)));
        value(shelf, "all-ones", "r and s are one", WRONG_VALUE, made -> Sm2Forger.der(one, one));
        value(shelf, "raw-zeros", "sixty-four zeros", WRONG_VALUE, made -> new byte[64]);
        value(shelf, "padded", "a zero too many in front of r", WRONG_ENCODING, Sm2Forger::padded);
        value(shelf, "negative", "r without the zero that keeps it positive", WRONG_ENCODING, Sm2Forger::negative);
        value(
                shelf,
                "three-numbers",
                "three numbers",
                WRONG_ENCODING,
                made -> Sm2Forger.der(Sm2Forger.r(made), Sm2Forger.s(made), one));
        value(
                shelf,
                "value-trailing-byte",
                "a byte behind the two numbers",
                WRONG_ENCODING,
                made -> Arrays.copyOf(made, made.length + 1));
        value(
                shelf,
                "raw-of-63-bytes",
                "a byte missing of r‖s",
                WRONG_ENCODING,
                made -> Arrays.copyOf(Sm2Forger.raw(made), 63));
        value(shelf, "empty-value", "no value at all", WRONG_ENCODING, made -> new byte[0]);
    }

    private static void keys(Shelf shelf) {
        var scalar = Party.SM2;
        signing(
                shelf,
                "other-user-id",
                "under another user ID",
                message -> Sm2Forger.under(
                        "ALICE123@YAHOO.COM", shelf.authority.key(scalar).scalar(), message));
        signing(
                shelf,
                "empty-user-id",
                "under an empty user ID, as one tool does by default",
                message -> Sm2Forger.under("", shelf.authority.key(scalar).scalar(), message));
        signing(
                shelf,
                "without-z",
                "over the message without Z",
                message -> Sm2Forger.withoutZ(shelf.authority.key(scalar).scalar(), message));
        signing(shelf, "sha-256-with-sm2", "SHA-256 in place of SM3", message -> shelf.authority
                .key(scalar)
                .sign("SHA256withSM2", message));
        ses(
                shelf,
                "ecdsa-on-the-sm2-curve",
                "ECDSA with the SM2 key, and so named",
                Shelf.modified(Flaw.ALGORITHMS_DISAGREE),
                ses -> {
                    ses.algorithm = "1.2.840.10045.4.3.2";
                    ses.sign =
                            Optional.of(message -> shelf.authority.key(scalar).sign("SHA256withECDSA", message));
                });
        ses(
                shelf,
                "p-256-called-sm2",
                "a key on P-256 under SM2's name",
                Shelf.modified(Flaw.ALGORITHMS_DISAGREE),
                ses -> ses.signer = Party.P256);
        ses(shelf, "p-256", "a key on P-256 under its own name", Shelf.undecided(Gap.ALGORITHM_UNKNOWN), ses -> {
            ses.signer = Party.P256;
            ses.algorithm = "1.2.840.10045.4.3.2";
        });
        ses(
                shelf,
                "off-the-curve",
                "a key that is no point of the curve",
                Shelf.undecided(Gap.NO_SIGNING_CERTIFICATE_FOUND),
                ses -> {
                    var der = Ses.der(shelf.authority.certificate(scalar));
                    var key = shelf.authority.certificate(scalar).getPublicKey().getEncoded();
                    der[index(der, Arrays.copyOfRange(key, key.length - 20, key.length)) + 19] ^= 1;
                    ses.certificate = Optional.of(der);
                    ses.list = Optional.of(List.of(new DEROctetString(der)));
                });
    }

    private static int index(byte[] whole, byte[] part) {
        for (int at = 0; ; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
    }

    /// So many SEQUENCEs in one another, well-formed.
    private static byte[] nested(int depth) {
        var bytes = new byte[6 * depth];
        int start = bytes.length;
        for (int i = 0; i < depth; i++) {
            int length = bytes.length - start;
            int more = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            for (int b = 0; b < Math.max(1, more); b++) {
                bytes[--start] = (byte) (length >> (8 * b));
            }
            if (more > 0) {
                bytes[--start] = (byte) (0x80 | more);
            }
            bytes[--start] = 0x30;
        }
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void stamp(Shelf shelf, String name, String made, UnaryOperator<byte[]> bend) {
        ses(shelf, name, made, MALFORMED, ses -> ses.stamp = bend);
    }

    private static void value(Shelf shelf, String name, String made, Expected expected, UnaryOperator<byte[]> bend) {
        ses(shelf, "sm2-" + name, made, expected, ses -> ses.value = bend);
    }

    private static void signing(Shelf shelf, String name, String made, Function<byte[], byte[]> sign) {
        ses(shelf, "sm2-" + name, made, WRONG_VALUE, ses -> ses.sign = Optional.of(sign));
    }

    private static void ses(Shelf shelf, String name, String made, Expected expected, Consumer<Ses> bend) {
        shelf.attack(
                name.startsWith("sm2-") ? "SM2" : "O4",
                (name.startsWith("sm2-") ? name.substring(4) : name) + "-stamp",
                made,
                expected,
                () -> {
                    var ses = shelf.ses();
                    bend.accept(ses);
                    return shelf.stamped(ses);
                });
    }
}
