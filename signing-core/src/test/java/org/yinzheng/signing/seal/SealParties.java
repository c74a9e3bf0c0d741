package org.yinzheng.signing.seal;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.time.TimestampAuthority;

/// A seal maker, signers and the authority above them, all within this test's memory.
public final class SealParties {
    public static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    /// One red pixel.
    public static final SealPicture PICTURE = new SealPicture(
            DocumentBytes.of(
                    java.util.Base64.getDecoder()
                            .decode(
                                    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")),
            42,
            42);

    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final MemoryCustodian custodian = new MemoryCustodian();
    private final SigningKey rootKey = custodian.make("root", KeyKind.SM2);
    private final X509Certificate root =
            issue("测试根 TEST ROOT", rootKey, NOW.minus(Duration.ofDays(900)), NOW.plus(Duration.ofDays(36_500)), true);
    public final Signer maker = signer("制章者 TEST SEAL MAKER");
    public final Signer authority = signer("测试市市场监督管理局 TEST");

    public Trust trust() {
        return new Trust(Set.of(root), Set.of(maker.certificate()), List.of());
    }

    public Signer signer(String name) {
        return signer(name, NOW.minus(Duration.ofDays(30)), NOW.plus(Duration.ofDays(365)), KeyKind.SM2);
    }

    public Signer signer(String name, Instant from, Instant until, KeyKind kind) {
        return signer(custodian.make(name + SERIAL.get(), kind), name, from, until);
    }

    public Signer signer(SigningKey key, String name, Instant from, Instant until) {
        return new Signer(key, List.of(issue(name, key, from, until, false)));
    }

    public Seal seal() {
        return seal(authority.certificate());
    }

    public Seal seal(X509Certificate... signers) {
        return seal(maker, NOW.minus(Duration.ofDays(10)), NOW.plus(Duration.ofDays(300)), signers);
    }

    public Seal seal(Signer by, Instant from, Instant until, X509Certificate... signers) {
        return new SealMaker(by).make(order(PermittedSigners.listed(List.of(signers)), from, until));
    }

    public static SealOrder order(PermittedSigners signers, Instant from, Instant until) {
        return new SealOrder(
                "35020000000001",
                "测试市市场监督管理局",
                SealKind.STATUTORY_NAME,
                PICTURE,
                signers,
                CLOCK.instant(),
                from,
                until);
    }

    /// An authority whose certificates outlive everybody else's.
    public TimestampAuthority timestamps(Clock clock) {
        var purpose = new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping);
        var until = NOW.plus(Duration.ofDays(9000));
        var signers = new ArrayList<Signer>();
        for (var kind : List.of(KeyKind.RSA_2048, KeyKind.SM2)) {
            var key = custodian.make("tsa" + SERIAL.get(), kind);
            signers.add(new Signer(
                    key, List.of(issue("TSA", key, NOW.minusSeconds(9), until, false, Optional.of(purpose)))));
        }
        return new TimestampAuthority(signers.get(0), signers.get(1), TimestampAuthority.DEMONSTRATION_POLICY, clock);
    }

    private X509Certificate issue(String name, SigningKey key, Instant from, Instant until, boolean isAuthority) {
        return issue(name, key, from, until, isAuthority, Optional.empty());
    }

    private X509Certificate issue(
            String name,
            SigningKey key,
            Instant from,
            Instant until,
            boolean isAuthority,
            Optional<ExtendedKeyUsage> purpose) {
        try {
            var builder = new X509v3CertificateBuilder(
                    new X500Name("CN=测试根 TEST ROOT,C=CN"),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(until),
                    new X500Name("CN=" + name + ",C=CN"),
                    SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(isAuthority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            if (purpose.isPresent()) {
                builder.addExtension(Extension.extendedKeyUsage, true, purpose.get());
            }
            return Certificates.parse(builder.build(new KeySigner(rootKey)).getEncoded());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class KeySigner implements ContentSigner {
        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        private final SigningKey key;

        KeySigner(SigningKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(new ASN1ObjectIdentifier(key.suite().oid()));
        }

        @Override
        public OutputStream getOutputStream() {
            return bytes;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(bytes.toByteArray());
        }
    }
}
