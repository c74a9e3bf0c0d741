package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.ALGORITHMS_DISAGREE;
import static org.yinzheng.signing.verdict.Flaw.CMS_MALFORMED;
import static org.yinzheng.signing.verdict.Flaw.HASH_FAILURE;
import static org.yinzheng.signing.verdict.Flaw.SIGNATURE_VALUE_MISSING;
import static org.yinzheng.signing.verdict.Flaw.SIGNED_ATTRIBUTES_INCOMPLETE;
import static org.yinzheng.signing.verdict.Flaw.SIGNING_CERTIFICATE_MISMATCH;
import static org.yinzheng.signing.verdict.Flaw.SIG_CRYPTO_FAILURE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.CmsParts;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// P10: values whose parts contradict each other, or leave out what holds them together.
final class CmsConfusion {
    private static final ASN1ObjectIdentifier SHA256_WITH_RSA = PKCSObjectIdentifiers.sha256WithRSAEncryption;

    private final Attacks attacks = new Attacks("P10");
    private final Signing signing;

    private CmsConfusion(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var confusion = new CmsConfusion(signing);
        confusion.structure();
        confusion.attributes();
        confusion.algorithms();
        confusion.certificates();
        confusion.attacks.all().addAll(WrongValues.of(signing));
        return confusion.attacks.all();
    }

