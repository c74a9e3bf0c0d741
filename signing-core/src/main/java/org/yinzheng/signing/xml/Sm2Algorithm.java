package org.yinzheng.signing.xml;

import java.io.ByteArrayOutputStream;
import java.security.Key;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import org.apache.xml.security.algorithms.SignatureAlgorithmSpi;
import org.apache.xml.security.signature.XMLSignatureException;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.key.Sm2;

/// SM2 with SM3 as Santuario verifies it; the value is r‖s. It signs nothing: our keys sign whole messages and do not
/// come here.
public class Sm2Algorithm extends SignatureAlgorithmSpi {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable PublicKey key;

    @Override
    protected String engineGetURI() {
        return XmlAlgorithms.SM2_SM3;
    }

    @Override
    protected String engineGetJCEAlgorithmString() {
        return "SM3withSM2";
    }

    @Override
    protected String engineGetJCEProviderName() {
        return "";
    }

    @Override
    protected void engineInitVerify(Key verificationKey) throws XMLSignatureException {
        if (!(verificationKey instanceof PublicKey candidate) || !Sm2.isSm2(candidate)) {
            throw new XMLSignatureException(new IllegalArgumentException("not an SM2 public key"));
        }
        key = candidate;
        message.reset();
    }

    @Override
    protected void engineUpdate(byte[] input) {
        message.writeBytes(input);
    }

    @Override
    protected void engineUpdate(byte input) {
        message.write(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        message.write(input, offset, length);
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws XMLSignatureException {
        if (key == null) {
            throw new XMLSignatureException(new IllegalStateException("no key to verify with"));
        }
        return Sm2.verifyRaw(key, message.toByteArray(), signature);
    }

    @Override
    protected void engineInitSign(Key signingKey) throws XMLSignatureException {
        throw signsNothing();
    }

    @Override
    protected void engineInitSign(Key signingKey, SecureRandom random) throws XMLSignatureException {
        throw signsNothing();
    }

    @Override
    protected void engineInitSign(Key signingKey, AlgorithmParameterSpec parameters) throws XMLSignatureException {
        throw signsNothing();
    }

    @Override
    protected byte[] engineSign() throws XMLSignatureException {
        throw signsNothing();
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters) throws XMLSignatureException {
        throw new XMLSignatureException(new IllegalArgumentException("SM2 has no parameters here"));
    }

    @Override
    protected void engineSetHMACOutputLength(int length) throws XMLSignatureException {
        throw new XMLSignatureException(new IllegalArgumentException("SM2 is no HMAC"));
    }

    private static XMLSignatureException signsNothing() {
        return new XMLSignatureException(new UnsupportedOperationException("sign with XmlStamper"));
    }

    /// The same under the other URI that is seen.
    public static final class Seen extends Sm2Algorithm {
        @Override
        protected String engineGetURI() {
            return XmlAlgorithms.SM2_SM3_SEEN;
        }
    }
}
