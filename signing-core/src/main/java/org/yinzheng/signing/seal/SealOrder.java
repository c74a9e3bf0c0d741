package org.yinzheng.signing.seal;

import java.time.Instant;
import java.util.List;
import org.yinzheng.signing.InvalidInput;

/// What a seal maker is asked to make. Times are to the second.
///
/// @param sealId esID, unique among seals: official ones have 14 digits, six for the division and eight more
/// @param name of the body or person whose seal it is
/// @param typeCode as in [SealKind#code()]
/// @param signers who may stamp with it
/// @param validFrom part of the period, as `validUntil`
/// @param extensions extDatas, in this order
public record SealOrder(
        String sealId,
        String name,
        int typeCode,
        SealPicture picture,
        PermittedSigners signers,
        Instant createdAt,
        Instant validFrom,
        Instant validUntil,
        List<Seal.Extension> extensions) {
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_NAME = 100;

    /// @throws InvalidInput `seal-value`
    public SealOrder {
        extensions = List.copyOf(extensions);
        require(!sealId.isBlank() && sealId.length() <= LONGEST_ID, "id", "has 1 to 64 characters");
        require(!name.isBlank() && name.length() <= LONGEST_NAME, "name", "has 1 to 100 characters");
        require(typeCode >= 0, "typeCode", "is not negative");
        require(!signers.isEmpty(), "signers", "at least one certificate may stamp");
        require(validUntil.isAfter(validFrom), "until", "is after the beginning");
        // Our reader and any careful one refuses a seal with a critical extension that it does not know.
        require(extensions.stream().noneMatch(Seal.Extension::critical), "extensions", "none is critical");
    }

    public SealOrder(
            String sealId,
            String name,
            SealKind kind,
            SealPicture picture,
            PermittedSigners signers,
            Instant createdAt,
            Instant validFrom,
            Instant validUntil) {
        this(sealId, name, kind.code(), picture, signers, createdAt, validFrom, validUntil, List.of());
    }

    private static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new InvalidInput("seal-value", field, rule);
        }
    }
}
