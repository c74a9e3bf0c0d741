package org.yinzheng.testdata.corpus.cms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.util.BigIntegers;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.CorpusKey;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.OtherKey;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;
import org.yinzheng.testdata.corpus.pdf.CmsParts;

/// CMS beside a file: good ones, and every way in which an encoding can be wrong that a lenient library takes.
public final class CmsSpecimens implements Specimens {
    static final byte[] FILE = "abc".getBytes(UTF_8);
    private static final BigInteger N_P256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    /// DigestInfo of SHA-256 (RFC 8017 §9.2, note 1), and three things that a lenient reader takes for it.
    private static final String INFO = "3031300d060960864801650304020105000420";

    private static final String INFO_IN_BER = "308131300d060960864801650304020105000420";
    private static final String INFO_WITHOUT_NULL = "302f300b0609608648016503040201" + "0420";
    private static final Expected BROKEN = Expected.modified(Flaw.SIG_CRYPTO_FAILURE);
    private static final Expected CHANGED = Expected.modified(Flaw.HASH_FAILURE);
    private static final Expected INCOMPLETE = Expected.modified(Flaw.SIGNED_ATTRIBUTES_INCOMPLETE);
    private static final Expected DISAGREE = Expected.modified(Flaw.ALGORITHMS_DISAGREE);

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var all = new Made(authority, new ArrayList<>());
        good(all);
        otherSuites(all);
        severalSigners(all);
        attributes(all);
        values(all);
        timestamps(all);
        Timestampers.add(all);
        return all.specimens();
    }

    private static void good(Made all) {
        for (var party : List.of(Party.RSA, Party.P256, Party.SM2)) {
            all.valid(party.name().toLowerCase(Locale.ROOT), party, Expected.passed(), cms -> {});
        }
        all.valid("attributes-not-sorted", Party.RSA, Expected.passed(), cms -> cms.sorted = false);
        all.valid("ber", Party.RSA, Expected.passed(), cms -> cms.encoding = "BER");
        all.valid("no-attributes", Party.RSA, Expected.passed(), cms -> cms.hasAttributes = false);
        all.valid(
                "algorithm-with-its-digest",
                Party.RSA,
                Expected.passed(),
                cms -> cms.signatureAlgorithm =
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE));
        all.valid(
                "algorithm-without-null",
                Party.RSA,
                Expected.passed(),
                cms -> cms.signatureAlgorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption));
        all.valid("sha512", Party.RSA, Expected.passed(), cms -> cms.with("SHA-512", "SHA512withRSA"));
        all.valid("sha1", Party.RSA, Expected.intactBut(Gap.ALGORITHM_WEAK), cms -> cms.with("SHA-1", "SHA1withRSA"));
        all.valid("md5", Party.RSA, Expected.intactBut(Gap.ALGORITHM_WEAK), cms -> cms.with("MD5", "MD5withRSA"));
        all.valid("rsa-1024", Party.RSA_1024, Expected.intactBut(Gap.KEY_TOO_WEAK), cms -> {});
        all.valid(
                "digest-info-without-null",
                Party.RSA,
                Expected.passed(),
                cms -> cms.byHand = Optional.of(message -> padded(cms.key, INFO_WITHOUT_NULL, message, "")));
        all.valid("timestamped", Party.RSA, Expected.passed(), cms -> cms.timestamp = Optional.of(all::token));
    }

    private static void otherSuites(Made all) {
        for (var kind : OtherKey.values()) {
            var expected = kind == OtherKey.DSA ? Expected.intactBut(Gap.ALGORITHM_WEAK) : Expected.passed();
            var name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            all.add("cms-valid-" + name, Specimen.VALID, all.other(kind), expected, cms -> cms.with(kind));
            all.add("cms-p10-other-file-" + name, "P10", all.other(kind), CHANGED, cms -> {
                cms.with(kind);
                cms.messageDigest = digest -> new byte[digest.length];
            });
            all.add("cms-p10-value-changed-" + name, "P10", all.other(kind), BROKEN, cms -> {
                cms.with(kind);
                cms.value = CmsSpecimens::changed;
            });
        }
        var usual = SignatureScheme.PSS_SHA256;
        var other = SignatureScheme.pss("SHA-512", "SHA-256", 20).orElseThrow();
        all.valid("pss", Party.RSA, Expected.passed(), cms -> pss(cms, usual));
        all.valid("pss-other-parameters", Party.RSA, Expected.passed(), cms -> pss(cms, other));
        all.attack("P10", "pss-of-another-salt", Party.RSA, BROKEN, cms -> {
            pss(cms, other);
            cms.byHand = Optional.of(message ->
                    cms.key.sign(SignatureScheme.pss("SHA-512", "SHA-256", 32).orElseThrow(), message));
        });
        all.attack("P10", "pss-of-another-digest", Party.RSA, DISAGREE, cms -> {
            pss(cms, other);
            cms.digest = "SHA-256";
            cms.digestAlgorithm = CmsParts.digestAlgorithm("SHA-256");
        });
        all.valid("by-subject-key", Party.RSA, Expected.passed(), cms -> cms.bySubjectKey = true);
        all.valid("enclosed", Party.RSA, Expected.passed(), cms -> cms.enclosed = Optional.of(FILE));
    }

    private static void pss(CmsParts cms, SignatureScheme scheme) {
        cms.digest = scheme.digestName();
        cms.digestAlgorithm = CmsParts.digestAlgorithm(scheme.digestName());
        var mask = new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_mgf1, CmsParts.digestAlgorithm(scheme.maskDigestName()));
        cms.signatureAlgorithm = new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSASSA_PSS,
                new RSASSAPSSparams(
                        cms.digestAlgorithm,
                        mask,
                        new ASN1Integer(scheme.saltLength()),
                        RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
        cms.byHand = Optional.of(message -> cms.key.sign(scheme, message));
    }

    private static void severalSigners(Made all) {
        all.valid(
                "two-signers", Party.RSA, Expected.passed(), cms -> cms.beside = Optional.of(all.signing(Party.P256)));
        all.valid(
                "two-signers-of-two-suites",
                Party.RSA,
                Expected.passed(),
                cms -> cms.beside = Optional.of(all.signing(Party.SM2)));
        all.attack("P10", "second-signer-of-another-file", Party.RSA, CHANGED, cms -> {
            var other = all.signing(Party.P256);
            other.messageDigest = digest -> new byte[32];
            cms.beside = Optional.of(other);
        });
        all.attack("P10", "second-signer-broken", Party.RSA, BROKEN, cms -> {
            var other = all.signing(Party.P256);
            other.value = CmsSpecimens::changed;
            cms.beside = Optional.of(other);
        });
        all.attack(
                "P10",
                "second-signer-a-stranger",
                Party.RSA,
                Expected.intactBut(Gap.NO_CERTIFICATE_CHAIN_FOUND).atLeast(),
                cms -> cms.beside = Optional.of(all.signing(Party.RSA_STRANGER)));
    }

    private static byte[] changed(byte[] value) {
        var other = value.clone();
        other[other.length - 5] ^= 1;
        return other;
    }

    private static void attributes(Made all) {
        all.attack("P10", "other-file", Party.RSA, CHANGED, cms -> cms.messageDigest = digest -> new byte[32]);
        all.attack(
                "P10",
                "no-message-digest",
                Party.RSA,
                INCOMPLETE,
                cms -> cms.attributes = given -> given.stream()
                        .filter(one -> !one.getAttrType().equals(CMSAttributes.messageDigest))
                        .toList());
        all.attack(
                "P10",
                "no-content-type",
                Party.RSA,
                INCOMPLETE,
                cms -> cms.attributes = given -> given.stream()
                        .filter(one -> !one.getAttrType().equals(CMSAttributes.contentType))
                        .toList());
        all.attack(
                "P10",
                "other-content-type",
                Party.RSA,
                INCOMPLETE,
                cms -> cms.contentType = PKCSObjectIdentifiers.id_ct_TSTInfo);
        all.attack(
                "P10",
                "attributes-changed-after-signing",
                Party.RSA,
                BROKEN,
                cms -> cms.attributesAfterSigning = given -> given.subList(0, 2));
        all.attack(
                "P10",
                "other-certificate-named",
                Party.RSA,
                Expected.failed(Integrity.UNKNOWN, Flaw.SIGNING_CERTIFICATE_MISMATCH),
                cms -> cms.named = all.authority().certificate(Party.OTHER_RSA));
        all.attack(
                "P10",
                "digests-disagree",
                Party.RSA,
                DISAGREE,
                cms -> cms.signatureAlgorithm =
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha512WithRSAEncryption, DERNull.INSTANCE));
        all.attack("P10", "no-signer", Party.RSA, Expected.unsigned(), cms -> cms.signers = given -> List.of());
        all.attack(
                "P10",
                "trailing-bytes",
                Party.RSA,
                Expected.failed(Integrity.UNKNOWN, Flaw.CMS_MALFORMED),
                cms -> cms.whole = bytes -> Arrays.copyOf(appended(bytes), bytes.length + 1));
        all.attack(
                "P10",
                "enclosed-content-is-another",
                Party.RSA,
                CHANGED,
                cms -> cms.enclosed = Optional.of("another".getBytes(UTF_8)));
        all.attack(
                "P10",
                "algorithm-unknown",
                Party.RSA,
                Expected.undecided(Integrity.UNKNOWN, Gap.ALGORITHM_UNKNOWN).atLeast(),
                cms -> cms.signatureAlgorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.3.4")));
        all.attack(
                "P10",
                "pss-without-parameters",
                Party.RSA,
                Expected.undecided(Integrity.UNKNOWN, Gap.ALGORITHM_UNKNOWN).atLeast(),
                cms -> cms.signatureAlgorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS));
    }

    private static byte[] appended(byte[] bytes) {
        var longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = 1;
        return longer;
    }

    private static void values(Made all) {
        all.attack(
                "RSA",
                "digest-info-in-ber",
                Party.RSA,
                BROKEN,
                cms -> cms.byHand = Optional.of(message -> padded(cms.key, INFO_IN_BER, message, "")));
        all.attack(
                "RSA",
                "garbage-after-the-digest",
                Party.RSA,
                BROKEN,
                cms -> cms.byHand = Optional.of(message -> padded(cms.key, INFO, message, "deadbeef".repeat(20))));
        all.attack(
                "RSA",
                "short-padding",
                Party.RSA,
                BROKEN,
                cms -> cms.byHand = Optional.of(message -> shortPadded(cms.key, message)));
        all.attack("RSA", "value-zero", Party.RSA, BROKEN, cms -> cms.value = value -> new byte[value.length]);
        all.attack(
                "RSA",
                "value-with-a-leading-zero",
                Party.RSA,
                BROKEN,
                cms -> cms.value = value -> {
                    var longer = new byte[value.length + 1];
                    System.arraycopy(value, 0, longer, 1, value.length);
                    return longer;
                });
        all.attack(
                "RSA",
                "value-plus-modulus",
                Party.RSA,
                BROKEN,
                cms -> cms.value = value -> {
                    var modulus = ((java.security.interfaces.RSAPublicKey) cms.key.publicKey()).getModulus();
                    return new BigInteger(1, value).add(modulus).toByteArray();
                });
        all.attack("RSA", "value-empty", Party.RSA, BROKEN, cms -> cms.value = value -> new byte[0]);
        ecdsa(all, "r-and-s-zero", (r, s) -> der(BigInteger.ZERO, BigInteger.ZERO));
        ecdsa(all, "r-plus-n", (r, s) -> der(r.add(N_P256), s));
        ecdsa(all, "s-plus-n", (r, s) -> der(r, s.add(N_P256)));
        ecdsa(all, "s-negative", (r, s) -> der(r, s.subtract(N_P256)));
        ecdsa(all, "r-one-s-zero", (r, s) -> der(BigInteger.ONE, BigInteger.ZERO));
        ecdsa(all, "r-and-s-n", (r, s) -> der(N_P256, N_P256));
        ecdsa(all, "three-numbers", (r, s) -> sequence(r, s, BigInteger.ONE));
        ecdsa(all, "trailing-byte", (r, s) -> appended(der(r, s)));
        all.attack(
                "SM2",
                "other-user-identifier",
                Party.SM2,
                BROKEN,
                cms -> cms.byHand =
                        Optional.of(message -> cms.key.signAs("ALICE123@YAHOO.COM".getBytes(UTF_8), message)));
        all.attack(
                "SM2",
                "without-z",
                Party.SM2,
                BROKEN,
                cms -> cms.byHand = Optional.of(message -> cms.key.sign(Cryptography.sm3(message))));
    }

    private static void timestamps(Made all) {
        all.attack(
                "P11",
                "timestamp-over-another-value",
                Party.RSA,
                Expected.failed(Integrity.INTACT, Flaw.TIMESTAMP_TRANSPLANTED),
                cms -> cms.timestamp = Optional.of(value -> all.token(new byte[] {1})));
        all.attack(
                "P11",
                "timestamp-by-a-stranger",
                Party.RSA,
                Expected.intactBut(Gap.TIMESTAMP_UNTRUSTED).atLeast(),
                cms -> cms.timestamp = Optional.of(value -> all.authority()
                        .strangeTimestamps(CorpusAuthority.SIGNED)
                        .token(DocumentBytes.owning(value), cms.key.suite())
                        .toByteArray()));
        all.attack(
                "P11",
                "timestamp-from-the-future",
                Party.RSA,
                Expected.intactBut(Gap.TIMESTAMP_ORDER_FAILURE).atLeast(),
                cms -> cms.timestamp = Optional.of(value -> all.authority()
                        .timestamps(CorpusAuthority.JUDGED.plusSeconds(86_400))
                        .token(DocumentBytes.owning(value), cms.key.suite())
                        .toByteArray()));
    }

    @FunctionalInterface
    private interface Numbers {
        byte[] of(BigInteger r, BigInteger s);
    }

    private static void ecdsa(Made all, String name, Numbers numbers) {
        all.attack(
                "ECDSA",
                name,
                Party.P256,
                BROKEN,
                cms -> cms.value = value -> {
                    var raw = DsaValue.raw(value);
                    return numbers.of(
                            new BigInteger(1, Arrays.copyOfRange(raw, 0, 32)),
                            new BigInteger(1, Arrays.copyOfRange(raw, 32, 64)));
                });
    }

    private static byte[] der(BigInteger r, BigInteger s) {
        return sequence(r, s);
    }

    private static byte[] sequence(BigInteger... numbers) {
        try {
            return new DERSequence(Arrays.stream(numbers).map(ASN1Integer::new).toArray(ASN1Integer[]::new))
                    .getEncoded();
        } catch (java.io.IOException e) {
            throw new AssertionError("numbers can be encoded", e);
        }
    }

    private static byte[] padded(CorpusKey key, String info, byte[] message, String garbage) {
        var tail = HexFormat.of().parseHex(info + digest(message) + garbage);
        var block = new byte[length(key)];
        Arrays.fill(block, 1, block.length, (byte) 0xff);
        block[0] = 0;
        block[1] = 1;
        block[block.length - tail.length - 1] = 0;
        System.arraycopy(tail, 0, block, block.length - tail.length, tail.length);
        return raw(key, block);
    }

    /// Eight bytes of padding, and the rest after the digest: what Bleichenbacher's forgery of 2006 looks like.
    private static byte[] shortPadded(CorpusKey key, byte[] message) {
        var block = new byte[length(key)];
        var beginning = HexFormat.of().parseHex("0001" + "ff".repeat(8) + "00" + INFO + digest(message));
        System.arraycopy(beginning, 0, block, 0, beginning.length);
        return raw(key, block);
    }

    private static String digest(byte[] message) {
        return HexFormat.of().formatHex(Cryptography.digest("SHA-256").digest(message));
    }

    private static int length(CorpusKey key) {
        return (((RSAPrivateKey) key.privateKey()).getModulus().bitLength() + 7) / 8;
    }

    private static byte[] raw(CorpusKey key, byte[] block) {
        var own = (RSAPrivateKey) key.privateKey();
        var value = new BigInteger(1, block).modPow(own.getPrivateExponent(), own.getModulus());
        return BigIntegers.asUnsignedByteArray(block.length, value);
    }

    record Made(CorpusAuthority authority, List<Specimen> specimens) {
        void valid(String name, Party party, Expected expected, Consumer<CmsParts> how) {
            add("cms-valid-" + name, Specimen.VALID, () -> authority.signer(party), expected, how);
        }

        void attack(String attack, String name, Party party, Expected expected, Consumer<CmsParts> how) {
            var full = "cms-" + attack.toLowerCase(Locale.ROOT) + "-" + name;
            add(full, attack, () -> authority.signer(party), expected, how);
        }

        Supplier<Signer> other(OtherKey kind) {
            return () -> authority.signer(kind);
        }

        CmsParts signing(Party party) {
            return new CmsParts(authority.signer(party));
        }

        void add(String name, String attack, Supplier<Signer> signer, Expected expected, Consumer<CmsParts> how) {
            specimens.add(new Specimen(name, "CMS", attack, name.replace('-', ' '), expected, () -> {
                        var cms = new CmsParts(signer.get());
                        how.accept(cms);
                        return DocumentBytes.owning(cms.over(FILE));
                    })
                    .over("file.bin", () -> DocumentBytes.of(FILE)));
        }

        byte[] token(byte[] value) {
            return authority
                    .timestamps(CorpusAuthority.SIGNED)
                    .token(DocumentBytes.owning(value), Party.RSA.suite())
                    .toByteArray();
        }
    }
}