    private void structure() {
        rsa(
                "content-enclosed",
                unreadable(),
                parts -> parts.enclosed =
                        Optional.of("other content".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        rsa("no-signer", unreadable(), parts -> parts.signers = infos -> List.of());
        rsa("two-signers", unreadable(), parts -> parts.signers = infos -> List.of(infos.getFirst(), infos.getFirst()));
        rsa(
                "bytes-behind-the-value",
                unreadable(),
                parts -> parts.whole = der -> Arrays.copyOf(WrongValues.append(der, (byte) 1), der.length + 1));
        rsa(
                "cut-off-value",
                Expected.modified(SIG_CRYPTO_FAILURE),
                parts -> parts.whole = der -> Arrays.copyOf(der, der.length - 40));
        rsa(
                "length-beyond-the-value",
                unreadable(),
                parts -> parts.whole =
                        der -> new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 2, 1, 1});
        rsa(
                "nested-without-end",
                Expected.undecided(Integrity.UNKNOWN, Gap.TOO_COMPLEX),
                parts -> parts.whole = der -> nested());
        rsa("no-cms-at-all", unreadable(), parts -> parts.whole = der -> new byte[] {4, 1, 1});
        rsa("nothing", Expected.modified(SIGNATURE_VALUE_MISSING), parts -> parts.whole = der -> new byte[0]);
    }

    private static Expected unreadable() {
        return Expected.failed(Integrity.UNKNOWN, CMS_MALFORMED);
    }

    private static byte[] nested() {
        var deep = new byte[8000];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        return deep;
    }

    private void attributes() {
        var incomplete = Expected.modified(SIGNED_ATTRIBUTES_INCOMPLETE);
        rsa("no-attributes", incomplete, parts -> parts.hasAttributes = false);
        rsa("no-message-digest", incomplete, without(CMSAttributes.messageDigest));
        rsa("no-content-type", incomplete, without(CMSAttributes.contentType));
        rsa(
                "no-signing-certificate",
                Expected.intactBut(Gap.SIGNING_CERTIFICATE_UNNAMED),
                without(PKCSObjectIdentifiers.id_aa_signingCertificateV2));
        rsa("content-type-of-a-timestamp", unreadable(), parts -> {
            parts.contentType = PKCSObjectIdentifiers.id_ct_TSTInfo;
            parts.announcedType = PKCSObjectIdentifiers.id_ct_TSTInfo;
        });
        rsa("content-types-that-differ", incomplete, parts -> parts.contentType = CMSObjectIdentifiers.digestedData);
        rsa(
                "message-digest-of-something-else",
                Expected.modified(HASH_FAILURE),
                parts -> parts.messageDigest = WrongValues::flipped);
        rsa(
                "message-digest-cut-short",
                Expected.modified(HASH_FAILURE),
                parts -> parts.messageDigest = digest -> Arrays.copyOf(digest, 16));
        rsa(
                "message-digest-empty",
                Expected.modified(HASH_FAILURE),
                parts -> parts.messageDigest = digest -> new byte[0]);
        rsa(
                "two-message-digests",
                unreadable(),
                parts -> parts.attributes = all -> {
                    var more = new ArrayList<>(all);
                    more.add(CmsParts.attribute(CMSAttributes.messageDigest, new DEROctetString(new byte[32])));
                    return more;
                });
        rsa(
                "message-digest-of-two-values",
                unreadable(),
                parts -> parts.attributes = all -> all.stream()
                        .map(one -> one.getAttrType().equals(CMSAttributes.messageDigest)
                                ? CmsParts.attribute(
                                        CMSAttributes.messageDigest,
                                        one.getAttrValues().getObjectAt(0),
                                        new DEROctetString(new byte[32]))
                                : one)
                        .toList());
        rsa(
                "attributes-changed-after-signing",
                Expected.modified(SIG_CRYPTO_FAILURE),
                parts -> parts.attributesAfterSigning = all -> {
                    var more = new ArrayList<>(all);
                    more.add(CmsParts.attribute(
                            CMSAttributes.signingTime,
                            new org.bouncycastle.asn1.cms.Time(
                                    java.util.Date.from(org.yinzheng.testdata.corpus.CorpusAuthority.SIGNED))));
                    return more;
                });
    }

    private static Consumer<CmsParts> without(ASN1ObjectIdentifier type) {
        return parts -> parts.attributes = all -> all.stream()
                .filter((Attribute one) -> !one.getAttrType().equals(type))
                .toList();
    }

    private void algorithms() {
        var disagree = Expected.modified(ALGORITHMS_DISAGREE);
        rsa("digest-named-is-not-the-one-of-the-signature", disagree, parts -> {
            parts.signatureAlgorithm = new AlgorithmIdentifier(SHA256_WITH_RSA, DERNull.INSTANCE);
            parts.digest = "SHA-512";
            parts.digestAlgorithm = CmsParts.digestAlgorithm("SHA-512");
        });
        rsa(
                "digest-named-is-not-the-one-that-was-made",
                Expected.modified(HASH_FAILURE),
                parts -> parts.digestAlgorithm = CmsParts.digestAlgorithm("SHA-512"));
        rsa(
                "signature-named-with-a-weak-digest",
                disagree,
                parts -> parts.signatureAlgorithm =
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha1WithRSAEncryption, DERNull.INSTANCE));
        rsa(
                "signature-of-another-kind-of-key",
                Expected.modified(SIG_CRYPTO_FAILURE),
                parts -> parts.signatureAlgorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
        rsa(
                "signature-said-to-be-sm2",
                disagree,
                parts -> parts.signatureAlgorithm =
                        new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.156.10197.1.501")));
        rsa(
                "signed-with-another-digest-than-it-says",
                Expected.modified(SIG_CRYPTO_FAILURE),
                parts -> parts.signing = Optional.of("SHA512withRSA"));
    }

    private void certificates() {
        rsa(
                "signing-certificate-of-somebody-else",
                mismatch(),
                parts -> parts.named = signing.authority().certificate(Party.OTHER_RSA));
        rsa("identifier-of-somebody-else", Expected.modified(SIGNING_CERTIFICATE_MISMATCH), parts -> {
            parts.identified = signing.authority().certificate(Party.OTHER_RSA);
            parts.certificates = List.of(parts.identified, signing.authority().certificate(Party.RSA));
        });
        attacks.add(
                "signed-by-a-stranger-under-our-certificate",
                "signed with a stranger's key, and the authority's certificate beside it",
                Expected.modified(SIG_CRYPTO_FAILURE),
                () -> {
                    var parts = signing.cms(Party.RSA_STRANGER);
                    var authority = signing.authority().signer(Party.RSA);
                    parts.identified = authority.certificate();
                    parts.named = authority.certificate();
                    parts.certificates = authority.chain();
                    return Handmade.of(parts).on(Papers.licence());
                });
    }

    private static Expected mismatch() {
        return Expected.failed(Integrity.UNKNOWN, SIGNING_CERTIFICATE_MISMATCH);
    }

    private void rsa(String name, Expected expected, Consumer<CmsParts> change) {
        attacks.add(
                name, "signed with a good RSA key, and one part of the value is not as it must be", expected, () -> {
                    var parts = signing.cms(Party.RSA);
                    change.accept(parts);
                    return Handmade.of(parts).on(Papers.licence());
                });
    }
}
