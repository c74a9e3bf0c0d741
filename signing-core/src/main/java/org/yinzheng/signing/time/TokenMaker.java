package org.yinzheng.signing.time;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;

/// Bouncy Castle's maker of tokens over a key that nobody can read. Good for one token: its signer keeps the message.
record TokenMaker(Signer signer, ASN1ObjectIdentifier policy) {
    /// What a token's time may be off by: it is cut to the second, and the clock is kept by NTP.
    private static final int ACCURACY_SECONDS = 1;

    TimeStampTokenGenerator generator() {
        try {
            var certificates = new ArrayList<X509CertificateHolder>();
            for (var certificate : signer.chain()) {
                certificates.add(new X509CertificateHolder(Certificates.der(certificate)));
            }
            var info = new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .setSignedAttributeGenerator(TokenMaker::attributes)
                    .build(new TokenSigner(signer.key()), certificates.getFirst());
            // the attribute ESSCertIDv2 (RFC 5816) with this digest binds the certificate
            var generator = new TimeStampTokenGenerator(info, digest(), policy);
            generator.addCertificates(new CollectionStore<>(certificates));
            generator.setAccuracySeconds(ACCURACY_SECONDS);
            generator.setOrdering(false);
            return generator;
        } catch (TSPException e) {
            throw new IllegalArgumentException("a certificate that is not for timestamping alone", e);
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError("a certificate of ours, and digests that Bouncy Castle has", e);
        }
    }

    /// Without the signing time that Bouncy Castle takes from its own clock: the token says its time once.
    private static AttributeTable attributes(Map<?, ?> parameters) {
        return new DefaultSignedAttributeTableGenerator()
                .getAttributes(parameters)
                .remove(CMSAttributes.signingTime);
    }

    private DigestCalculator digest() throws OperatorCreationException {
        var algorithm =
                signer.key().suite() == Suite.SM2_SM3 ? GMObjectIdentifiers.sm3 : NISTObjectIdentifiers.id_sha256;
        return new BcDigestCalculatorProvider().get(new AlgorithmIdentifier(algorithm));
    }

    private static final class TokenSigner implements ContentSigner {
        private final SigningKey key;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        TokenSigner(SigningKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            var oid = new ASN1ObjectIdentifier(key.suite().oid());
            return key.suite() == Suite.RSA_SHA256
                    ? new AlgorithmIdentifier(oid, DERNull.INSTANCE)
                    : new AlgorithmIdentifier(oid);
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(message.toByteArray());
        }
    }
}
