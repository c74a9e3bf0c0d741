package org.yinzheng.api.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// Signs tokens for whoever asks: 仅供演示, for the demonstration only. It proves that the service takes real
/// signed tokens, not who somebody is. The key is the token device's, like every other.
public final class DemoProvider {
    public static final Duration LIFETIME = Duration.ofHours(1);
    public static final String AUDIENCE = "yinzheng";
    private static final int P256_CONCATENATED = 64;

    private final String issuer;
    private final SigningKey key;
    private final ECKey publicKey;
    private final List<DemoUser> users;
    private final Clock clock;

    /// @param issuer the address under which the tokens say they were issued
    public DemoProvider(String issuer, SigningKey key, List<DemoUser> users, Clock clock) {
        if (key.kind() != KeyKind.P_256) {
            throw new InvalidInput("key-kind", "", "the demonstration's provider signs with a P-256 key");
        }
        this.issuer = issuer;
        this.key = key;
        this.users = List.copyOf(users);
        this.clock = clock;
        this.publicKey = publicKey(key);
    }

    public List<DemoUser> users() {
        return users;
    }

    public Optional<DemoUser> user(String id) {
        return users.stream().filter(user -> user.id().equals(id)).findFirst();
    }

    public JWKSet keys() {
        return new JWKSet(publicKey);
    }

    public String issuer() {
        return issuer;
    }

    public TokenCheck check() {
        return TokenCheck.against(issuer, AUDIENCE, keys(), clock);
    }

    /// Blocks: the token device signs.
    public String token(DemoUser user) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AUDIENCE)
                .subject(user.id())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("name", user.name())
                .claim(
                        TokenCheck.ROLES,
                        user.roles().stream().map(Role::wireName).sorted().toList());
        user.holder().ifPresent(holder -> {
            switch (holder) {
                case CitizenId citizen -> claims.claim(TokenCheck.CITIZEN_ID, citizen.value());
                case CreditCode code -> claims.claim(TokenCheck.CREDIT_CODE, code.value());
            }
        });
        if (user.holder().isEmpty()) {
            var authority = user.authority().map(CreditCode::value).orElse(TokenCheck.EVERY_AUTHORITY);
            claims.claim(TokenCheck.AUTHORITY, authority);
        }
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(publicKey.getKeyID())
                .build();
        var signed = header.toBase64URL() + "." + claims.build().toPayload().toBase64URL();
        try {
            // the device answers in DER, JOSE wants r and s side by side (RFC 7518 §3.4)
            var signature = ECDSA.transcodeSignatureToConcat(
                    key.sign(signed.getBytes(StandardCharsets.US_ASCII)), P256_CONCATENATED);
            return signed + "." + Base64URL.encode(signature);
        } catch (JOSEException e) {
            throw new IllegalStateException("the key's signature is no DER SEQUENCE{r, s}", e);
        }
    }

    private static ECKey publicKey(SigningKey key) {
        try {
            return new ECKey.Builder(Curve.P_256, (ECPublicKey) key.publicKey())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("a P-256 key has a thumbprint", e);
        }
    }
}
