package org.yinzheng.signing.seal;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.yinzheng.signing.DocumentBytes;

/// An electronic seal: SESeal V4 of GB/T 38540, as read from its DER. Reading does not judge: see [SealCheck].
///
/// @param der the whole seal
/// @param id esID, unique among seals
/// @param vendor Vid of the header: who made the software that made the seal
/// @param name of the body whose seal it is
/// @param typeCode such as 1 for a statutory name seal 法定名称章
/// @param proof by the seal maker 制章者
public record Seal(
        DocumentBytes der,
        String id,
        String vendor,
        String name,
        int typeCode,
        PermittedSigners signers,
        Instant createdAt,
        Instant validFrom,
        Instant validUntil,
        Picture picture,
        Proof proof) {
    public static final int VERSION = 4;

    /// @param format as the seal gives it, in any case: `png`, `GIF`, `ofd` …
    public record Picture(String format, DocumentBytes data, int widthMm, int heightMm) {}

    /// A signature over bytes as they lie in a seal or a stamp.
    ///
    /// @param certificate of who signed
    /// @param algorithm the signature algorithm's object identifier
    /// @param signed the signed bytes: eSealInfo alone in a V4 seal, toSign in a stamp
    /// @param signature the value, DER or raw r‖s
    public record Proof(X509Certificate certificate, String algorithm, DocumentBytes signed, DocumentBytes signature) {}

    /// @throws org.yinzheng.signing.InvalidInput `asn1` when the bytes are not one SESeal, `seal-version` when they
    /// are one of another version than 4
    public static Seal parse(DocumentBytes der) {
        return SealReader.read(Der.whole(der.toByteArray(), "SESeal"));
    }

    /// Both ends are part of the period.
    public boolean isInPeriod(Instant time) {
        return !time.isBefore(validFrom) && !time.isAfter(validUntil);
    }
}
