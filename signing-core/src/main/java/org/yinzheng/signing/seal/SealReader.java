package org.yinzheng.signing.seal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// The grammars of SESeal, one for each version. The number of elements and the header's version together
/// choose the grammar, so that no seal is ever read under another one's.
final class SealReader {
    /// The text of GM/T 0031-2014 gives 11 as a sample value.
    private static final Set<Integer> V1_NUMBERS = Set.of(1, 11);

    private final Der seal;
    private final List<Der> info;
    private final int version;
    private final String vendor;
    private final Lenience lenience = new Lenience();

    private SealReader(Der seal, Der info) {
        this.seal = seal;
        this.info = info.sequence(4, 5);
        var header = this.info.getFirst().sequence(3, 3);
        if (!header.get(0).ia5().equals("ES")) {
            throw this.info.getFirst().broken("does not say that this is a seal");
        }
        int number = header.get(1).smallNumber();
        this.version = V1_NUMBERS.contains(number) ? Seal.V1 : number;
        this.vendor = header.get(2).ia5();
    }

    static Seal read(Der seal) {
        var parts = seal.sequence(2, 5);
        var reader = new SealReader(seal, parts.getFirst());
        return switch (reader.version) {
            case Seal.V1 -> reader.readV1(seal.sequence(2, 2));
            case Seal.V4 -> reader.readFlat(seal.sequence(4, 4));
            case Seal.V5 -> reader.readFlat(seal.sequence(4, 5));
            default -> throw new InvalidInput("seal-version", "", "a seal of an unknown version");
        };
    }

    private Seal readV1(List<Der> parts) {
        var property = info.get(2).sequence(6, 6);
        var proof = parts.get(1).sequence(3, 3);
        var certificate = proof.get(0);
        var algorithm = proof.get(1).objectIdentifier();
        // The maker signs information, certificate and algorithm, as a SEQUENCE that is nowhere in the file.
        var signed = DerWriter.sequenceOf(
                parts.get(0).raw(), proof.get(0).raw(), proof.get(1).raw());
        return seal(
                property,
                listed(property.get(2)),
                3,
                new Seal.Proof(
                        certificate.certificate(),
                        algorithm,
                        signed,
                        DocumentBytes.owning(lenience.bits(proof.get(2)))),
                Optional.empty());
    }

    private Seal readFlat(List<Der> parts) {
        var property = info.get(2).sequence(7, 7);
        return seal(
                property,
                signers(property.get(2).smallNumber(), property.get(3)),
                4,
                new Seal.Proof(
                        parts.get(1).certificate(),
                        parts.get(2).objectIdentifier(),
                        parts.get(0).raw(),
                        DocumentBytes.owning(lenience.bits(parts.get(3)))),
                parts.size() == 5 ? Optional.of(timestamp(parts.get(4))) : Optional.empty());
    }

    private Seal seal(
            List<Der> property,
            PermittedSigners signers,
            int times,
            Seal.Proof proof,
            Optional<DocumentBytes> timestamp) {
        return new Seal(
                seal.raw(),
                version,
                info.get(1).ia5(),
                vendor,
                property.get(1).utf8(),
                property.get(0).smallNumber(),
                signers,
                lenience.time(property.get(times), version),
                lenience.time(property.get(times + 1), version),
                lenience.time(property.get(times + 2), version),
                picture(info.get(3)),
                info.size() == 5 ? extensions(lenience.extensions(info.get(4))) : List.of(),
                proof,
                timestamp,
                lenience.deviations());
    }

    /// Extensions are parsed to the end; a critical one that we do not know would change the seal's meaning.
    static List<Seal.Extension> extensions(Der extensions) {
        return extensions.children(Der.SEQUENCE).stream()
                .map(extension -> extension.sequence(2, 3))
                .map(parts -> {
                    if (parts.size() == 3 && parts.get(1).truth()) {
                        throw new InvalidInput("seal-extension", "", "a critical extension is not known");
                    }
                    return new Seal.Extension(
                            parts.getFirst().objectIdentifier(),
                            false,
                            DocumentBytes.owning(parts.getLast().octets()));
                })
                .toList();
    }

    /// `[0] EXPLICIT BIT STRING`.
    static DocumentBytes timestamp(Der tagged) {
        return DocumentBytes.owning(only(tagged).bits());
    }

    static Der only(Der tagged) {
        var held = tagged.children(Der.CONTEXT_0);
        if (held.size() != 1) {
            throw tagged.broken("holds " + held.size() + " elements");
        }
        return held.getFirst();
    }

    private static PermittedSigners signers(int listType, Der list) {
        return switch (listType) {
            case PermittedSigners.CERTIFICATES -> listed(list);
            case PermittedSigners.DIGESTS ->
                new PermittedSigners.Digests(list.children(Der.SEQUENCE).stream()
                        .map(entry -> entry.sequence(2, 2))
                        .map(entry -> new PermittedSigners.CertificateDigest(
                                entry.get(0).printable(),
                                DocumentBytes.owning(entry.get(1).octets())))
                        .toList());
            default -> throw list.broken("is a list of an unknown type");
        };
    }

    /// Entries that are no certificates are met too, and permit nobody.
    private static PermittedSigners listed(Der list) {
        return new PermittedSigners.Listed(list.children(Der.SEQUENCE).stream()
                .map(entry -> DocumentBytes.owning(entry.octets()))
                .toList());
    }

    private static Seal.Picture picture(Der picture) {
        var parts = picture.sequence(4, 4);
        return new Seal.Picture(
                parts.get(0).ia5(),
                DocumentBytes.owning(parts.get(1).octets()),
                parts.get(2).smallNumber(),
                parts.get(3).smallNumber());
    }
}
