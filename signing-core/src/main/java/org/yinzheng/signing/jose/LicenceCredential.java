package org.yinzheng.signing.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.verdict.SignedContent;

/// A licence in a few hundred characters, for a QR code: what a window needs to see, and the digest of the rest, signed
/// with SM2 by the authority and verifiable without a network by whoever knows its certificate. Carries no holder's
/// number: who photographs a screen learns no more than the face of the licence shows.
public final class LicenceCredential {
    /// What kind of statement it is.
    public static final String TYPE = "yinzheng-licence+jws";

    private static final String MADE_AT = "iat";
    /// Short names of GB/T 36903, and the canonical data digest.
    private static final List<String> SHOWN =
            List.of("ZZMC", "ZZBH", "ZZBFJG", "ZZBFRQ", "CZZT", "ZZYXQQSRQ", "ZZYXQJZRQ", "YinzhengDataDigest");

    private LicenceCredential() {}

    /// @param key of SM2
    /// @throws org.yinzheng.signing.Failure.NotDone when the token is away
    public static String sign(SigningKey key, SignedContent content, Instant at) {
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put(MADE_AT, at.getEpochSecond())
                .put(SignedContent.IDENTIFIER, content.licenceId());
        for (var name : SHOWN) {
            var value = content.metadata().get(name);
            if (value != null) {
                claims.put(name, value);
            }
        }
        return Sm2Jws.sign(key, TYPE, claims);
    }

    /// When its signer says that it was made.
    public static Optional<Instant> madeAt(JsonNode claims) {
        var at = claims.path(MADE_AT);
        return at.isIntegralNumber() && at.canConvertToLong()
                ? Optional.of(Instant.ofEpochSecond(Math.clamp(at.longValue(), 0, 253_402_300_799L)))
                : Optional.empty();
    }

    /// What the claims of a credential say, once its signature was verified.
    public static Optional<SignedContent> content(JsonNode claims) {
        var metadata = new TreeMap<String, String>();
        claims.properties().forEach(claim -> {
            if (claim.getValue().isTextual()) {
                metadata.put(claim.getKey(), claim.getValue().textValue());
            }
        });
        return Optional.ofNullable(metadata.get(SignedContent.IDENTIFIER)).map(id -> new SignedContent(id, metadata));
    }
}
