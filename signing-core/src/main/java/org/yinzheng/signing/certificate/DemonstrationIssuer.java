package org.yinzheng.signing.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.yinzheng.signing.key.SigningKey;

/// The certificates and revocation lists of the demonstration, byte by byte; keeps nothing.
final class DemonstrationIssuer {
    private static final Period LIST_PERIOD = Period.ofDays(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What a certificate is for, and for how many years.
    enum Profile {
        ROOT(20, KeyUsage.keyCertSign | KeyUsage.cRLSign),
        ISSUING(15, KeyUsage.keyCertSign | KeyUsage.cRLSign),
        SIGNER(5, KeyUsage.digitalSignature | KeyUsage.nonRepudiation),
        TIMESTAMPER(5, KeyUsage.digitalSignature | KeyUsage.nonRepudiation);

        private final int years;
        private final int usage;

        Profile(int years, int usage) {
            this.years = years;
            this.usage = usage;
        }
    }

    private DemonstrationIssuer() {}

    /// @param issuer the issuing certificate, or empty for one that issues itself
    static X509Certificate issue(
            Profile profile,
            X500Name subject,
            PublicKey publicKey,
            SigningKey issuerKey,
            Optional<X509Certificate> issuer,
            Instant now) {
        var info = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
        var issuerInfo = SubjectPublicKeyInfo.getInstance(issuerKey.publicKey().getEncoded());
        var issuerName = issuer.map(one ->
                        X500Name.getInstance(one.getSubjectX500Principal().getEncoded()))
                .orElse(subject);
        var until = now.atZone(ZoneOffset.UTC).plusYears(profile.years).toInstant();
        // a few minutes back: the clocks of those who verify need not agree with ours
        var builder = new X509v3CertificateBuilder(
                issuerName,
                new BigInteger(127, RANDOM).setBit(64),
                Date.from(now.minusSeconds(300)),
                Date.from(until),
                subject,
                info);
        try {
            var extensions = new BcX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(info));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(issuerInfo));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(profile.usage));
            builder.addExtension(Extension.basicConstraints, true, constraints(profile));
            if (profile == Profile.TIMESTAMPER) { // RFC 3161 §2.3: critical, and nothing else
                builder.addExtension(
                        Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
            }
            return Certificates.parse(
                    builder.build(new KeyContentSigner(issuerKey)).getEncoded());
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    /// The next list: all entries of the one before, and one more when given.
    static X509CRL list(
            SigningKey issuerKey,
            X509Certificate issuer,
            Optional<X509CRL> before,
            Optional<Entry> added,
            Instant now) {
        var name = X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
        var builder = new X509v2CRLBuilder(name, Date.from(now));
        builder.setNextUpdate(Date.from(now.plus(LIST_PERIOD)));
        try {
            var number = BigInteger.ONE;
            if (before.isPresent()) {
                var holder = new X509CRLHolder(before.get().getEncoded());
                builder.addCRL(holder);
                var last = holder.getExtension(Extension.cRLNumber);
                number = CRLNumber.getInstance(last.getParsedValue())
                        .getCRLNumber()
                        .add(BigInteger.ONE);
            }
            added.ifPresent(entry -> builder.addCRLEntry(entry.serial, Date.from(entry.at), 0));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new BcX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(SubjectPublicKeyInfo.getInstance(
                                    issuerKey.publicKey().getEncoded())));
            return Certificates.parseCrl(
                    builder.build(new KeyContentSigner(issuerKey)).getEncoded());
        } catch (IOException | java.security.cert.CRLException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    record Entry(BigInteger serial, Instant at) {}

    private static BasicConstraints constraints(Profile profile) {
        return switch (profile) {
            case ROOT -> new BasicConstraints(1);
            case ISSUING -> new BasicConstraints(0);
            case SIGNER, TIMESTAMPER -> new BasicConstraints(false);
        };
    }
}
