package org.yinzheng.signing.seal;

import java.util.List;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// Makes seals after GB/T 38540 (V4), signed with the seal maker's 制章者 SM2 key.
public final class SealMaker {
    private static final String VENDOR = "Yinzheng";

    private final Signer maker;

    /// @throws InvalidInput `seal-maker-key`
    public SealMaker(Signer maker) {
        if (maker.key().suite() != Suite.SM2_SM3) {
            throw new InvalidInput("seal-maker-key", "", "a seal maker signs with SM2");
        }
        this.maker = maker;
    }

    /// @throws InvalidInput `not-ascii` for an esID in other characters, `seal-value` for an extension whose
    /// identifier is none
    public Seal make(SealOrder order) {
        var info = info(order);
        // V4: the maker signs eSealInfo alone, not the certificate and algorithm beside it as in V1.
        var signature = maker.key().sign(DerWriter.bytes(info));
        var seal = DerWriter.sequence(
                info,
                new DEROctetString(Certificates.der(maker.certificate())),
                new ASN1ObjectIdentifier(Suite.SM2_SM3.oid()),
                DerWriter.bits(signature));
        return Seal.parse(DocumentBytes.owning(DerWriter.bytes(seal)));
    }

    private static DERSequence info(SealOrder order) {
        var header = DerWriter.sequence(
                DerWriter.ia5("header", "ES"), new ASN1Integer(Seal.V4), DerWriter.ia5("header", VENDOR));
        var property = DerWriter.sequence(
                new ASN1Integer(order.typeCode()),
                DerWriter.utf8(order.name()),
                new ASN1Integer(order.signers().listType()),
                signers(order.signers()),
                DerWriter.time(order.createdAt()),
                DerWriter.time(order.validFrom()),
                DerWriter.time(order.validUntil()));
        var picture = DerWriter.sequence(
                DerWriter.ia5("picture", "PNG"),
                new DEROctetString(order.picture().png().toByteArray()),
                new ASN1Integer(Math.round(order.picture().widthMm())),
                new ASN1Integer(Math.round(order.picture().heightMm())));
        var id = DerWriter.ia5("id", order.sealId());
        return order.extensions().isEmpty()
                ? DerWriter.sequence(header, id, property, picture)
                : DerWriter.sequence(header, id, property, picture, extensions(order.extensions()));
    }

    private static DERSequence signers(PermittedSigners signers) {
        return switch (signers) {
            case PermittedSigners.Listed list ->
                sequence(list.encoded().stream()
                        .map(certificate -> new DEROctetString(certificate.toByteArray()))
                        .toList());
            case PermittedSigners.Digests list ->
                sequence(list.digests().stream()
                        .map(digest -> DerWriter.sequence(
                                new DERPrintableString(digest.algorithm()),
                                new DEROctetString(digest.value().toByteArray())))
                        .toList());
        };
    }

    /// A bare SEQUENCE, and `critical` written out although it is FALSE: so are the V4 seals that are in use.
    private static DERSequence extensions(List<Seal.Extension> extensions) {
        return sequence(extensions.stream()
                .map(extension -> DerWriter.sequence(
                        identifier(extension.oid()),
                        ASN1Boolean.getInstance(extension.critical()),
                        new DEROctetString(extension.value().toByteArray())))
                .toList());
    }

    private static ASN1ObjectIdentifier identifier(String oid) {
        var identifier = ASN1ObjectIdentifier.tryFromID(oid);
        if (identifier == null) {
            throw new InvalidInput("seal-value", "extensions", "an extension has an object identifier");
        }
        return identifier;
    }

    private static DERSequence sequence(List<? extends ASN1Encodable> elements) {
        return new DERSequence(elements.toArray(ASN1Encodable[]::new));
    }
}
