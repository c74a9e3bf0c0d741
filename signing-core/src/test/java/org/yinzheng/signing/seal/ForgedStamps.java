package org.yinzheng.signing.seal;

import java.time.Instant;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// Stamps whose mathematics is right and which [StampMaker] refuses to make.
public final class ForgedStamps {
    private ForgedStamps() {}

    public static DocumentBytes stamp(Seal seal, Signer signer, Instant at, byte[] original, String propertyInfo) {
        var toSign = DerWriter.sequence(
                new ASN1Integer(Seal.V4),
                DerWriter.encoded(seal.der()),
                DerWriter.time(at),
                DerWriter.bits(Cryptography.sm3(original)),
                DerWriter.ia5("propertyInfo", propertyInfo));
        return DocumentBytes.of(DerWriter.bytes(DerWriter.sequence(
                toSign,
                new DEROctetString(Certificates.der(signer.certificate())),
                new ASN1ObjectIdentifier(Suite.SM2_SM3.oid()),
                DerWriter.bits(signer.key().sign(DerWriter.bytes(toSign))))));
    }
}
