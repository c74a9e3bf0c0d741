package org.yinzheng.testdata.corpus.pdf;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.testdata.corpus.CorpusKey;
import org.yinzheng.testdata.corpus.OtherKey;

/// A detached CMS SignedData whose every part can be set to what it must not be. Left alone, it is right.
public final class CmsParts {
    public static final ASN1ObjectIdentifier MD5 = PKCSObjectIdentifiers.md5;

    /// Whose key signs.
    public final CorpusKey key;
    /// The signer's certificate first; all are enclosed.
    public List<X509Certificate> certificates;
    /// Whom the signer's identifier names.
    public X509Certificate identified;
    /// Whom the signing-certificate attribute names.
    public X509Certificate named;
    /// What the bytes are digested with.
    public String digest;
    /// What the signature says that they are digested with.
    public AlgorithmIdentifier digestAlgorithm;
    public AlgorithmIdentifier signatureAlgorithm;
    /// What the key really signs with, as the JDK calls it; empty for the suite's own.
    public Optional<String> signing = Optional.empty();
    public ASN1ObjectIdentifier contentType = CMSObjectIdentifiers.data;
    public ASN1ObjectIdentifier announcedType = CMSObjectIdentifiers.data;
    public Optional<byte[]> enclosed = Optional.empty();
    /// None leaves them out: then the signature is over the content itself.
    public boolean hasAttributes = true;
    public UnaryOperator<byte[]> messageDigest = UnaryOperator.identity();
    public UnaryOperator<List<Attribute>> attributes = UnaryOperator.identity();
    /// Changes the attributes after they were signed.
    public UnaryOperator<List<Attribute>> attributesAfterSigning = UnaryOperator.identity();
    public boolean sorted = true;
    /// In place of the key, for values that no library makes.
    public Optional<UnaryOperator<byte[]>> byHand = Optional.empty();
    public int version = 1;
    public UnaryOperator<byte[]> value = UnaryOperator.identity();
    /// Made for the signature's value.
    public Optional<UnaryOperator<byte[]>> timestamp = Optional.empty();
    /// Another signer of the same bytes.
    public Optional<CmsParts> beside = Optional.empty();
    /// Whether the signer's identifier is the key identifier in its certificate (RFC 5652 §5.3).
    public boolean bySubjectKey = false;
    public UnaryOperator<List<ASN1Encodable>> signers = UnaryOperator.identity();
    public UnaryOperator<byte[]> whole = UnaryOperator.identity();
    public String encoding = ASN1Encoding.DER;

