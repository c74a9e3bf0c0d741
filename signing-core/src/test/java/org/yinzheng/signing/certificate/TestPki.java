package org.yinzheng.signing.certificate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.DigestCalculator;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.SigningKey;

/// Certificates, lists and status answers of every shape, also those that nobody should issue.
public final class TestPki {
    public static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    public static final Duration DAY = Duration.ofDays(1);
    static final String SHA_1 = "1.3.14.3.2.26";
    static final String SHA_256 = "2.16.840.1.101.3.4.2.1";
    static final String SM_3 = "1.2.156.10197.1.401";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final MemoryCustodian custodian = new MemoryCustodian();
    private final KeyKind kind;

    public TestPki(KeyKind kind) {
        this.kind = kind;
    }

    public record Party(SigningKey key, X509Certificate certificate) {}

    @FunctionalInterface
    public interface Extras<T> {
        void add(T builder) throws IOException;
    }

    public static <T> Extras<T> none() {
        return builder -> {};
    }

    public SigningKey key() {
        return custodian.make("key-" + COUNT.incrementAndGet(), kind);
    }

    public Party root(String name) {
        return issue(Optional.empty(), key(), name, authority(-1));
    }

    public Party authority(Party issuer, String name) {
        return issue(Optional.of(issuer), key(), name, authority(-1));
    }

    public Party leaf(Party issuer, String name) {
        return leaf(issuer, name, none());
    }

    public Party leaf(Party issuer, String name, Extras<X509v3CertificateBuilder> extras) {
        return issue(Optional.of(issuer), key(), name, extras);
    }

    /// @param length of the path below; negative: any
    static Extras<X509v3CertificateBuilder> authority(int length) {
        return builder -> {
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    length < 0 ? new BasicConstraints(true) : new BasicConstraints(length));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        };
    }

    Party issue(Optional<Party> issuer, SigningKey key, String name, Extras<X509v3CertificateBuilder> extras) {
        var subject = new X500Name("C=CN,O=" + name + ",CN=" + name);
        var builder = new X509v3CertificateBuilder(
                issuer.map(one -> X500Name.getInstance(
                                one.certificate.getSubjectX500Principal().getEncoded()))
                        .orElse(subject),
                BigInteger.valueOf(1000L + COUNT.incrementAndGet()),
                Date.from(NOW.minus(DAY.multipliedBy(300))),
                Date.from(NOW.plus(DAY.multipliedBy(300))),
                subject,
                SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded()));
        try {
            extras.add(builder);
            var signer = new KeyContentSigner(issuer.map(Party::key).orElse(key));
            return new Party(key, Certificates.parse(builder.build(signer).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The certificate names a revocation list, so that its issuer must be heard.
    public static Extras<X509v3CertificateBuilder> publishing(String address) {
        return builder -> {
            var name = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address));
            var point = new DistributionPoint(new DistributionPointName(name), null, null);
            builder.addExtension(
                    Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
        };
    }

    public static X509CRL crl(Party issuer, Instant thisUpdate, Instant nextUpdate, Extras<X509v2CRLBuilder> extras) {
        var name = X500Name.getInstance(
                issuer.certificate.getSubjectX500Principal().getEncoded());
        var builder = new X509v2CRLBuilder(name, Date.from(thisUpdate));
        builder.setNextUpdate(Date.from(nextUpdate));
        try {
            extras.add(builder);
            return Certificates.parseCrl(
                    builder.build(new KeyContentSigner(issuer.key)).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static X509CRL crl(Party issuer) {
        return crl(issuer, NOW.minus(DAY), NOW.plus(DAY), none());
    }

    public static Extras<X509v2CRLBuilder> revoking(Party party, Instant at, int reason) {
        return builder -> builder.addCRLEntry(party.certificate.getSerialNumber(), Date.from(at), reason);
    }

    /// An answer of the responder about the certificate, current for a day.
    public static byte[] ocsp(Party responder, Party about, Party issuer, CertificateStatus status) {
        return ocsp(responder, about, issuer, status, SHA_1, NOW.minusSeconds(3600), NOW.plus(DAY));
    }

    static byte[] ocsp(
            Party responder,
            Party about,
            Party issuer,
            CertificateStatus status,
            String digest,
            Instant thisUpdate,
            @org.jspecify.annotations.Nullable Instant nextUpdate) {
        try {
            var id = new CertificateID(
                    new Calculator(digest),
                    new X509CertificateHolder(Certificates.der(issuer.certificate)),
                    about.certificate.getSerialNumber());
            var holder = new X509CertificateHolder(Certificates.der(responder.certificate));
            var basic = new BasicOCSPRespBuilder(new RespID(holder.getSubject()));
            basic.addResponse(
                    id, status, Date.from(thisUpdate), nextUpdate == null ? null : Date.from(nextUpdate), null);
            var chain = responder.equals(issuer) ? null : new X509CertificateHolder[] {holder};
            var signed = basic.build(new KeyContentSigner(responder.key), chain, Date.from(thisUpdate));
            return new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, signed)
                    .getEncoded();
        } catch (OCSPException | IOException e) {
            throw new AssertionError(e);
        }
    }

    public static Trust trust(Party... anchors) {
        return new Trust(
                java.util.Arrays.stream(anchors).map(Party::certificate).collect(java.util.stream.Collectors.toSet()),
                java.util.Set.of(),
                List.of());
    }

    private static final class Calculator implements DigestCalculator {
        private final String oid;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Calculator(String oid) {
            this.oid = oid;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid), DERNull.INSTANCE);
        }

        @Override
        public OutputStream getOutputStream() {
            return bytes;
        }

        @Override
        public byte[] getDigest() {
            var digest = Cryptography.digest(Algorithms.digestName(oid).orElseThrow())
                    .digest(bytes.toByteArray());
            bytes.reset();
            return digest;
        }
    }
}
