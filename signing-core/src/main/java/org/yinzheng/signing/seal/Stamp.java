package org.yinzheng.signing.seal;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;

/// A stamp 电子签章, SES_Signature, as read from its DER: of the version of the seal in it. Reading does not judge:
/// see [StampCheck].
///
/// @param seal the seal it was made with, whole
/// @param time timeInfo: the signer's own claim
/// @param dataHash digest of the stamped original, by SM3 but for V1 stamps made with RSA
/// @param propertyInfo which original it is; in OFD the package path of Signature.xml
/// @param proof by the signer 签章者
/// @param timestamp a token over the signature value (V4 and V5), or in place of the time (V1)
/// @param deviations from the version's standard, the seal's not among them
public record Stamp(
        Seal seal,
        Instant time,
        DocumentBytes dataHash,
        String propertyInfo,
        Seal.Proof proof,
        Optional<DocumentBytes> timestamp,
        List<String> deviations) {
    public Stamp {
        deviations = List.copyOf(deviations);
    }

    /// @throws org.yinzheng.signing.InvalidInput `asn1` when the bytes are not one SES_Signature,
    /// `seal-version` when they are one of an unknown version, `seal-extension`, `certificate-form`
    public static Stamp parse(DocumentBytes der) {
        return StampReader.read(Der.whole(der.toByteArray(), "SES_Signature"));
    }

    public X509Certificate signer() {
        return proof.certificate();
    }
}
