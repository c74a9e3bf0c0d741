package org.yinzheng.testdata.corpus.pdf.valid;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.CmsParts;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// The ways in which real signers encode the same signature, and the algorithms that they sign with.
final class Encodings {
    private static final String PLAIN = "adbe.pkcs7.detached";

    private final Valid valid = new Valid();
    private final Signing signing;

    private Encodings(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var encodings = new Encodings(signing);
        encodings.algorithms();
        encodings.old();
        encodings.values();
        return encodings.valid.all();
    }

    private void algorithms() {
        pades("rsa-sha384", Party.RSA, parts -> parts.with("SHA-384", "SHA384withRSA"));
        pades("rsa-sha512", Party.RSA, parts -> parts.with("SHA-512", "SHA512withRSA"));
        pades("ecdsa-sha384", Party.P256, parts -> {
            parts.with("SHA-384", "SHA384withECDSA");
            parts.signatureAlgorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
        });
        pades(
                "rsa-named-with-its-digest",
                Party.RSA,
                parts -> parts.signatureAlgorithm =
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE));
        pades("pss", Party.RSA, parts -> {
            parts.signatureAlgorithm = pss();
            parts.byHand = Optional.of(message -> parts.key.sign(SignatureScheme.PSS_SHA256, message));
        });
        plain(
                "sm2-named-by-its-curve",
                Party.SM2,
                parts -> parts.signatureAlgorithm =
                        new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.156.10197.1.301.1")));
    }

    private static AlgorithmIdentifier pss() {
        var sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        var parameters = new RSASSAPSSparams(
                sha256,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256),
                new ASN1Integer(32),
                RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, parameters);
    }

    private void old() {
        var weak = Expected.intactBut(Gap.ALGORITHM_WEAK);
        valid.add("sha1", "signed with SHA-1 and RSA", weak, () -> Handmade.of(
                        signing.cms(Party.RSA).with("SHA-1", "SHA1withRSA"))
                .subFilter(PLAIN)
                .on(Papers.licence()));
        valid.add("md5", "signed with MD5 and RSA", weak, () -> Handmade.of(
                        signing.cms(Party.RSA).with("MD5", "MD5withRSA"))
                .subFilter(PLAIN)
                .on(Papers.licence()));
    }

    private void values() {
        pades("attributes-not-sorted", Party.RSA, parts -> parts.sorted = false);
        pades("of-indefinite-length", Party.RSA, parts -> parts.encoding = "BER");
        pades(
                "null-behind-the-digest",
                Party.RSA,
                parts -> parts.digestAlgorithm =
                        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE));
        pades("root-enclosed", Party.RSA, parts -> {
            var all = new ArrayList<>(parts.certificates);
            all.add(signing.authority().root(Suite.RSA_SHA256).certificate());
            parts.certificates = all;
        });
        pades("signer-alone-enclosed", Party.RSA, parts -> parts.certificates = List.of(parts.named));
        pades("certificates-in-another-order", Party.RSA, parts -> parts.certificates = parts.certificates.reversed());
        for (var party : List.of(Party.RSA, Party.SM2)) {
            plain(
                    "without-signing-certificate-" + Valid.word(party),
                    party,
                    parts -> parts.attributes = all -> all.subList(0, 2));
            plain(
                    "with-signing-time-" + Valid.word(party),
                    party,
                    parts -> parts.attributes = all -> {
                        var more = new ArrayList<>(all);
                        more.add(CmsParts.attribute(
                                CMSAttributes.signingTime, new Time(Date.from(CorpusAuthority.SIGNED))));
                        return more;
                    });
            plain("without-attributes-" + Valid.word(party), party, parts -> parts.hasAttributes = false);
        }
        plain(
                "with-an-attribute-that-nobody-knows",
                Party.RSA,
                parts -> parts.attributes = all -> {
                    var more = new ArrayList<>(all);
                    ASN1Encodable value = new ASN1Integer(1);
                    more.add(CmsParts.attribute(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), value));
                    return more;
                });
    }

    private void pades(String name, Party party, Consumer<CmsParts> change) {
        made("pades-" + name, party, "ETSI.CAdES.detached", change);
    }

    private void plain(String name, Party party, Consumer<CmsParts> change) {
        made("cms-" + name, party, PLAIN, change);
    }

    private void made(String name, Party party, String subFilter, Consumer<CmsParts> change) {
        valid.add(name, "signed by hand with " + party + ", " + subFilter, () -> {
            var parts = signing.cms(party);
            change.accept(parts);
            return Handmade.of(parts).subFilter(subFilter).on(Papers.licence());
        });
    }
}
