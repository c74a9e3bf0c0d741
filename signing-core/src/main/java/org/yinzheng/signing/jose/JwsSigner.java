package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;

/// Signs claims with a key that nobody can read: JWS in compact serialisation, the header naming algorithm, type and
/// key, and the certificates that vouch for the key when there are any. Safe for many threads.
public final class JwsSigner {
    private final SigningKey key;
    private final JwsKey known;
    private final List<X509Certificate> chain;

    public JwsSigner(SigningKey key, JwsAlgorithm algorithm) {
        this(key, algorithm, List.of());
    }

    /// Each signature brings the signer's chain (x5c, RFC 7515 §4.1.6).
    public JwsSigner(Signer signer) {
        this(signer.key(), JwsAlgorithm.of(signer.key().kind()), signer.chain());
    }

    private JwsSigner(SigningKey key, JwsAlgorithm algorithm, List<X509Certificate> chain) {
        this.key = key;
        this.known = new JwsKey(key.publicKey(), algorithm);
        this.chain = chain;
    }

    /// What a checker must know beforehand, and what [JwkSet] publishes.
    public JwsKey publicKey() {
        return known;
    }

    /// @param type what kind of statement this is, such as `yinzheng-receipt+jws`: a checker asks for it, so that one
    /// kind never passes for another (RFC 8725 §3.11)
    /// @throws org.yinzheng.signing.Failure.NotDone when the token is away
    public String sign(String type, ObjectNode claims) {
        var header = new JWSHeader.Builder(new JWSAlgorithm(known.algorithm().name()))
                .type(new JOSEObjectType(Segments.checkedType(type)))
                .keyID(known.id());
        if (!chain.isEmpty()) {
            header.x509CertChain(JwkSet.encoded(chain));
        }
        var object = new JWSObject(header.build(), new Payload(claims.toString().getBytes(UTF_8)));
        try {
            object.sign(new TokenSigner());
        } catch (JOSEException e) {
            throw new IllegalStateException("the key gave a value that is no signature", e);
        }
        return object.serialize();
    }

    private final class TokenSigner implements com.nimbusds.jose.JWSSigner {
        @Override
        public Base64URL sign(JWSHeader header, byte[] input) {
            var value = key.sign(known.algorithm().scheme(), input);
            // JWS has r‖s where our keys give DER (RFC 7518 §3.4)
            return Base64URL.encode(known.algorithm() == JwsAlgorithm.ES256 ? DsaValue.raw(value) : value);
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return Set.of(new JWSAlgorithm(known.algorithm().name()));
        }

        @Override
        public JCAContext getJCAContext() {
            return new JCAContext();
        }
    }
}
