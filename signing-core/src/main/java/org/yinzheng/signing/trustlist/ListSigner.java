package org.yinzheng.signing.trustlist;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.util.io.pem.PemReader;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.jose.JwsAlgorithm;
import org.yinzheng.signing.jose.JwsCheck;
import org.yinzheng.signing.jose.JwsKey;
import org.yinzheng.signing.jose.JwsResult;
import org.yinzheng.signing.jose.JwsSigner;
import org.yinzheng.signing.jose.Sm2Jws;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Sm2;

/// The key that signs one party's trust lists; pinned by who imports them. Its kind decides the algorithm: ES256,
/// RS256,
/// or SM2 as [Sm2Jws] has it.
public record ListSigner(PublicKey publicKey) {
    public static final String TYPE = "yinzheng-trust-list+jwt";

    /// A list of some thousand certificates.
    private static final int LONGEST = 8 << 20;

    /// @return a JWS in compact serialisation
    /// @throws org.yinzheng.signing.Failure.NotDone when the token is away
    public static String sign(TrustList list, SigningKey key) {
        var claims = TrustListJson.write(list);
        return key.kind() == KeyKind.SM2
                ? Sm2Jws.sign(key, TYPE, claims)
                : new JwsSigner(key, key.kind() == KeyKind.P_256 ? JwsAlgorithm.ES256 : JwsAlgorithm.RS256)
                        .sign(TYPE, claims);
    }

    /// @throws InvalidInput `trust-list-signature` when this key did not sign it, `trust-list-form`
    public TrustList open(String compact) {
        var result = Sm2.isSm2(publicKey)
                ? new Sm2Jws(List.of(publicKey)).check(compact, TYPE, LONGEST)
                : new JwsCheck(List.of(jwsKey())).check(compact, TYPE, LONGEST);
        return switch (result) {
            case JwsResult.Valid valid -> TrustListJson.read(valid.claims());
            case JwsResult.Refused refused ->
                throw new InvalidInput(
                        "trust-list-signature", "", "the trust list is not signed by this key: " + refused.reason());
        };
    }

    /// SHA-256 of the public key (SubjectPublicKeyInfo), for two people to compare.
    public String fingerprint() {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(HexFormat.of()
                        .parseHex(Digest.sha256(publicKey.getEncoded()).hex()));
    }

    public String pem() {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    }

    /// @throws InvalidInput `list-signer-form`
    public static ListSigner parse(String pem) {
        try (var reader = new PemReader(new StringReader(pem))) {
            var object = reader.readPemObject();
            if (object != null && object.getType().equals("PUBLIC KEY")) {
                for (var algorithm : List.of("EC", "RSA")) {
                    var key = key(algorithm, object.getContent());
                    if (key.isPresent()) {
                        return new ListSigner(key.get());
                    }
                }
            }
        } catch (IOException e) {
            // falls through: one message for every way of being no key
        }
        throw new InvalidInput("list-signer-form", "", "not a public key (RSA, P-256 or SM2) in PEM");
    }

    private static java.util.Optional<PublicKey> key(String algorithm, byte[] der) {
        try {
            return java.util.Optional.of(KeyFactory.getInstance(algorithm, Cryptography.provider())
                    .generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException | RuntimeException e) { // Bouncy Castle throws several for another form
            return java.util.Optional.empty();
        }
    }

    private JwsKey jwsKey() {
        try {
            return new JwsKey(
                    publicKey, publicKey.getAlgorithm().startsWith("EC") ? JwsAlgorithm.ES256 : JwsAlgorithm.RS256);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("list-signer-form", "", "a key that is too weak or of another kind");
        }
    }
}
