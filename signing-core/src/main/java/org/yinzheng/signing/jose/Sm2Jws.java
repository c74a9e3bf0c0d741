package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Sm2;

/// JWS with SM2 and SM3, for parties that agreed on it. No algorithm and no curve are registered for it, so that both
/// names are private, and nothing that other people's software reads is signed this way. A type of its own: who does
/// not ask for it never gets it. The value is r‖s, as ES256 has it.
public final class Sm2Jws {
    public static final String ALGORITHM = "urn:yinzheng:jws:sm2-sm3";
    public static final String CURVE = "urn:yinzheng:jwk:sm2p256v1";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Set<PublicKey> keys;

    /// A checker.
    public Sm2Jws(Collection<PublicKey> keys) {
        if (!keys.stream().allMatch(Sm2::isSm2)) {
            throw new IllegalArgumentException("a key that is not of SM2");
        }
        this.keys = Set.copyOf(keys);
    }

    /// @throws org.yinzheng.signing.Failure.NotDone when the token is away
    public static String sign(SigningKey key, String type, ObjectNode claims) {
        if (key.kind() != KeyKind.SM2) {
            throw new IllegalArgumentException("a key that is not of SM2");
        }
        var header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", ALGORITHM)
                .put("typ", Segments.checkedType(type))
                .put("kid", keyId(key.publicKey()));
        var input = BASE64.encodeToString(header.toString().getBytes(UTF_8))
                + "."
                + BASE64.encodeToString(claims.toString().getBytes(UTF_8));
        return input + "." + BASE64.encodeToString(DsaValue.raw(key.sign(input.getBytes(US_ASCII))));
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
        Optional<PublicKey> key =
                keys.stream().filter(one -> keyId(one).equals(segments.keyId())).findFirst();
        if (key.isEmpty()) {
            return new JwsResult.Refused(JwsResult.Reason.UNKNOWN_KEY);
        }
        if (!segments.algorithm().equals(ALGORITHM)) {
            return new JwsResult.Refused(JwsResult.Reason.ALGORITHM);
        }
        return Sm2.verifyRaw(
                        key.get(),
                        segments.input().toByteArray(),
                        segments.signature().toByteArray())
                ? new JwsResult.Valid(segments.keyId(), segments.claims())
                : new JwsResult.Refused(JwsResult.Reason.SIGNATURE);
    }

    /// The thumbprint after RFC 7638 of `{"crv":…,"kty":"EC","x":…,"y":…}` with our private name of the curve.
    public static String keyId(PublicKey key) {
        var point = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getOctets();
        if (!Sm2.isSm2(key) || point.length != 65) {
            throw new IllegalArgumentException("a key that is not an uncompressed point of SM2");
        }
        var json = "{\"crv\":\"" + CURVE + "\",\"kty\":\"EC\",\"x\":\"" + coordinate(point, 1) + "\",\"y\":\""
                + coordinate(point, 33) + "\"}";
        return BASE64.encodeToString(
                HexFormat.of().parseHex(Digest.sha256(json.getBytes(US_ASCII)).hex()));
    }

    private static String coordinate(byte[] point, int from) {
        return BASE64.encodeToString(Arrays.copyOfRange(point, from, from + 32));
    }
}
