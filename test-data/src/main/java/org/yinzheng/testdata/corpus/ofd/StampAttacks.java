package org.yinzheng.testdata.corpus.ofd;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DEROctetString;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// Stamps and seals that are genuine somewhere else, or never were (O3), and signed data bent (P10 in an OFD).
public final class StampAttacks implements Specimens {
    private static final String FOLDER = "Doc_0/Signs/Sign_0/";

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        transplants(shelf);
        seals(shelf);
        signers(shelf);
        signedData(shelf);
        return shelf.all();
    }

    private static void transplants(Shelf shelf) {
        shelf.attack(
                "O3",
                "value-of-another-document",
                "the stamp of another licence",
                Shelf.modified(Flaw.STAMP_TRANSPLANTED),
                () -> {
                    var other = Plan.of(shelf.ses()).put(Papers.licence("91350200MA39999990"));
                    return shelf.stamped().put(FOLDER + "SignedValue.dat", other.get(FOLDER + "SignedValue.dat"));
                });
        shelf.attack(
                "O3",
                "signature-of-another-document",
                "description and stamp of another licence",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                () -> {
                    var ofd = shelf.stamped();
                    var other = Plan.of(shelf.ses()).put(Papers.licence("91350200MA39999990"));
                    for (var name : List.of("Signature.xml", "SignedValue.dat")) {
                        ofd.put(FOLDER + name, other.get(FOLDER + name));
                    }
                    return ofd;
                });
        shelf.attack(
                "O3",
                "moved-to-another-path",
                "the signature's files moved, the list follows",
                Shelf.modified(Flaw.STAMP_TRANSPLANTED),
                () -> {
                    var ofd = shelf.open();
                    for (var name : List.of("Signature.xml", "SignedValue.dat")) {
                        ofd.put("Doc_0/Signs/Sign_5/" + name, ofd.get(FOLDER + name))
                                .remove(FOLDER + name);
                    }
                    ofd.edit(Plan.LIST, "Sign_0", "Sign_5");
                    return ofd.put(FOLDER + "SignedValue.dat", ofd.get("Doc_0/Signs/Sign_5/SignedValue.dat"));
                });
        shelf.attack(
                "O3",
                "copy-of-another-seal",
                "Seal.esl is another genuine seal",
                Shelf.modified(Flaw.SEAL_MISMATCH),
                () -> {
                    var plan = Plan.of(shelf.ses()).covering(name -> !name.endsWith(".esl"));
                    plan.copy = Optional.of(shelf.authority.seal().der().toByteArray());
                    return plan.put(Papers.licence());
                });
        shelf.attack(
                "O3", "copy-exchanged", "Seal.esl exchanged after stamping", Shelf.modified(Flaw.SEAL_MISMATCH), () -> {
                    var ses = shelf.ses();
                    var plan = Plan.of(ses);
                    plan.copy = Optional.of(ses.seal());
                    return plan.put(Papers.licence())
                            .put(
                                    FOLDER + "Seal.esl",
                                    shelf.authority.seal().der().toByteArray());
                });
        shelf.attack(
                "O3",
                "timestamp-of-another-stamp",
                "a genuine timestamp over something else",
                Expected.failed(Integrity.INTACT, Flaw.TIMESTAMP_TRANSPLANTED),
                () -> {
                    var ses = shelf.ses();
                    ses.timestamp = Optional.of(value -> shelf.authority
                            .timestamps(CorpusAuthority.SIGNED)
                            .token(DocumentBytes.of(new byte[64]), Suite.SM2_SM3)
                            .toByteArray());
                    return shelf.stamped(ses);
                });
    }

    private static void seals(Shelf shelf) {
        ses(
                shelf,
                "seal-renamed",
                "the seal's name changed after it was made",
                Shelf.undecided(Flaw.SEAL_SIGNATURE_INVALID),
                ses -> ses.seal = replaced("东原市市场", "西原市市场"));
        ses(
                shelf,
                "seal-prolonged",
                "the seal's end moved after it was made",
                Shelf.undecided(Flaw.SEAL_SIGNATURE_INVALID),
                ses -> ses.seal = replaced("20271121080000Z", "20371121080000Z"));
        ses(
                shelf,
                "seal-picture-changed",
                "a byte of the seal's picture changed",
                Shelf.undecided(Flaw.SEAL_SIGNATURE_INVALID),
                ses -> ses.seal = replaced("IHDR", "IHDS"));
        ses(
                shelf,
                "seal-expired",
                "the seal had ended when it was used",
                Expected.failed(Integrity.INTACT, Flaw.SEAL_OUT_OF_PERIOD),
                ses -> ses.until = CorpusAuthority.SIGNED.minusSeconds(60));
        ses(
                shelf,
                "seal-not-yet-valid",
                "the seal begins a minute after it was used",
                Expected.failed(Integrity.INTACT, Flaw.SEAL_OUT_OF_PERIOD),
                ses -> ses.from = CorpusAuthority.SIGNED.plusSeconds(60));
        ses(
                shelf,
                "signer-not-listed",
                "the seal lists another signer",
                Expected.failed(Integrity.INTACT, Flaw.SEAL_SIGNER_NOT_LISTED),
                ses -> ses.list = Optional.of(
                        List.of(new DEROctetString(Ses.der(shelf.authority.certificate(Party.OTHER_SM2))))));
        ses(
                shelf,
                "seal-without-signers",
                "the seal lists nobody",
                Expected.failed(Integrity.INTACT, Flaw.SEAL_SIGNER_NOT_LISTED),
                ses -> ses.list = Optional.of(List.of()));
        ses(
                shelf,
                "digest-list-of-another",
                "the seal lists another signer's digest",
                Expected.failed(Integrity.INTACT, Flaw.SEAL_SIGNER_NOT_LISTED),
                ses -> {
                    ses.listType = 2;
                    ses.list = Optional.of(List.of(Ses.digestEntry("SM3", new byte[32])));
                });
        ses(
                shelf,
                "digest-list-of-sha-1",
                "the seal lists a digest of twenty bytes",
                Expected.intactBut(Gap.SEAL_UNPROVEN),
                ses -> {
                    ses.listType = 2;
                    ses.list = Optional.of(List.of(Ses.digestEntry("SHA1", new byte[20])));
                });
        ses(
                shelf,
                "home-made-seal",
                "the signer made the seal too",
                Expected.intactBut(Gap.SEAL_MAKER_NOT_TRUSTED),
                ses -> ses.maker = Party.SM2);
    }

    private static void signers(Shelf shelf) {
        ses(
                shelf,
                "signed-by-another-key",
                "another key signed, this certificate is shown",
                Shelf.modified(Flaw.SIG_CRYPTO_FAILURE),
                ses -> ses.sign = Optional.of(
                        bytes -> shelf.authority.key(Party.OTHER_SM2).sign(bytes)));
        ses(
                shelf,
                "certificate-exchanged",
                "another listed signer's certificate is shown",
                Shelf.modified(Flaw.SIG_CRYPTO_FAILURE),
                ses -> {
                    var other = Ses.der(shelf.authority.certificate(Party.OTHER_SM2));
                    ses.certificate = Optional.of(other);
                    ses.list = Optional.of(List.of(new DEROctetString(other)));
                });
        ses(
                shelf,
                "time-changed",
                "timeInfo changed after signing",
                Shelf.modified(Flaw.SIG_CRYPTO_FAILURE),
                ses -> ses.stamp = replaced("20261121080000Z\u0003", "20261120080000Z\u0003"));
        ses(
                shelf,
                "certificate-expired",
                "the certificate had ended",
                Expected.failed(Integrity.INTACT, Flaw.EXPIRED),
                ses -> ses.signer = Party.SM2_EXPIRED);
        ses(
                shelf,
                "certificate-not-yet-valid",
                "the certificate begins later",
                Expected.failed(Integrity.INTACT, Flaw.NOT_YET_VALID),
                ses -> ses.signer = Party.SM2_NOT_YET_VALID);
        ses(
                shelf,
                "certificate-revoked",
                "revoked the day before",
                Expected.failed(Integrity.INTACT, Flaw.REVOKED),
                ses -> ses.signer = Party.SM2_REVOKED);
        ses(
                shelf,
                "certificate-revoked-later",
                "revoked after stamping, and nothing proves the time",
                Expected.intactBut(Gap.REVOKED_NO_POE),
                ses -> ses.signer = Party.SM2_REVOKED_LATER);
        ses(
                shelf,
                "stamped-in-the-future",
                "timeInfo a year ahead",
                Expected.intactBut(Gap.TIMESTAMP_ORDER_FAILURE),
                ses -> {
                    ses.at = CorpusAuthority.SIGNED.plusSeconds(86_400 * 300L);
                });
    }

    private static void signedData(Shelf shelf) {
        signed(
                shelf,
                "content-of-another",
                "the digest inside is another's",
                Shelf.modified(Flaw.STAMP_TRANSPLANTED),
                data -> data.enclosing(digest -> new byte[32]));
        signed(
                shelf,
                "message-digest-of-another",
                "messageDigest is another's",
                Shelf.modified(Flaw.STAMP_TRANSPLANTED),
                data -> {
                    data.messageDigest = digest -> new byte[32];
                    return data;
                });
        signed(shelf, "value-broken", "a byte of the value changed", Shelf.modified(Flaw.SIG_CRYPTO_FAILURE), data -> {
            data.value = bytes -> {
                var broken = bytes.clone();
                broken[20] ^= 1;
                return broken;
            };
            return data;
        });
        signed(
                shelf,
                "no-certificate",
                "no certificate enclosed",
                Shelf.undecided(Gap.NO_SIGNING_CERTIFICATE_FOUND),
                data -> {
                    data.named = false;
                    return data;
                });
        signed(
                shelf,
                "second-signer-broken",
                "two signers, and the value of the second was changed",
                Shelf.modified(Flaw.SIG_CRYPTO_FAILURE),
                data -> {
                    data.besides = List.of(Party.OTHER_SM2);
                    data.besideValue = bytes -> {
                        var broken = bytes.clone();
                        broken[20] ^= 1;
                        return broken;
                    };
                    return data;
                });
        signed(
                shelf,
                "second-signer-revoked",
                "two signers, and the certificate of the second was revoked the day before",
                Expected.failed(Integrity.INTACT, Flaw.REVOKED),
                data -> {
                    data.besides = List.of(Party.SM2_REVOKED);
                    return data;
                });
        signed(
                shelf,
                "second-signer-unknown",
                "two signers, and nobody vouches for the second",
                Expected.intactBut(Gap.NO_CERTIFICATE_CHAIN_FOUND),
                data -> {
                    data.besides = List.of(Party.SM2_STRANGER);
                    return data;
                });
        signed(
                shelf,
                "encryption-named-as-signature",
                "the identifier of SM2 encryption in place of the signature's",
                Shelf.undecided(Gap.ALGORITHM_UNKNOWN),
                data -> {
                    data.algorithm = "1.2.156.10197.1.301.3";
                    return data;
                });
        signed(
                shelf,
                "rsa-named-for-an-sm2-key",
                "the identifier of RSA for a value by SM2",
                Expected.failed(Integrity.MODIFIED).atLeast(),
                data -> {
                    data.algorithm = "1.2.840.113549.1.1.1";
                    return data;
                });
        signed(
                shelf,
                "no-attributes-over-another",
                "neither attributes nor content, and the value is over something else",
                Shelf.modified(Flaw.SIG_CRYPTO_FAILURE),
                data -> {
                    data.withAttributes = false;
                    data.value = bytes -> shelf.authority.key(Party.SM2).sign(new byte[] {1});
                    return data;
                });
        shelf.attack(
                "P10",
                "ofd-35275-followed-by-bytes",
                "bytes behind the signed data",
                Shelf.undecided(Flaw.CMS_MALFORMED),
                () -> new Plan((original, path) -> {
                            var whole = new SignedData(shelf.authority).over(original, path);
                            return java.util.Arrays.copyOf(whole, whole.length + 3);
                        })
                        .plain()
                        .put(Papers.licence()));
        shelf.attack(
                "P10",
                "ofd-35275-raw-value-alone",
                "a raw SM2 value where signed data belongs",
                Shelf.undecided(Flaw.CMS_MALFORMED),
                () -> new Plan((original, path) ->
                                shelf.authority.key(Party.SM2).sign(original))
                        .plain()
                        .put(Papers.licence()));
        shelf.attack(
                "O4",
                "signed-data-declared-as-seal",
                "signed data of GB/T 35275 declared as a stamp",
                Shelf.undecided(Flaw.STAMP_MALFORMED),
                () -> new Plan(new SignedData(shelf.authority)::over).put(Papers.licence()));
    }

    private static void signed(
            Shelf shelf, String name, String made, Expected expected, UnaryOperator<SignedData> form) {
        shelf.attack("P10", "ofd-35275-" + name, "type Sign: " + made, expected, () -> new Plan(
                        form.apply(new SignedData(shelf.authority))::over)
                .plain()
                .put(Papers.licence()));
    }

    private static void ses(Shelf shelf, String name, String made, Expected expected, Consumer<Ses> bend) {
        shelf.attack("O3", name, made, expected, () -> {
            var ses = shelf.ses();
            bend.accept(ses);
            return shelf.stamped(ses);
        });
    }

    /// In place, the lengths being the same.
    static UnaryOperator<byte[]> replaced(String from, String to) {
        return bytes -> {
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            var before = new String(from.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            var after = new String(to.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            if (!text.contains(before)) {
                throw new IllegalStateException("nothing to replace");
            }
            return text.replace(before, after).getBytes(StandardCharsets.ISO_8859_1);
        };
    }
}
