package org.yinzheng.signing.seal;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.BERTags;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;

/// A stamp 电子签章: SES_Signature V4 of GB/T 38540, as read from its DER. Reading does not judge: see [StampCheck].
///
/// @param seal the seal it was made with, whole
/// @param time timeInfo: the signer's own claim
/// @param dataHash SM3 of the stamped original
/// @param propertyInfo which original it is; in OFD the package path of Signature.xml
/// @param proof by the signer 签章者
/// @param timestamped whether a timestamp token is attached; it is not evaluated, and proves nothing here
public record Stamp(
        Seal seal, Instant time, DocumentBytes dataHash, String propertyInfo, Seal.Proof proof, boolean timestamped) {

    /// @throws InvalidInput `asn1` when the bytes are not one SES_Signature, `seal-version` when they are one of
    /// another version than 4
    public static Stamp parse(DocumentBytes der) {
        var parts = Der.whole(der.toByteArray(), "SES_Signature").children(Der.SEQUENCE);
        if (parts.isEmpty()) {
            throw new InvalidInput("asn1", "SES_Signature", "the element is empty");
        }
        if (parts.size() == 2 && parts.get(0).is(Der.SEQUENCE) && parts.get(1).is(BERTags.BIT_STRING)) {
            throw SealReader.unsupported(1);
        }
        if (parts.size() < 4 || parts.size() > 5) {
            throw parts.getFirst().broken("is not that of a V4 stamp");
        }
        var toSign = parts.getFirst().sequence(5, 6);
        var seal = SealReader.read(toSign.get(1));
        int version = toSign.getFirst().smallNumber();
        if (version != Seal.VERSION) {
            throw toSign.getFirst().broken("is not the version of the seal");
        }
        if (toSign.size() == 6) {
            SealReader.readExtensions(only(toSign.get(5).children(Der.CONTEXT_0), toSign.get(5)));
        }
        if (parts.size() == 5) {
            only(parts.get(4).children(Der.CONTEXT_0), parts.get(4)).bits();
        }
        return new Stamp(
                seal,
                toSign.get(2).generalizedTime(),
                DocumentBytes.owning(toSign.get(3).bits()),
                toSign.get(4).ia5(),
                new Seal.Proof(
                        Certificates.parse(parts.get(1).octets()),
                        parts.get(2).objectIdentifier(),
                        parts.getFirst().raw(),
                        DocumentBytes.owning(parts.get(3).bits())),
                parts.size() == 5);
    }

    public X509Certificate signer() {
        return proof.certificate();
    }

    private static Der only(List<Der> held, Der holder) {
        if (held.size() != 1) {
            throw holder.broken("holds " + held.size() + " elements");
        }
        return held.getFirst();
    }
}
