package org.yinzheng.testdata.corpus.ofd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.DERUTF8String;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Party;

/// SESeal and SES_Signature written element by element after GM/T 0031-2014 (V1), GB/T 38540 (V4) and GM/T 0031-2025
/// (V5), apart from the product's own makers. Each field can be bent; what is signed is what is then there.
final class Ses {
    static final String SM2 = "1.2.156.10197.1.501";

    private final CorpusAuthority authority;

    int version = 4;
    int headerVersion = 4;
    int stampVersion = 4;
    String headerId = "ES";
    Party maker = Party.SEAL_MAKER;
    Party signer = Party.SM2;
    Instant from = CorpusAuthority.SIGNED.minusSeconds(86_400 * 30L);
    Instant until = CorpusAuthority.SIGNED.plusSeconds(86_400 * 365L);
    Instant at = CorpusAuthority.SIGNED;
    int listType = 1;
    Optional<List<ASN1Encodable>> list = Optional.empty();
    Optional<ASN1Encodable> extensions = Optional.empty();
    Optional<ASN1Encodable> timeInfo = Optional.empty();
    Optional<ASN1Encodable> times = Optional.empty();
    Optional<String> property = Optional.empty();
    Optional<byte[]> certificate = Optional.empty();
    Optional<Function<byte[], byte[]>> timestamp = Optional.empty();
    String algorithm = SM2;
    String digest = "SM3";
    /// From the signed bytes to the value.
    Optional<Function<byte[], byte[]>> sign = Optional.empty();
    UnaryOperator<byte[]> value = bytes -> bytes;
    /// After the maker has signed.
    UnaryOperator<byte[]> seal = bytes -> bytes;
    UnaryOperator<byte[]> stamp = bytes -> bytes;

    Ses(CorpusAuthority authority) {
        this.authority = authority;
    }

    Ses version(int number) {
        version = number;
        headerVersion = number;
        stampVersion = number;
        return this;
    }

    byte[] seal() {
        var info = sequence(
                sequence(new DERIA5String(headerId), new ASN1Integer(headerVersion), new DERIA5String("Corpus")),
                new DERIA5String("11010000000042"),
                property(),
                sequence(
                        new DERIA5String("PNG"),
                        new DEROctetString(authority.picture().png().toByteArray()),
                        new ASN1Integer(42),
                        new ASN1Integer(42)));
        if (extensions.isPresent()) {
            info = sequence(
                    info.getObjectAt(0),
                    info.getObjectAt(1),
                    info.getObjectAt(2),
                    info.getObjectAt(3),
                    extensions.get());
        }
        var by = new DEROctetString(der(authority.certificate(maker)));
        var oid = new ASN1ObjectIdentifier(SM2);
        if (version == 1) {
            var made = authority.key(maker).sign(bytes(sequence(info, by, oid)));
            return seal.apply(bytes(sequence(info, sequence(by, oid, new DERBitString(made)))));
        }
        var made = authority.key(maker).sign(bytes(info));
        return seal.apply(bytes(sequence(info, by, oid, new DERBitString(made))));
    }

    private DERSequence property() {
        var elements = new ArrayList<ASN1Encodable>(List.of(new ASN1Integer(1), new DERUTF8String("东原市市场监督管理局")));
        if (version != 1) {
            elements.add(new ASN1Integer(listType));
        }
        elements.add(sequence(list.orElseGet(() -> List.of(new DEROctetString(der(authority.certificate(signer)))))
                .toArray(ASN1Encodable[]::new)));
        elements.add(times.orElseGet(() -> time(from)));
        elements.add(time(from));
        elements.add(time(until));
        return sequence(elements.toArray(ASN1Encodable[]::new));
    }

    /// @param path of the original, for propertyInfo
    byte[] over(byte[] original, String path) {
        var cert = new DEROctetString(certificate.orElseGet(() -> der(authority.certificate(signer))));
        var oid = new ASN1ObjectIdentifier(algorithm);
        var toSign = new ArrayList<ASN1Encodable>(List.of(
                new ASN1Integer(stampVersion),
                encoded(seal()),
                timeInfo.orElseGet(this::time),
                new DERBitString(Cryptography.digest(digest).digest(original)),
                new DERIA5String(property.orElse(path))));
        if (version == 1) {
            toSign.add(cert);
            toSign.add(oid);
        }
        var signed = sequence(toSign.toArray(ASN1Encodable[]::new));
        var made = value.apply(
                sign.orElse(bytes -> authority.key(signer).sign(bytes)).apply(bytes(signed)));
        if (version == 1) {
            return stamp.apply(bytes(sequence(signed, new DERBitString(made))));
        }
        var elements = new ArrayList<ASN1Encodable>(List.of(signed, cert, oid, new DERBitString(made)));
        timestamp.ifPresent(token -> elements.add(new DERTaggedObject(true, 0, new DERBitString(token.apply(made)))));
        return stamp.apply(bytes(sequence(elements.toArray(ASN1Encodable[]::new))));
    }

    private ASN1Encodable time() {
        return version == 1 ? new DERBitString(bytes(time(at))) : time(at);
    }

    private ASN1Encodable time(Instant instant) {
        return version == 1 ? new DERUTCTime(text("yyMMddHHmmss'Z'", instant)) : generalized(instant);
    }

    static ASN1Encodable generalized(Instant instant) {
        return new DERGeneralizedTime(text("yyyyMMddHHmmss'Z'", instant));
    }

    static String text(String pattern, Instant instant) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(instant);
    }

    static ASN1Encodable digestEntry(String name, byte[] digest) {
        return sequence(new DERPrintableString(name), new DEROctetString(digest));
    }

    static ASN1Encodable extension(boolean critical) {
        return sequence(sequence(
                new ASN1ObjectIdentifier("1.2.156.1.2"),
                ASN1Boolean.getInstance(critical),
                new DEROctetString("x".getBytes(StandardCharsets.US_ASCII))));
    }

    static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    static byte[] der(X509Certificate certificate) {
        return Certificates.der(certificate);
    }

    static byte[] bytes(ASN1Encodable element) {
        try {
            return element.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
    }

    static ASN1Encodable encoded(byte[] der) {
        try {
            return ASN1Primitive.fromByteArray(der);
        } catch (IOException e) {
            throw new IllegalArgumentException("no ASN.1", e);
        }
    }
}
