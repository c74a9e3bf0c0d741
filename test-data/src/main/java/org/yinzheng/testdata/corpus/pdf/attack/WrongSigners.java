package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.testdata.corpus.CertificateOrder.signer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CertificateOrder;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.CmsParts;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// Signatures that are right, by those who may not make them. What they signed is unchanged, and nothing says
/// otherwise.
final class WrongSigners {
    private final Attacks attacks = new Attacks("signer");
    private final Signing signing;

    private WrongSigners(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var signers = new WrongSigners(signing);
        signers.outOfTime();
        signers.ofOtherPurpose();
        return signers.attacks.all();
    }

    private void outOfTime() {
        // a timestamp says until when it was signed, not since when
        var outOfBounds = Expected.intactBut(Gap.OUT_OF_BOUNDS_NO_POE).atLeast();
        standing(Party.RSA_EXPIRED, outOfBounds);
        standing(Party.SM2_EXPIRED, outOfBounds);
        standing(Party.RSA_NOT_YET_VALID, outOfBounds);
        standing(Party.SM2_NOT_YET_VALID, outOfBounds);
        standing(Party.RSA_REVOKED, Expected.failed(Integrity.INTACT, Flaw.REVOKED));
        standing(Party.SM2_REVOKED, Expected.failed(Integrity.INTACT, Flaw.REVOKED));
    }

    private void standing(Party party, Expected expected) {
        for (var timestamped : List.of(false, true)) {
            var name = party.name().toLowerCase(Locale.ROOT).replace('_', '-');
            attacks.add(
                    timestamped ? name + "-with-timestamp" : name,
                    "signed when the certificate did not count",
                    expected,
                    () -> {
                        var parts = signing.cms(party);
                        if (timestamped) {
                            parts.timestamp = Optional.of(value -> signing.authority()
                                    .timestamps(CorpusAuthority.SIGNED)
                                    .token(DocumentBytes.of(value), party.suite())
                                    .toByteArray());
                        }
                        return signed(parts, party.suite());
                    });
        }
    }

    private void ofOtherPurpose() {
        var unfit = Expected.intactBut(Gap.CHAIN_CONSTRAINTS_FAILURE).atLeast();
        attacks.add(
                "timestamp-authority",
                "signed by a timestamp authority",
                unfit,
                () -> signed(signing.cms(Party.TSA_RSA), Suite.RSA_SHA256));
        attacks.add(
                "certification-authority",
                "signed by a certification authority",
                unfit,
                () -> signed(new CmsParts(signing.authority().issuing(Suite.RSA_SHA256)), Suite.RSA_SHA256));
        attacks.add(
                "certified-by-a-signer",
                "certified by somebody who signs documents and issues nothing",
                unfit,
                () -> signed(certified(signer("东原市市场监督管理局"), Party.OTHER_RSA), Suite.RSA_SHA256));
        attacks.add("key-for-encryption", "signed with a key whose certificate is for encryption", unfit, () -> {
            var key = signing.authority().key(Party.RSA);
            var order = signer("东原市市场监督管理局").usage(org.bouncycastle.asn1.x509.KeyUsage.keyEncipherment);
            var issuer = signing.authority().issuing(Suite.RSA_SHA256);
            return signed(new CmsParts(CorpusAuthority.certified(key, order, issuer)), Suite.RSA_SHA256);
        });
    }

    /// Below a signer's certificate, and with the whole chain.
    private CmsParts certified(CertificateOrder order, Party issuer) {
        var above = signing.authority().signer(issuer);
        var parts = new CmsParts(CorpusAuthority.certified(
                signing.authority().key(Party.RSA), order, new Signer(above.key(), List.of(above.certificate()))));
        parts.certificates = List.of(
                parts.named,
                above.certificate(),
                signing.authority().issuing(Suite.RSA_SHA256).certificate());
        return parts;
    }

    private static DocumentBytes signed(CmsParts parts, Suite suite) {
        return Handmade.of(parts)
                .subFilter(suite == Suite.SM2_SM3 ? "adbe.pkcs7.detached" : "ETSI.CAdES.detached")
                .on(Papers.licence());
    }
}
