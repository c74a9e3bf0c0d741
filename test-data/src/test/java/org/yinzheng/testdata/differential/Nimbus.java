package org.yinzheng.testdata.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSObjectJSON;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import java.text.ParseException;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.testdata.corpus.Specimen;

/// Nimbus JOSE+JWT, over Bouncy Castle, on every signature of a JWS, with the key of the first certificate in its
/// header.
final class Nimbus {
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    Nimbus() {
        verifiers.getJCAContext().setProvider(Cryptography.provider());
    }

    /// `RIGHT`, `WRONG`, or `UNKNOWN` when it cannot read it, or has no key for it.
    String mathematics(Specimen specimen, DocumentBytes jws) {
        var text = new String(jws.toByteArray(), UTF_8);
        try {
            return (text.startsWith("{") ? json(text) : compact(specimen, text)) ? "RIGHT" : "WRONG";
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            return "UNKNOWN";
        }
    }

    static boolean isUnencodedJson(DocumentBytes jws) {
        var text = new String(jws.toByteArray(), UTF_8);
        try {
            return text.startsWith("{")
                    && JWSObjectJSON.parse(text).getSignatures().stream()
                            .anyMatch(one -> !one.getHeader().isBase64URLEncodePayload());
        } catch (ParseException e) {
            return false;
        }
    }

    private boolean compact(Specimen specimen, String text) throws ParseException, JOSEException {
        var parts = JOSEObject.split(text);
        if (parts.length != 3) {
            throw new ParseException("not three parts", 0);
        }
        var original = specimen.original()
                .map(given -> new Payload(given.document().get().toByteArray()));
        var jws = original.isPresent()
                ? new JWSObject(parts[0], original.get(), parts[2])
                : new JWSObject(parts[0], parts[1], parts[2]);
        return jws.verify(verifier(jws.getHeader()));
    }

    private boolean json(String text) throws ParseException, JOSEException {
        var right = true;
        for (var signature : JWSObjectJSON.parse(text).getSignatures()) {
            right &= signature.verify(verifier(signature.getHeader()));
        }
        return right;
    }

    private JWSVerifier verifier(JWSHeader header) throws JOSEException {
        var chain = header.getX509CertChain();
        if (chain == null) {
            throw new JOSEException("no certificate");
        }
        var certificate = Certificates.parse(chain.getFirst().decode());
        return verifiers.createJWSVerifier(header, certificate.getPublicKey());
    }
}
