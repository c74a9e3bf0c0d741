package org.yinzheng.testdata.corpus.pdf.valid;

import static org.yinzheng.testdata.corpus.pdf.valid.Valid.word;

import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.pdf.PdfStamp.Form;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// Every kind of signature that this project makes, by everybody, at every level.
final class Signatures {
    private final Valid valid = new Valid();
    private final Signing signing;

    private Signatures(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var signatures = new Signatures(signing);
        signatures.levels();
        signatures.seals();
        signatures.several();
        signatures.afterTheirTime();
        return signatures.valid.all();
    }

    private void levels() {
        for (var party : List.of(Party.RSA, Party.P256, Party.SM2)) {
            for (var level : Level.values()) {
                valid.add(
                        "level-" + word(level) + "-" + word(party),
                        "signed with " + party + ", level " + level,
                        () -> signed(party, level));
            }
        }
        for (var certification : Certification.values()) {
            valid.add(
                    "certified-" + word(certification),
                    "signed with RSA, certification " + certification,
                    () -> signing.form(certification));
        }
    }

    private DocumentBytes signed(Party party, Level level) {
        return signing.signed(Papers.licence(), signing.stamp("authority", party, level));
    }

    private void seals() {
        var seal = new Form.Ses(signing.authority().seal());
        for (var level : List.of(Level.B, Level.T)) {
            valid.add(
                    "seal-level-" + word(level),
                    "stamped with a seal of GB/T 38540, level " + level,
                    () -> signing.signed(
                            Papers.licence(), visible(Party.SM2, level).as(seal)));
        }
        valid.add(
                "seal-and-rsa",
                "stamped with a seal of GB/T 38540, then signed with RSA",
                () -> signing.signed(
                        signing.signed(
                                Papers.licence(), visible(Party.SM2, Level.B).as(seal)),
                        signing.stamp("rsa", Party.RSA)));
        valid.add(
                "seal-behind-rsa",
                "signed with RSA, then stamped with a seal of GB/T 38540",
                () -> signing.signed(
                        signing.alone.get(), signing.visible("seal", Party.SM2).as(seal)));
        valid.add("picture-of-a-seal", "signed with RSA, showing the picture of a seal", signing.visible);
    }

    private org.yinzheng.signing.pdf.PdfStamp visible(Party party, Level level) {
        return signing.visible("authority", party).reaching(level, Level.Shortfall.REQUIRE);
    }

    private void several() {
        valid.add("licence", "as licences are: SM2 unseen, then RSA with the seal", signing.licence);
        valid.add(
                "rsa-then-sm2",
                "RSA, then SM2",
                () -> signing.signed(signing.alone.get(), signing.stamp("second", Party.SM2)));
        valid.add(
                "two-with-timestamps",
                "two signatures of level LT, one behind the other",
                () -> signing.signed(signed(Party.RSA, Level.LT), signing.stamp("second", Party.OTHER_SM2, Level.LT)));
        valid.add(
                "two-of-level-lta",
                "two signatures of level LTA, one behind the other",
                () -> signing.signed(
                        signed(Party.RSA, Level.LTA), signing.stamp("second", Party.OTHER_RSA, Level.LTA)));
        for (int count : List.of(3, 8)) {
            valid.add(count + "-signatures", count + " signatures, SM2 and RSA by turns", () -> {
                var pdf = Papers.licence();
                for (int i = 0; i < count; i++) {
                    pdf = signing.signed(pdf, signing.stamp("signer-" + i, i % 2 == 0 ? Party.SM2 : Party.RSA));
                }
                return pdf;
            });
        }
    }

    /// Judged when a certificate has ended or was revoked, and by those who do not know the signer.
    private void afterTheirTime() {
        for (var party : List.of(Party.RSA_ENDING, Party.SM2_ENDING)) {
            valid.add(
                            "expired-since-without-timestamp-" + word(party),
                            "the certificate has ended since, and nothing proves the time of signing",
                            Expected.intactBut(Gap.OUT_OF_BOUNDS_NO_POE),
                            () -> signed(party, Level.B))
                    .judgedAt(CorpusAuthority.AFTER_EXPIRY);
            for (var level : List.of(Level.T, Level.LT, Level.LTA)) {
                valid.add(
                                "expired-since-level-" + word(level) + "-" + word(party),
                                "the certificate has ended since, and a timestamp proves that it was signed before",
                                () -> signed(party, level))
                        .judgedAt(CorpusAuthority.AFTER_EXPIRY);
            }
        }
        for (var party : List.of(Party.RSA_REVOKED_LATER, Party.SM2_REVOKED_LATER)) {
            valid.add(
                    "revoked-since-without-timestamp-" + word(party),
                    "the certificate was revoked since, and nothing proves the time of signing",
                    Expected.intactBut(Gap.REVOKED_NO_POE),
                    () -> signed(party, Level.B));
            valid.add(
                    "revoked-since-with-timestamp-" + word(party),
                    "the certificate was revoked since, and a timestamp proves that it was signed before",
                    () -> signed(party, Level.T));
        }
        for (var party : List.of(Party.RSA_STRANGER, Party.SM2_STRANGER)) {
            valid.add(
                    "unknown-signer-" + word(party),
                    "signed by somebody whom we do not know",
                    Expected.intactBut(Gap.NO_CERTIFICATE_CHAIN_FOUND).atLeast(),
                    () -> signed(party, Level.B));
        }
        valid.add(
                "key-of-1024-bits",
                "signed with an RSA key that is too short today",
                Expected.intactBut(Gap.KEY_TOO_WEAK),
                () -> signed(Party.RSA_1024, Level.B));
    }
}
