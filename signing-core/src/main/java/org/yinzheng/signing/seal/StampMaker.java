package org.yinzheng.signing.seal;

import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampSource;

/// Makes stamps (SES_Signature V4, GB/T 38540) and refuses to make one that no verifier would accept.
public final class StampMaker {
    private static final int SM3_BYTES = 32;

    private final Optional<TimestampSource> timestamps;

    /// @param timestamps who tells the time; without one only [Level#B] can be reached
    public StampMaker(Optional<TimestampSource> timestamps) {
        this.timestamps = timestamps;
    }

    /// @param der of the stamp
    /// @param reached what the stamp has, which is less than was asked for after [Level.Shortfall#DEGRADE]
    public record Made(DocumentBytes der, Level reached) {}

    /// @throws InvalidInput `seal-invalid`, `seal-version`, `seal-period`, `signer-not-listed`, `signer-key`,
    /// `not-ascii`, `stamp-digest`, `stamp-level`
    /// @throws Failure.NotDone when a timestamp is required and there is none
    public Made stamp(StampOrder order) {
        check(order);
        var toSign = DerWriter.sequence(
                new ASN1Integer(Seal.V4),
                DerWriter.encoded(order.seal().der()),
                DerWriter.time(order.at()),
                DerWriter.bits(order.sm3().toByteArray()),
                DerWriter.ia5("propertyInfo", order.propertyInfo()));
        var signature = order.signer().key().sign(DerWriter.bytes(toSign));
        var token = order.level() == Level.T ? token(signature, order.shortfall()) : Optional.<DocumentBytes>empty();
        var certificate = new DEROctetString(Certificates.der(order.signer().certificate()));
        var algorithm = new ASN1ObjectIdentifier(Suite.SM2_SM3.oid());
        var value = DerWriter.bits(signature);
        DERSequence stamp = token.map(bytes -> DerWriter.sequence(
                        toSign,
                        certificate,
                        algorithm,
                        value,
                        new DERTaggedObject(true, 0, DerWriter.bits(bytes.toByteArray()))))
                .orElseGet(() -> DerWriter.sequence(toSign, certificate, algorithm, value));
        return new Made(DocumentBytes.owning(DerWriter.bytes(stamp)), token.isPresent() ? Level.T : Level.B);
    }

    /// A stamp without a timestamp, over an original that is here.
    ///
    /// @return the DER of the stamp
    public static DocumentBytes stamp(Seal seal, Signer signer, Instant at, byte[] original, String propertyInfo) {
        return new StampMaker(Optional.empty())
                .stamp(StampOrder.over(original, seal, signer, at, propertyInfo))
                .der();
    }

    private void check(StampOrder order) {
        var seal = order.seal();
        if (seal.version() != Seal.V4) {
            throw new InvalidInput("seal-version", "", "stamps are made with seals of GB/T 38540 (V4) only");
        }
        if (!SealCheck.makerSignature(seal).passed()) {
            throw new InvalidInput("seal-invalid", "", "the seal does not bear its maker's signature");
        }
        if (!seal.isInPeriod(order.at())) {
            throw new InvalidInput("seal-period", "", "the seal is not valid at this time");
        }
        if (order.signer().key().suite() != Suite.SM2_SM3) {
            throw new InvalidInput("signer-key", "", "a stamp is signed with SM2");
        }
        if (!seal.signers().permits(order.signer().certificate())) {
            throw new InvalidInput(
                    "signer-not-listed", "", "the certificate is not in the seal's list: the seal must be made again");
        }
        if (order.sm3().size() != SM3_BYTES) {
            throw new InvalidInput("stamp-digest", "", "a stamp is over an SM3 digest of 32 bytes");
        }
        if (order.level() != Level.B && order.level() != Level.T) {
            throw new InvalidInput("stamp-level", "level", "a GB/T 38540 stamp reaches level B or T");
        }
    }

    /// Over the raw signature value, as GB/T 38540 has it.
    private Optional<DocumentBytes> token(byte[] signature, Level.Shortfall shortfall) {
        try {
            return Optional.of(timestamps
                    .orElseThrow(() -> new Failure.NotDone("no timestamp authority is configured", null))
                    .token(DocumentBytes.of(signature), Suite.SM2_SM3));
        } catch (Failure.NotDone away) {
            if (shortfall == Level.Shortfall.REQUIRE) {
                throw away;
            }
            return Optional.empty();
        }
    }
}
