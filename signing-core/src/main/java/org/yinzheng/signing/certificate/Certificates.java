package org.yinzheng.signing.certificate;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Memo;
import org.yinzheng.signing.key.Cryptography;

/// Reads X.509 certificates and revocation lists, SM2 ones included (the JDK's own reader knows no SM2).
public final class Certificates {
    /// Read once: one authority's certificates are met in all its documents. The same bytes are the same certificate,
    /// whoever is believed.
    private static final Memo<ByteBuffer, X509Certificate> KNOWN = new Memo<>(500, ByteBuffer::remaining);

    private Certificates() {}

    /// One certificate, DER (strictly: encoding it again gives the same bytes) or PEM (the first one counts).
    ///
    /// @throws InvalidInput `certificate-form`
    public static X509Certificate parse(byte[] derOrPem) {
        if (!isDer(derOrPem)) {
            return first(derOrPem);
        }
        var own = derOrPem.clone();
        return KNOWN.find(ByteBuffer.wrap(own), der -> first(own));
    }

    private static X509Certificate first(byte[] derOrPem) {
        var all = parseAll(derOrPem);
        if (all.isEmpty()) {
            throw malformed();
        }
        return all.getFirst();
    }

    /// All certificates of a PEM file, or the one of a DER file.
    ///
    /// @throws InvalidInput `certificate-form`
    public static List<X509Certificate> parseAll(byte[] derOrPem) {
        try {
            var factory = factory();
            var certificates = new ArrayList<X509Certificate>();
            for (var certificate : factory.generateCertificates(new ByteArrayInputStream(derOrPem))) {
                certificates.add(readThrough((X509Certificate) certificate));
            }
            if (isDer(derOrPem)
                    && (certificates.size() != 1
                            || !Arrays.equals(certificates.getFirst().getEncoded(), derOrPem))) {
                throw malformed();
            }
            return List.copyOf(certificates);
        } catch (CertificateException e) {
            throw malformed();
        }
    }

    /// One revocation list, DER or PEM.
    ///
    /// @throws InvalidInput `crl-form`
    public static X509CRL parseCrl(byte[] derOrPem) {
        try {
            if (factory().generateCRL(new ByteArrayInputStream(derOrPem)) instanceof X509CRL crl) {
                // Bouncy Castle reads the entries when they are asked for, and then throws
                crl.getRevokedCertificates();
                crl.getSignature();
                crl.getThisUpdate();
                crl.getNextUpdate();
                crl.getCriticalExtensionOIDs();
                text(crl.getIssuerX500Principal().getEncoded());
                return crl;
            }
        } catch (CRLException | CertificateException | RuntimeException e) {
            // falls through: one message for every way of being no list
        }
        throw new InvalidInput("crl-form", "", "not an X.509 revocation list in DER or PEM");
    }

    /// The subject as RFC 4514 text, `CN=…,O=…,C=CN`.
    public static String subject(X509Certificate certificate) {
        return text(certificate.getSubjectX500Principal().getEncoded());
    }

    public static String issuer(X509Certificate certificate) {
        return text(certificate.getIssuerX500Principal().getEncoded());
    }

    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }

    public static byte[] der(X509CRL list) {
        try {
            return list.getEncoded();
        } catch (CRLException e) {
            throw new IllegalArgumentException("a revocation list that cannot be encoded", e);
        }
    }

    public static String pem(X509Certificate certificate) {
        return pem("CERTIFICATE", der(certificate));
    }

    /// Of answers to questions about some certificates.
    static <A> Memo<List<X509Certificate>, A> memo(int most) {
        return new Memo<>(
                most, asked -> asked.stream().mapToInt(one -> der(one).length).sum());
    }

    static String pem(String label, byte[] der) {
        var lines = java.util.Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static String text(byte[] name) {
        return BCStyle.INSTANCE.toString(X500Name.getInstance(name));
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509", Cryptography.provider());
    }

    /// Bouncy Castle reads the parts of a certificate when they are asked for, and then throws whatever its casts and
    /// arrays throw, or has no key.
    private static X509Certificate readThrough(X509Certificate certificate) {
        try {
            subject(certificate);
            issuer(certificate);
            certificate.getSignature();
            certificate.getBasicConstraints();
            certificate.getKeyUsage();
            certificate.getNotBefore();
            certificate.getNotAfter();
            if (namesKnownCurve(certificate) && certificate.getPublicKey() != null) {
                return certificate;
            }
        } catch (RuntimeException e) {
            // falls through: one message for every way of being no certificate
        }
        throw malformed();
    }

    /// For an elliptic curve that it has no name for, Bouncy Castle has no answer but a null pointer.
    private static boolean namesKnownCurve(X509Certificate certificate) {
        var algorithm = org.bouncycastle.asn1.x509.Certificate.getInstance(der(certificate))
                .getSubjectPublicKeyInfo()
                .getAlgorithm();
        return !algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !(algorithm.getParameters() instanceof ASN1ObjectIdentifier curve)
                || ECNamedCurveTable.getByOID(curve) != null;
    }

    private static boolean isDer(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == 0x30;
    }

    private static InvalidInput malformed() {
        return new InvalidInput("certificate-form", "", "not an X.509 certificate in DER or PEM");
    }
}
