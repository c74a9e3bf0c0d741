package org.yinzheng.signing.seal;

import java.time.Instant;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.stamping.Level;

/// What a stamp is to be made of.
///
/// @param sm3 digest of the original: the original itself need not be here
/// @param propertyInfo where the original is, or what part of it is stamped; ASCII
/// @param level [Level#B] or [Level#T]
public record StampOrder(
        Seal seal,
        Signer signer,
        Instant at,
        DocumentBytes sm3,
        String propertyInfo,
        Level level,
        Level.Shortfall shortfall) {
    /// Over an original that is here, without a timestamp.
    public static StampOrder over(byte[] original, Seal seal, Signer signer, Instant at, String propertyInfo) {
        return new StampOrder(
                seal,
                signer,
                at,
                DocumentBytes.owning(Cryptography.sm3(original)),
                propertyInfo,
                Level.B,
                Level.Shortfall.REQUIRE);
    }
}
