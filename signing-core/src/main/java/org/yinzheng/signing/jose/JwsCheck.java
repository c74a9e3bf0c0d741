package org.yinzheng.signing.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// Checks JWS of keys that are known beforehand, each with its one algorithm. A header names a key and chooses nothing:
/// no key, address or certificate in it is looked at. SM2 is never accepted here. Safe for many threads.
public final class JwsCheck {
    private final Set<JwsKey> keys;

    public JwsCheck(Collection<JwsKey> keys) {
        this.keys = Set.copyOf(keys);
    }

    /// @param type the kind of statement that is expected, exactly
    public JwsResult check(String compact, String type) {
        return check(compact, type, Segments.LONGEST);
    }

    /// @param longest in characters: more is not looked at
    public JwsResult check(String compact, String type, int longest) {
        Segments segments;
        try {
            segments = Segments.read(compact, longest);
        } catch (Segments.Unreadable e) {
            return new JwsResult.Refused(e.reason());
        }
        if (!segments.type().equals(type)) {
            return new JwsResult.Refused(JwsResult.Reason.TYPE);
        }
        if (keys.stream().noneMatch(key -> key.id().equals(segments.keyId()))) {
            return new JwsResult.Refused(JwsResult.Reason.UNKNOWN_KEY);
        }
        Optional<JwsKey> key = keys.stream()
                .filter(one -> one.id().equals(segments.keyId()))
                .filter(one -> one.algorithm().name().equals(segments.algorithm()))
                .findFirst();
        if (key.isEmpty()) {
            return new JwsResult.Refused(JwsResult.Reason.ALGORITHM);
        }
        return verifies(key.get(), compact, segments)
                ? new JwsResult.Valid(segments.keyId(), segments.claims())
                : new JwsResult.Refused(JwsResult.Reason.SIGNATURE);
    }

    private static boolean verifies(JwsKey key, String compact, Segments segments) {
        try {
            var header = JWSHeader.parse(new Base64URL(compact.substring(0, compact.indexOf('.'))));
            return verifier(key)
                    .verify(
                            header,
                            segments.input().toByteArray(),
                            Base64URL.encode(segments.signature().toByteArray()));
        } catch (ParseException | JOSEException e) {
            return false;
        }
    }

    private static JWSVerifier verifier(JwsKey key) throws JOSEException {
        return switch (key.algorithm()) {
            case RS256, PS256 -> new RSASSAVerifier((RSAKey) key.jwk());
            case ES256 -> new ECDSAVerifier((ECKey) key.jwk());
        };
    }
}
