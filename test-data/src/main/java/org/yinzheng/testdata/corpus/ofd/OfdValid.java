package org.yinzheng.testdata.corpus.ofd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Sm2;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// Packages that nobody tampered with, in the forms in which producers write them.
public final class OfdValid implements Specimens {
    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        versions(shelf);
        signedData(shelf);
        descriptions(shelf);
        packages(shelf);
        undecided(shelf);
        return shelf.all();
    }

    private static void versions(Shelf shelf) {
        for (int version : new int[] {1, 4, 5}) {
            shelf.valid(
                    "v" + version,
                    "a stamp of version " + version,
                    () -> shelf.stamped(shelf.ses().version(version)));
            shelf.valid("v" + version + "-raw", "its value raw r‖s", () -> {
                var ses = shelf.ses().version(version);
                ses.value = Sm2Forger::raw;
                return shelf.stamped(ses);
            });
        }
        shelf.valid("digest-list", "the seal lists an SM3 digest of its signer", () -> byDigest(shelf, false));
        shelf.valid("digest-list-with-z", "the digest is over Z and the certificate", () -> byDigest(shelf, true));
        shelf.valid("critical-false", "an extension that spells critical FALSE", () -> {
            var ses = shelf.ses();
            ses.extensions = Optional.of(Ses.extension(false));
            return shelf.stamped(ses);
        });
        shelf.valid("extensions-under-a-tag", "extDatas under [0]", () -> {
            var ses = shelf.ses();
            ses.extensions = Optional.of(new DERTaggedObject(true, 0, Ses.extension(false)));
            return shelf.stamped(ses);
        });
        shelf.valid("utc-time-in-v4", "createDate as UTCTime", () -> {
            var ses = shelf.ses();
            ses.times = Optional.of(new DERUTCTime("261001000000Z"));
            return shelf.stamped(ses);
        });
        shelf.valid("v1-generalized-time", "createDate of V1 as GeneralizedTime", () -> {
            var ses = shelf.ses().version(1);
            ses.times = Optional.of(Ses.generalized(CorpusAuthority.SIGNED));
            return shelf.stamped(ses);
        });
        shelf.valid("v1-time-as-text", "timeInfo of V1 as text, Beijing time", () -> {
            var ses = shelf.ses().version(1);
            ses.timeInfo = Optional.of(new DERBitString("2026-11-21 16:00:00".getBytes(StandardCharsets.US_ASCII)));
            return shelf.stamped(ses);
        });
        shelf.valid("list-with-strange-items", "entries of the signers' list that are no certificates", () -> {
            var ses = shelf.ses();
            ses.list = Optional.of(List.of(
                    new DEROctetString("no certificate".getBytes(StandardCharsets.US_ASCII)),
                    new DEROctetString(Ses.der(shelf.authority.certificate(Party.SM2)))));
            return shelf.stamped(ses);
        });
        shelf.valid("bare-algorithm-name", "the algorithm named 1.2.156.10197.1.301.1", () -> {
            var ses = shelf.ses();
            ses.algorithm = "1.2.156.10197.1.301.1";
            return shelf.stamped(ses);
        });
        shelf.valid("property-in-words", "propertyInfo is no path", () -> {
            var ses = shelf.ses();
            ses.property = Optional.of("whole document");
            return shelf.stamped(ses);
        });
        shelf.valid("timestamped", "a timestamp over the value", () -> {
            var ses = shelf.ses();
            ses.timestamp = Optional.of(value -> shelf.authority
                    .timestamps(CorpusAuthority.SIGNED)
                    .token(DocumentBytes.of(value), Suite.SM2_SM3)
                    .toByteArray());
            return shelf.stamped(ses);
        });
        shelf.valid("dummy-timestamp", "a timestamp that is none counts as absent", () -> {
            var ses = shelf.ses();
            ses.timestamp = Optional.of(value -> new byte[] {0x30, 0});
            return shelf.stamped(ses);
        });
        shelf.valid("timestamp-of-a-stranger", "a timestamp by nobody we know counts as absent", () -> {
            var ses = shelf.ses();
            ses.timestamp = Optional.of(value -> shelf.authority
                    .strangeTimestamps(CorpusAuthority.SIGNED)
                    .token(DocumentBytes.of(value), Suite.SM2_SM3)
                    .toByteArray());
            return shelf.stamped(ses);
        });
    }

    private static Parcel byDigest(Shelf shelf, boolean withZ) {
        var certificate = shelf.authority.certificate(Party.SM2);
        var sm3 = Cryptography.digest("SM3");
        if (withZ) {
            sm3.update(Sm2.z(certificate.getPublicKey()).orElseThrow());
        }
        var ses = shelf.ses();
        ses.listType = 2;
        ses.list = Optional.of(List.of(Ses.digestEntry("SM3", sm3.digest(Ses.der(certificate)))));
        return shelf.stamped(ses);
    }

    private static void signedData(Shelf shelf) {
        signed(
                shelf,
                "digest-inside",
                "the digest as content, no attributes",
                data -> data.enclosing(digest -> digest));
        signed(
                shelf,
                "digest-inside-base64",
                "the digest as content, in Base64",
                data -> data.enclosing(digest -> Base64.getEncoder().encode(digest)));
        signed(shelf, "attributes", "attributes, not in DER's order", data -> data);
        signed(shelf, "attributes-rfc", "the same under the names of RFC 5652", SignedData::rfc);
        signed(shelf, "attributes-mixed-names", "GM's name of the content inside, RFC 5652's outside", data -> {
            data.outside = data.rfc().outside;
            data.inside = "1.2.156.10197.6.1.4.2.";
            return data;
        });
        signed(shelf, "no-attributes", "neither attributes nor content: the value is over the description", data -> {
            data.withAttributes = false;
            return data;
        });
        signed(shelf, "whole-description-inside", "the description itself as content", data -> {
            data.withAttributes = false;
            data.describes = true;
            return data;
        });
        for (var algorithm : List.of("1.2.156.10197.1.301", "1.2.156.10197.1.501", "1.2.840.10045.2.1")) {
            signed(shelf, "algorithm-" + algorithm.replace('.', '-'), "SM2 under the identifier " + algorithm, data -> {
                data.algorithm = algorithm;
                return data;
            });
        }
        signed(shelf, "digest-401-1", "SM3 under the identifier of SM3 without a key", data -> {
            data.digestName = "1.2.156.10197.1.401.1";
            return data;
        });
        signed(shelf, "two-signers", "two signers of the same", data -> {
            data.besides = List.of(Party.OTHER_SM2);
            return data;
        });
        signed(shelf, "raw", "its value raw r‖s", data -> {
            data.value = Sm2Forger::raw;
            return data;
        });
    }

    private static void signed(Shelf shelf, String name, String made, UnaryOperator<SignedData> form) {
        shelf.valid(
                "35275-" + name, "type Sign: " + made, () -> new Plan(form.apply(new SignedData(shelf.authority))::over)
                        .plain()
                        .put(Papers.licence()));
    }

    private static void descriptions(Shelf shelf) {
        described(
                shelf,
                "provider-last",
                "the provider behind the references",
                xml -> xml.replaceFirst("(<ofd:Provider [^>]*/>)(.*)(</ofd:SignedInfo>)", "$2$1$3"));
        described(
                shelf, "check-method-lower-case", "CheckMethod sm3", xml -> xml.replace("1.2.156.10197.1.401", "sm3"));
        described(
                shelf,
                "no-check-method",
                "no CheckMethod, digests of 32 bytes",
                xml -> xml.replace(" CheckMethod=\"1.2.156.10197.1.401\"", ""));
        described(shelf, "default-namespace", "no prefix", xml -> xml.replace("ofd:", "")
                .replace("xmlns:ofd", "xmlns")
                .replace("xmlns:=", "xmlns=")
                .replace("xmlns:xmlns", "xmlns"));
        described(shelf, "other-prefix", "another prefix", xml -> xml.replace("ofd:", "o:")
                .replace("xmlns:ofd", "xmlns:o"));
        described(shelf, "byte-order-mark", "a byte order mark", xml -> "\uFEFF" + xml);
        described(shelf, "line-breaks-in-digests", "digests with line breaks", xml -> xml.replace(
                        "<ofd:CheckValue>", "<ofd:CheckValue>\n\t")
                .replace("</ofd:CheckValue>", "\n</ofd:CheckValue>"));
        described(
                shelf,
                "references-without-slash",
                "file names without the first slash",
                xml -> xml.replace("FileRef=\"/", "FileRef=\""));
        described(
                shelf,
                "relative-value",
                "the value's path relative to the description",
                xml -> xml.replace("/Doc_0/Signs/Sign_0/SignedValue.dat", "SignedValue.dat"));
        described(shelf, "no-places", "no StampAnnot", xml -> xml.replaceAll("<ofd:StampAnnot[^>]*/>", ""));
        for (var time : List.of("20261121080000.923Z", "20261121160000", "2026-11-21 16:00:00", "yesterday")) {
            described(
                    shelf,
                    "time-" + time.replaceAll("\\W", "-"),
                    "SignatureDateTime " + time,
                    xml -> xml.replace("20261121080000Z", time));
        }
        shelf.valid("sha-256", "files digested with SHA-256", () -> Plan.of(shelf.ses())
                .digesting("SHA-256", "SHA-256")
                .put(Papers.licence()));
        shelf.valid("with-copy", "a copy of the seal beside the stamp", () -> {
            var ses = shelf.ses();
            var seal = ses.seal();
            ses.seal = made -> seal; // SM2 signs anew each time
            var plan = Plan.of(ses);
            plan.copy = Optional.of(seal);
            return plan.put(Papers.licence());
        });
        listed(
                shelf,
                "relative-base-location",
                "BaseLoc relative to the list",
                xml -> xml.replace("BaseLoc=\"/Doc_0/Signs/", "BaseLoc=\""));
        listed(
                shelf,
                "max-id-last",
                "MaxSignId behind the signatures",
                xml -> xml.replaceFirst("(<ofd:MaxSignId>.*</ofd:MaxSignId>)(.*)(</ofd:Signatures>)", "$2$1$3"));
        listed(shelf, "id-1", "identifier 1", xml -> xml.replace("s001", "1"));
        listed(shelf, "id-01", "identifier 01", xml -> xml.replace("s001", "01"));
        listed(shelf, "no-type", "no Type, which means Seal", xml -> xml.replace(" Type=\"Seal\"", ""));
    }

    private static void described(Shelf shelf, String name, String made, UnaryOperator<String> change) {
        shelf.valid(name, made, () -> Plan.of(shelf.ses()).describing(change).put(Papers.licence()));
    }

    private static void listed(Shelf shelf, String name, String made, UnaryOperator<String> change) {
        shelf.valid(name, made, () -> Plan.of(shelf.ses()).listing(change).put(Papers.licence()));
    }

    private static void packages(Shelf shelf) {
        shelf.valid("three-stamps", "three stamps of two bodies, the last one closes", () -> {
            var once = shelf.open();
            var twice = Plan.of(shelf.ses(Party.OTHER_SM2)).number(2).open().put(once);
            return Plan.of(shelf.ses()).number(3).put(twice);
        });
        shelf.valid("stamp-and-signature", "a stamp, then a signature of type Sign", () -> new Plan(
                        new SignedData(shelf.authority)::over)
                .number(2)
                .plain()
                .open()
                .put(shelf.open()));
        shelf.valid("relative", "the second builds on the first", () -> {
            var second = Plan.of(shelf.ses(Party.OTHER_SM2)).number(2).open();
            second.attributes = " Relative=\"s001\"";
            return second.put(shelf.open());
        });
        for (var form : Zips.Form.values()) {
            shelf.add(
                    "valid-ofd-zip-"
                            + form.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                    Specimen.VALID,
                    form.made,
                    Expected.passed(),
                    () -> Zips.of(shelf.stamped(), form));
        }
    }

    /// Nothing is wrong with these, and not everything can be said of them.
    private static void undecided(Shelf shelf) {
        shelf.add(
                "valid-ofd-invoice-entry-uncovered",
                Specimen.VALID,
                "as real invoices are: OFD.xml is not among the protected files",
                Shelf.undecided(Gap.NOT_ALL_CONTENT_COVERED),
                () -> Plan.of(shelf.ses())
                        .open()
                        .covering(name -> !name.equals(Papers.ENTRY))
                        .put(Papers.licence())
                        .zip());
        shelf.add(
                "valid-ofd-invoice-template-uncovered",
                Specimen.VALID,
                "the template is not among the protected files",
                Shelf.undecided(Gap.NOT_ALL_CONTENT_COVERED),
                () -> Plan.of(shelf.ses())
                        .open()
                        .covering(name -> !name.equals(Papers.TEMPLATE))
                        .put(Papers.licence())
                        .zip());
        for (var weak : List.of("MD5", "SHA-1")) {
            shelf.add(
                    "valid-ofd-" + weak.toLowerCase(java.util.Locale.ROOT),
                    Specimen.VALID,
                    "files digested with " + weak,
                    Expected.intactBut(Gap.ALGORITHM_WEAK),
                    () -> Plan.of(shelf.ses())
                            .digesting(weak.replace("-", ""), weak)
                            .put(Papers.licence())
                            .zip());
        }
        shelf.add(
                "valid-ofd-unknown-signer",
                Specimen.VALID,
                "stamped by somebody whose authority we do not know",
                Expected.intactBut(Gap.NO_CERTIFICATE_CHAIN_FOUND),
                () -> shelf.stamped(shelf.ses(Party.SM2_STRANGER)).zip());
        shelf.add(
                "valid-ofd-unknown-maker",
                Specimen.VALID,
                "a seal of a maker who is not on the list",
                Expected.intactBut(Gap.SEAL_MAKER_NOT_TRUSTED),
                () -> {
                    var ses = shelf.ses();
                    ses.maker = Party.UNLISTED_SEAL_MAKER;
                    return shelf.stamped(ses).zip();
                });
        shelf.add(
                "valid-ofd-unsigned", Specimen.VALID, "no signature at all", Expected.unsigned(), () -> Papers.licence()
                        .zip());
        var timestamped = new Specimen(
                "valid-ofd-timestamped-after-expiry",
                "OFD",
                Specimen.VALID,
                "judged after the signer's certificate ended; a timestamp proves the time",
                Expected.passed(),
                CorpusAuthority.AFTER_EXPIRY,
                () -> {
                    var ses = shelf.ses(Party.SM2_ENDING);
                    ses.timestamp = Optional.of(value -> shelf.authority
                            .timestamps(CorpusAuthority.SIGNED)
                            .token(DocumentBytes.of(Arrays.copyOf(value, value.length)), Suite.SM2_SM3)
                            .toByteArray());
                    return shelf.stamped(ses).zip();
                },
                Optional.empty());
        shelf.add(timestamped);
    }
}
