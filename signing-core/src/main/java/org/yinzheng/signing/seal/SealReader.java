package org.yinzheng.signing.seal;

import java.util.List;
import org.bouncycastle.asn1.BERTags;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;

/// The grammar of SESeal V4 (GB/T 38540). Seals of other versions are told apart and refused by name, so that
/// none is ever read under the wrong grammar.
final class SealReader {
    private static final int CERTIFICATES = 1;
    private static final int DIGESTS = 2;

    private SealReader() {}

    static Seal read(Der seal) {
        var parts = seal.children(Der.SEQUENCE);
        if (parts.size() == 2) {
            throw unsupported(1);
        }
        if (parts.size() != 4 && parts.size() != 5) {
            throw seal.broken("is no seal of a known version");
        }
        var info = parts.getFirst().sequence(4, 5);
        var vendor = vendor(info.get(0));
        if (parts.size() != 4) {
            throw seal.broken("has more elements than a V4 seal");
        }
        var property = info.get(2).sequence(7, 7);
        if (info.size() == 5) {
            readExtensions(info.get(4));
        }
        return new Seal(
                seal.raw(),
                info.get(1).ia5(),
                vendor,
                property.get(1).utf8(),
                property.get(0).smallNumber(),
                signers(property.get(2).smallNumber(), property.get(3)),
                property.get(4).generalizedTime(),
                property.get(5).generalizedTime(),
                property.get(6).generalizedTime(),
                picture(info.get(3)),
                proof(parts));
    }

    /// Extensions are parsed to the end; a critical one that we do not know would change the seal's meaning.
    static void readExtensions(Der extensions) {
        for (var extension : extensions.children(Der.SEQUENCE)) {
            var parts = extension.sequence(2, 3);
            parts.getFirst().objectIdentifier();
            if (parts.size() == 3 && parts.get(1).truth()) {
                throw new InvalidInput("seal-extension", "", "a critical extension is not known");
            }
            parts.getLast().octets();
        }
    }

    private static String vendor(Der header) {
        var parts = header.sequence(3, 3);
        if (!parts.get(0).ia5().equals("ES")) {
            throw header.broken("does not say that this is a seal");
        }
        int version = parts.get(1).smallNumber();
        if (version != Seal.VERSION) {
            throw unsupported(version);
        }
        return parts.get(2).ia5();
    }

    private static PermittedSigners signers(int listType, Der list) {
        return switch (listType) {
            case CERTIFICATES ->
                new PermittedSigners.Listed(list.children(Der.SEQUENCE).stream()
                        .map(entry -> DocumentBytes.owning(entry.octets()))
                        .toList());
            case DIGESTS ->
                new PermittedSigners.Digests(list.children(Der.SEQUENCE).stream()
                        .map(entry -> entry.sequence(2, 2))
                        .map(entry -> new PermittedSigners.CertificateDigest(
                                entry.get(0).printable(),
                                DocumentBytes.owning(entry.get(1).octets())))
                        .toList());
            default -> throw list.broken("is a list of an unknown type");
        };
    }

    private static Seal.Picture picture(Der picture) {
        var parts = picture.sequence(4, 4);
        return new Seal.Picture(
                parts.get(0).ia5(),
                DocumentBytes.owning(parts.get(1).octets()),
                parts.get(2).smallNumber(),
                parts.get(3).smallNumber());
    }

    private static Seal.Proof proof(List<Der> seal) {
        if (!seal.get(3).is(BERTags.BIT_STRING)) {
            throw seal.get(3).broken("is not the maker's signature");
        }
        return new Seal.Proof(
                Certificates.parse(seal.get(1).octets()),
                seal.get(2).objectIdentifier(),
                seal.get(0).raw(),
                DocumentBytes.owning(seal.get(3).bits()));
    }

    static InvalidInput unsupported(int version) {
        var standard =
                switch (version) {
                    case 1 -> "GM/T 0031-2014";
                    case 5 -> "GM/T 0031-2025";
                    default -> "an unknown standard";
                };
        return new InvalidInput(
                "seal-version", "", "a seal of version " + version + " (" + standard + ") is not supported yet");
    }
}
