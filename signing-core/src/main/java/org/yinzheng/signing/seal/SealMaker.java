package org.yinzheng.signing.seal;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// Makes seals after GB/T 38540 (V4), signed with the seal maker's 制章者 SM2 key. The signers' certificates
/// stand in the seal in full (certListType 1): a reader then sees whose seal it is without asking anyone.
public final class SealMaker {
    private static final String VENDOR = "Yinzheng";
    private static final int CERTIFICATES = 1;

    private final Signer maker;

    public SealMaker(Signer maker) {
        if (maker.key().suite() != Suite.SM2_SM3) {
            throw new InvalidInput("seal-maker-key", "", "a seal maker signs with SM2");
        }
        this.maker = maker;
    }

    /// @param sealId esID; ASCII
    /// @param name of the body whose seal it is, at most 100 characters
    /// @param signers who may stamp with it
    /// @param from to the second, as `until`; both are part of the period
    public Seal make(
            String sealId,
            String name,
            int typeCode,
            SealPicture picture,
            List<X509Certificate> signers,
            Instant from,
            Instant until,
            Clock clock) {
        require(!sealId.isBlank() && sealId.length() <= 64, "id", "has 1 to 64 characters");
        require(!name.isBlank() && name.length() <= 100, "name", "has 1 to 100 characters");
        require(typeCode >= 0, "typeCode", "is not negative");
        require(!signers.isEmpty(), "signers", "at least one certificate may stamp");
        require(until.isAfter(from), "until", "is after the beginning");

        var header = DerWriter.sequence(
                DerWriter.ia5("header", "ES"), new ASN1Integer(Seal.VERSION), DerWriter.ia5("header", VENDOR));
        var permitted = new DERSequence(signers.stream()
                .map(certificate -> new DEROctetString(Certificates.der(certificate)))
                .toArray(DEROctetString[]::new));
        var property = DerWriter.sequence(
                new ASN1Integer(typeCode),
                DerWriter.utf8(name),
                new ASN1Integer(CERTIFICATES),
                permitted,
                DerWriter.time(clock.instant()),
                DerWriter.time(from),
                DerWriter.time(until));
        var drawn = DerWriter.sequence(
                DerWriter.ia5("picture", "PNG"),
                new DEROctetString(picture.png().toByteArray()),
                new ASN1Integer(Math.round(picture.widthMm())),
                new ASN1Integer(Math.round(picture.heightMm())));
        var info = DerWriter.sequence(header, DerWriter.ia5("id", sealId), property, drawn);

        // V4: the maker signs eSealInfo alone, not the certificate and algorithm beside it as in V1.
        var signature = maker.key().sign(DerWriter.bytes(info));
        var seal = DerWriter.sequence(
                info,
                new DEROctetString(Certificates.der(maker.certificate())),
                new ASN1ObjectIdentifier(Suite.SM2_SM3.oid()),
                DerWriter.bits(signature));
        return Seal.parse(DocumentBytes.owning(DerWriter.bytes(seal)));
    }

    private static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new InvalidInput("seal-value", field, rule);
        }
    }
}