    public CmsParts(Signer signer) {
        key = (CorpusKey) signer.key();
        certificates = signer.chain();
        identified = signer.certificate();
        named = signer.certificate();
        var suite = key.suite();
        digest = suite.digestName();
        digestAlgorithm = digestAlgorithm(digest);
        signatureAlgorithm = suite == Suite.RSA_SHA256
                ? new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE)
                : new AlgorithmIdentifier(new ASN1ObjectIdentifier(suite.oid()));
    }

    public static AlgorithmIdentifier digestAlgorithm(String name) {
        return new AlgorithmIdentifier(
                switch (name) {
                    case "SHA-1" -> OIWObjectIdentifiers.idSHA1;
                    case "MD5" -> MD5;
                    case "SHA-256" -> NISTObjectIdentifiers.id_sha256;
                    case "SHA-384" -> NISTObjectIdentifiers.id_sha384;
                    case "SHA-512" -> NISTObjectIdentifiers.id_sha512;
                    case "SHAKE256-512" -> NISTObjectIdentifiers.id_shake256;
                    case "SM3" -> GMObjectIdentifiers.sm3;
                    default -> throw new IllegalArgumentException(name);
                });
    }

    /// Digests and signs with another digest than the suite's.
    public CmsParts with(String digestName, String jcaName) {
        digest = digestName;
        digestAlgorithm = digestAlgorithm(digestName);
        signing = Optional.of(jcaName);
        return this;
    }

    /// By a key of another kind than ours.
    public CmsParts with(OtherKey kind) {
        signatureAlgorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier(kind.oid()));
        return with(kind.digestName(), kind.jcaName());
    }

    public byte[] over(byte[] signedBytes) {
        var infos = new ArrayList<>(List.of(signerInfo(signedBytes)));
        beside.ifPresent(other -> infos.add(other.signerInfo(signedBytes)));
        return whole.apply(bytes(contentInfo(signers.apply(infos)), sorted ? encoding : ASN1Encoding.DL));
    }

    private ASN1Encodable signerInfo(byte[] signedBytes) {
        var imprint = messageDigest.apply(Cryptography.digest(digest).digest(signedBytes));
        var signed = attributes.apply(usual(imprint));
        var toSign = hasAttributes ? der(new DERSet(signed.toArray(ASN1Encodable[]::new))) : signedBytes;
        if (hasAttributes && !sorted) {
            toSign = bytes(new DLSet(signed.toArray(ASN1Encodable[]::new)), ASN1Encoding.DL);
        }
        var input = toSign;
        var signature = value.apply(byHand.map(maker -> maker.apply(input))
                .orElseGet(() -> signing.map(name -> key.sign(name, input)).orElseGet(() -> key.sign(input))));
        return info(attributesAfterSigning.apply(signed), signature);
    }

    private List<Attribute> usual(byte[] imprint) {
        var certificate = Cryptography.digest(key.suite().digestName()).digest(Certificates.der(named));
        var essence = new ESSCertIDv2(digestAlgorithm(key.suite().digestName()), certificate);
        return List.of(
                attribute(CMSAttributes.contentType, contentType),
                attribute(CMSAttributes.messageDigest, new DEROctetString(imprint)),
                attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new SigningCertificateV2(essence)));
    }

    public static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable... values) {
        return new Attribute(type, new DERSet(values));
    }

    private ASN1Encodable info(List<Attribute> signed, byte[] signature) {
        var info = new ASN1EncodableVector();
        info.add(new ASN1Integer(bySubjectKey ? 3 : 1));
        info.add(
                bySubjectKey
                        ? new DERTaggedObject(false, 0, new DEROctetString(subjectKey(identified)))
                        : new IssuerAndSerialNumber(structure(identified)));
        info.add(digestAlgorithm);
        if (hasAttributes) {
            var all = signed.toArray(ASN1Encodable[]::new);
            info.add(new DERTaggedObject(false, 0, sorted ? new DERSet(all) : new DLSet(all)));
        }
        info.add(signatureAlgorithm);
        info.add(new DEROctetString(signature));
        timestamp.ifPresent(maker -> {
            var token = ContentInfo.getInstance(maker.apply(signature));
            var unsigned = attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, token);
            info.add(new DERTaggedObject(false, 1, new DERSet(unsigned)));
        });
        return sorted ? new DERSequence(info) : new org.bouncycastle.asn1.DLSequence(info);
    }

    private ASN1Encodable contentInfo(List<ASN1Encodable> infos) {
        var content = new ASN1EncodableVector();
        content.add(announcedType);
        enclosed.ifPresent(bytes -> content.add(new DERTaggedObject(true, 0, new DEROctetString(bytes))));
        var data = new ArrayList<ASN1Encodable>();
        data.add(new ASN1Integer(version));
        data.add(beside.map(other -> new DERSet(new ASN1Encodable[] {digestAlgorithm, other.digestAlgorithm}))
                .orElseGet(() -> new DERSet(digestAlgorithm)));
        data.add(new DERSequence(content));
        data.add(new DERTaggedObject(
                false,
                0,
                new DERSet(Stream.concat(
                                certificates.stream(), beside.stream().flatMap(other -> other.certificates.stream()))
                        .distinct()
                        .map(CmsParts::structure)
                        .toArray(ASN1Encodable[]::new))));
        data.add(
                sorted
                        ? new DERSet(infos.toArray(ASN1Encodable[]::new))
                        : new DLSet(infos.toArray(ASN1Encodable[]::new)));
        var signed = data.toArray(ASN1Encodable[]::new);
        return new ContentInfo(
                CMSObjectIdentifiers.signedData,
                sorted ? new DERSequence(signed) : new org.bouncycastle.asn1.DLSequence(signed));
    }

    private static byte[] subjectKey(X509Certificate certificate) {
        var extensions = structure(certificate).getTBSCertificate().getExtensions();
        return SubjectKeyIdentifier.fromExtensions(extensions).getKeyIdentifier();
    }

    private static Certificate structure(X509Certificate certificate) {
        return Certificate.getInstance(Certificates.der(certificate));
    }

    private static byte[] der(ASN1Encodable value) {
        return bytes(value, ASN1Encoding.DER);
    }

    private static byte[] bytes(ASN1Encodable value, String encoding) {
        try {
            return value.toASN1Primitive().getEncoded(encoding);
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }
}
