package org.yinzheng.signing.seal;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;

/// An electronic seal, SESeal, as read from its DER: of GB/T 38540 (V4, what we make), of GM/T 0031-2014 (V1)
/// or of GM/T 0031-2025 (V5). Reading does not judge: see [SealCheck].
///
/// @param der the whole seal
/// @param version [#V1], [#V4] or [#V5]
/// @param id esID, unique among seals
/// @param vendor Vid of the header: who made the software that made the seal
/// @param name of the body whose seal it is
/// @param typeCode such as 1 for a statutory name seal 法定名称章: see [SealKind]
/// @param proof by the seal maker 制章者
/// @param timestamp over the maker's signature value; V5 only
/// @param deviations from the version's standard that are met in the field and read all the same
public record Seal(
        DocumentBytes der,
        int version,
        String id,
        String vendor,
        String name,
        int typeCode,
        PermittedSigners signers,
        Instant createdAt,
        Instant validFrom,
        Instant validUntil,
        Picture picture,
        List<Extension> extensions,
        Proof proof,
        Optional<DocumentBytes> timestamp,
        List<String> deviations) {
    /// GM/T 0031-2014.
    public static final int V1 = 1;
    /// GB/T 38540-2020.
    public static final int V4 = 4;
    /// GM/T 0031-2025.
    public static final int V5 = 5;

    public Seal {
        extensions = List.copyOf(extensions);
        deviations = List.copyOf(deviations);
    }

    /// @param format as the seal gives it, in any case: `png`, `GIF`, `ofd` …
    public record Picture(String format, DocumentBytes data, int widthMm, int heightMm) {}

    /// @param value what the extension's owner defines
    public record Extension(String oid, boolean critical, DocumentBytes value) {}

    /// A signature over bytes as they lie in a seal or a stamp.
    ///
    /// @param certificate of who signed
    /// @param algorithm the signature algorithm's object identifier
    /// @param signed the signed bytes: eSealInfo alone in a seal of V4 or V5, with certificate and algorithm in
    /// one of V1; toSign in a stamp
    /// @param signature the value; of SM2 DER or raw r‖s
    public record Proof(X509Certificate certificate, String algorithm, DocumentBytes signed, DocumentBytes signature) {}

    /// @throws org.yinzheng.signing.InvalidInput `asn1` when the bytes are not one SESeal, `seal-version` when
    /// they are one of an unknown version, `seal-extension` when it has a critical extension,
    /// `certificate-form`
    public static Seal parse(DocumentBytes der) {
        return SealReader.read(Der.whole(der.toByteArray(), "SESeal"));
    }

    /// The standard that the seal follows.
    public String standard() {
        return standard(version);
    }

    static String standard(int version) {
        return switch (version) {
            case V1 -> "GM/T 0031-2014";
            case V4 -> "GB/T 38540-2020";
            case V5 -> "GM/T 0031-2025";
            default -> "an unknown standard";
        };
    }

    /// Both ends are part of the period.
    public boolean isInPeriod(Instant time) {
        return !time.isBefore(validFrom) && !time.isAfter(validUntil);
    }
}
