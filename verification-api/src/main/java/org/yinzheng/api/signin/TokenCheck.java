package org.yinzheng.api.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Checks bearer tokens (RFC 7519, RFC 9068): ES256 and nothing else, whatever the token's header says; keys
/// from the configured set only, never from the token; issuer, audience and validity as configured. May block:
/// a remote key set is fetched when it is not in memory.
public final class TokenCheck {
    static final String ROLES = "roles";
    static final String CITIZEN_ID = "citizen_id";
    static final String CREDIT_CODE = "credit_code";
    static final String AUTHORITY = "authority_code";
    static final String EVERY_AUTHORITY = "*";
    private static final int SKEW_SECONDS = 30;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private TokenCheck(String issuer, String audience, JWKSource<SecurityContext> keys, Clock clock) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWETypeVerifier((type, context) -> {
            throw new BadJOSEException("encrypted tokens are not taken");
        });
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        var claims =
                new DefaultJWTClaimsVerifier<>(
                        audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /// @param keys the JSON Web Key Set of the issuer
    public static TokenCheck against(String issuer, String audience, JWKSet keys, Clock clock) {
        return new TokenCheck(issuer, audience, new ImmutableJWKSet<>(keys), clock);
    }

    /// Fetches the keys from `jwks`, keeps them for some minutes, and fetches them again for a key that it does
    /// not know.
    public static TokenCheck remote(String issuer, String audience, URI jwks, Clock clock) {
        try {
            return new TokenCheck(
                    issuer,
                    audience,
                    JWKSourceBuilder.create(jwks.toURL()).retrying(true).build(),
                    clock);
        } catch (MalformedURLException e) {
            throw new InvalidInput("jwks-address", "signIn.jwks", "must be an absolute http or https address");
        }
    }

    /// @throws Failure.NotDone when the issuer's keys cannot be fetched
    public TokenResult check(String token) {
        try {
            return new TokenResult.Accepted(identity(processor.process(token, null)));
        } catch (ExpiredJWTException e) {
            return new TokenResult.Expired();
        } catch (RemoteKeySourceException e) {
            throw new Failure.NotDone("the sign-in provider's keys cannot be fetched", e);
        } catch (BadJOSEException | JOSEException | ParseException | InvalidInput e) {
            return new TokenResult.Rejected();
        }
    }

    private static Identity identity(JWTClaimsSet claims) throws ParseException {
        @Nullable List<String> roles = claims.getStringListClaim(ROLES);
        @Nullable String name = claims.getStringClaim("name");
        @Nullable String authority = claims.getStringClaim(AUTHORITY);
        var every = EVERY_AUTHORITY.equals(authority);
        return new Identity(
                claims.getSubject(),
                name == null ? claims.getSubject() : name,
                (roles == null ? List.<String>of() : roles)
                        .stream().flatMap(role -> Role.find(role).stream()).collect(Collectors.toSet()),
                holder(claims.getStringClaim(CITIZEN_ID), claims.getStringClaim(CREDIT_CODE)),
                every ? Optional.empty() : Optional.ofNullable(authority).map(CreditCode::new),
                every);
    }

    private static Optional<HolderId> holder(@Nullable String citizenId, @Nullable String creditCode) {
        if (citizenId != null && creditCode != null) {
            throw new InvalidInput("holder-claims", "", "a token names one holder");
        }
        if (citizenId != null) {
            return Optional.of(new CitizenId(citizenId));
        }
        return Optional.ofNullable(creditCode).map(CreditCode::new);
    }
}
