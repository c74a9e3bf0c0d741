package org.yinzheng.api.client;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.yinzheng.signing.certificate.Certificates;

/// An authority whose certificates say where its revocation data is: its lists and status answers, right and wrong.
public final class PublishingAuthority {
    public static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    public static final String SHA_256 = "SHA256withECDSA";
    static final String SHA_1 = "SHA1withECDSA";
    private static final X500Name NAME = new X500Name("CN=issuer");

    private final KeyPair key = pair();
    private final X509Certificate certificate = issue(NAME, key, true, Optional.empty(), Optional.empty());

    public X509Certificate certificate() {
        return certificate;
    }

    /// @param crl where its list is
    /// @param ocsp where its status service is
    public X509Certificate issue(String name, KeyPair pair, Optional<String> crl, Optional<String> ocsp) {
        return issue(new X500Name("CN=" + name), pair, false, crl, ocsp);
    }

    public byte[] list(Optional<X509Certificate> revoked) {
        return list(revoked, SHA_256);
    }

    byte[] list(Optional<X509Certificate> revoked, String algorithm) {
        var builder = new X509v2CRLBuilder(NAME, Date.from(NOW.minusSeconds(3600)));
        builder.setNextUpdate(Date.from(NOW.plus(Duration.ofDays(1))));
        revoked.ifPresent(
                one -> builder.addCRLEntry(one.getSerialNumber(), Date.from(NOW.minus(Duration.ofDays(3))), 1));
        try {
            return builder.build(signature(key, algorithm)).getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Its own answer, current for a day.
    byte[] status(X509Certificate about, CertificateStatus status, String algorithm) {
        try {
            var holder = new JcaX509CertificateHolder(certificate);
            var sha1 = new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1);
            var basic = new BasicOCSPRespBuilder(new RespID(holder.getSubject()));
            basic.addResponse(
                    new CertificateID(sha1, holder, about.getSerialNumber()),
                    status,
                    Date.from(NOW.minusSeconds(60)),
                    Date.from(NOW.plus(Duration.ofDays(1))),
                    null);
            var signed = basic.build(signature(key, algorithm), null, Date.from(NOW.minusSeconds(60)));
            return new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, signed)
                    .getEncoded();
        } catch (OCSPException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate issue(
            X500Name subject, KeyPair pair, boolean authority, Optional<String> crl, Optional<String> ocsp) {
        var builder = new JcaX509v3CertificateBuilder(
                NAME,
                BigInteger.valueOf((subject.hashCode() & 0xffff) | 1),
                Date.from(NOW.minus(Duration.ofDays(9))),
                Date.from(NOW.plus(Duration.ofDays(9))),
                subject,
                pair.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (crl.isPresent()) {
                var point =
                        new DistributionPoint(new DistributionPointName(new GeneralNames(uri(crl.get()))), null, null);
                builder.addExtension(
                        Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
            }
            if (ocsp.isPresent()) {
                var access = new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, uri(ocsp.get()));
                builder.addExtension(Extension.authorityInfoAccess, false, access);
            }
            return Certificates.parse(builder.build(signature(key, SHA_256)).getEncoded());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static GeneralName uri(String address) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, address);
    }

    private static ContentSigner signature(KeyPair key, String algorithm) {
        try {
            return new JcaContentSignerBuilder(algorithm).build(key.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    public static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
