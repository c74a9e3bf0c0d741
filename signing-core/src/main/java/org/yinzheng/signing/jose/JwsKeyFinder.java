package org.yinzheng.signing.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.key.Sm2;

/// With which key a JWS is to be verified. A key that the JWS brings (`jwk`), or says where to fetch (`jku`, `x5u`), is
/// never looked at.
final class JwsKeyFinder {
    private static final int MOST_CERTIFICATES = 10;

    private final KnownSigners known;
    private final List<JWK> pinned;

    /// A key, and what vouches for it.
    ///
    /// @param algorithm the one that the key is used with, when its owner published that
    /// @param chain from the signer's certificate up; empty when the operator pinned the key itself
    record Found(PublicKey key, Optional<String> algorithm, List<X509Certificate> chain) {}

    JwsKeyFinder(KnownSigners known) {
        this.known = known;
        var keys = new ArrayList<JWK>();
        for (var set : known.keySets()) {
            try {
                keys.addAll(JWKSet.parse(new String(set.toByteArray(), java.nio.charset.StandardCharsets.UTF_8))
                        .getKeys());
            } catch (ParseException e) {
                throw new InvalidInput("trust-file", "jwks", "a file of keys that is no JWK set (RFC 7517)");
            }
        }
        pinned = List.copyOf(keys);
    }

    /// @return empty when nobody whom we know signed it, as far as the header tells
    Optional<Found> find(JsonNode header) {
        return byPinnedKey(header).or(() -> byKnownCertificate(header)).or(() -> byEnclosedChain(header));
    }

    private Optional<Found> byPinnedKey(JsonNode header) {
        var id = header.path("kid").asText("");
        return pinned.stream()
                .filter(key -> !id.isEmpty() && id.equals(key.getKeyID()))
                .filter(AsymmetricJWK.class::isInstance)
                .findFirst()
                .flatMap(key -> {
                    try {
                        var algorithm = Optional.ofNullable(key.getAlgorithm()).map(Object::toString);
                        return Optional.of(new Found(((AsymmetricJWK) key).toPublicKey(), algorithm, List.of()));
                    } catch (JOSEException e) {
                        return Optional.empty(); // of a curve that is not known here
                    }
                });
    }

    private Optional<Found> byKnownCertificate(JsonNode header) {
        var id = header.path("kid").asText("");
        var thumbprint = header.path("x5t#S256").asText("");
        return known.certificates().stream()
                .filter(certificate -> thumbprint(certificate).equals(thumbprint)
                        || (Sm2.isSm2(certificate.getPublicKey())
                                && Sm2Jws.keyId(certificate.getPublicKey()).equals(id)))
                .findFirst()
                .map(certificate -> new Found(certificate.getPublicKey(), Optional.empty(), List.of(certificate)));
    }

    /// Whether the chain can be believed is for the path check to say.
    private static Optional<Found> byEnclosedChain(JsonNode header) {
        var chain = header.path("x5c");
        if (!chain.isArray() || chain.isEmpty() || chain.size() > MOST_CERTIFICATES) {
            return Optional.empty();
        }
        try {
            var certificates = new ArrayList<X509Certificate>();
            for (var one : chain) {
                certificates.add(Certificates.parse(Base64.getDecoder().decode(one.asText())));
            }
            return Optional.of(
                    new Found(certificates.getFirst().getPublicKey(), Optional.empty(), List.copyOf(certificates)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String thumbprint(X509Certificate certificate) {
        return Segments.encode(HexFormat.of()
                .parseHex(Digest.sha256(Certificates.der(certificate)).hex()));
    }
}
