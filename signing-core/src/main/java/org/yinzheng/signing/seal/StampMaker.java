package org.yinzheng.signing.seal;

import java.time.Instant;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// Makes stamps (SES_Signature V4, GB/T 38540) and refuses to make one that no verifier would accept.
public final class StampMaker {
    private StampMaker() {}

    /// @param original the bytes that are stamped
    /// @param propertyInfo where they are; ASCII
    /// @return the DER of the stamp
    /// @throws InvalidInput `seal-invalid`, `seal-period`, `signer-not-listed`, `signer-key`
    public static DocumentBytes stamp(Seal seal, Signer signer, Instant at, byte[] original, String propertyInfo) {
        if (!SealCheck.makerSignature(seal).passed()) {
            throw new InvalidInput("seal-invalid", "", "the seal does not bear its maker's signature");
        }
        if (!seal.isInPeriod(at)) {
            throw new InvalidInput("seal-period", "", "the seal is not valid at this time");
        }
        if (signer.key().suite() != Suite.SM2_SM3) {
            throw new InvalidInput("signer-key", "", "a stamp is signed with SM2");
        }
        if (!seal.signers().permits(signer.certificate())) {
            throw new InvalidInput(
                    "signer-not-listed", "", "the certificate is not in the seal's list: the seal must be made again");
        }
        var toSign = DerWriter.sequence(
                new ASN1Integer(Seal.VERSION),
                DerWriter.encoded(seal.der()),
                DerWriter.time(at),
                DerWriter.bits(Cryptography.sm3(original)),
                DerWriter.ia5("propertyInfo", propertyInfo));
        var signature = signer.key().sign(DerWriter.bytes(toSign));
        return DocumentBytes.owning(DerWriter.bytes(DerWriter.sequence(
                toSign,
                new DEROctetString(Certificates.der(signer.certificate())),
                new ASN1ObjectIdentifier(Suite.SM2_SM3.oid()),
                DerWriter.bits(signature))));
    }
}
