package org.yinzheng.testdata.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;

/// Issues whatever is ordered, also what no honest authority would issue.
final class Certifier {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Certifier() {}

    /// @param issuer empty for one who certifies themselves
    static X509Certificate certificate(SigningKey key, CertificateOrder order, Optional<Signer> issuer) {
        var subject = name(order.subject());
        var info = SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded());
        var builder = new X509v3CertificateBuilder(
                issuer.map(Signer::certificate).map(Certifier::subject).orElse(subject),
                new BigInteger(127, RANDOM).setBit(64),
                Date.from(order.from()),
                Date.from(order.until()),
                subject,
                info);
        var issuerKey = issuer.map(Signer::key).orElse(key);
        try {
            var extensions = new BcX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(info));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(info(issuerKey)));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(order.keyUsage()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(order.authority()));
            if (!order.purposes().isEmpty()) {
                var purposes = order.purposes().stream()
                        .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                        .toArray(KeyPurposeId[]::new);
                builder.addExtension(Extension.extendedKeyUsage, order.strict(), new ExtendedKeyUsage(purposes));
            }
            return Certificates.parse(builder.build(new KeySigner(issuerKey)).getEncoded());
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    static X509CRL list(Signer issuer, Instant from, Duration period, Map<X509Certificate, Instant> revoked) {
        var builder = new X509v2CRLBuilder(subject(issuer.certificate()), Date.from(from));
        builder.setNextUpdate(Date.from(from.plus(period)));
        revoked.forEach((certificate, at) -> builder.addCRLEntry(certificate.getSerialNumber(), Date.from(at), 0));
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new BcX509ExtensionUtils().createAuthorityKeyIdentifier(info(issuer.key())));
            return Certificates.parseCrl(
                    builder.build(new KeySigner(issuer.key())).getEncoded());
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    /// The chain of a signer: its certificate, and the issuer's when that is not a root.
    static Signer signer(SigningKey key, CertificateOrder order, Signer issuer) {
        var certificate = certificate(key, order, Optional.of(issuer));
        var above = issuer.certificate();
        var isRoot = above.getSubjectX500Principal().equals(above.getIssuerX500Principal());
        return new Signer(key, isRoot ? List.of(certificate) : List.of(certificate, above));
    }

    private static SubjectPublicKeyInfo info(SigningKey key) {
        return SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded());
    }

    private static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X500Name name(String body) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "CN")
                .addRDN(BCStyle.O, body)
                .addRDN(BCStyle.OU, "仅供测试 TEST ONLY")
                .addRDN(BCStyle.CN, body)
                .build();
    }

    /// Good for one signature.
    private static final class KeySigner implements ContentSigner {
        private final SigningKey key;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        KeySigner(SigningKey key) {
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
