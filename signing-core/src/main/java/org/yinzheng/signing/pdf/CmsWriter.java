package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// A detached CMS SignedData (RFC 5652) with one signer, from ASN.1 parts: the keys sign whole messages and
/// know neither Bouncy Castle nor iText.
final class CmsWriter {
    /// Both numbers of an ECDSA or SM2 value may need a leading zero: 2 + 2 × (2 + 33) bytes.
    private static final int LONGEST_CURVE_VALUE = 72;

    private final Signer signer;
    private final Instant at;

    CmsWriter(Signer signer, Instant at) {
        this.signer = signer;
        this.at = at;
    }

    /// Enough for every CMS that [#sign] makes without a timestamp, and at most a few bytes more.
    int longest() {
        var length = signer.certificate().getPublicKey() instanceof java.security.interfaces.RSAKey rsa
                ? (rsa.getModulus().bitLength() + 7) / 8
                : LONGEST_CURVE_VALUE;
        var digest = new byte[Cryptography.digest(suite().digestName()).getDigestLength()];
        return assemble(attributes(digest), new byte[length], Optional.empty()).length;
    }

    /// @param digest of the signed bytes, with the suite's digest
    /// @param timestamp asked for a token over the signature's value
    /// @return DER
    byte[] sign(byte[] digest, Function<byte[], Optional<DocumentBytes>> timestamp) {
        var attributes = attributes(digest);
        var value = signer.key().sign(der(attributes));
        return assemble(attributes, value, timestamp.apply(value));
    }

    private DERSet attributes(byte[] digest) {
        var attributes = new ASN1EncodableVector();
        attributes.add(attribute(CMSAttributes.contentType, CMSObjectIdentifiers.data));
        attributes.add(attribute(CMSAttributes.messageDigest, new DEROctetString(digest)));
        attributes.add(attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, signingCertificate()));
        if (suite() == Suite.SM2_SM3) {
            // PAdES forbids it (/M says it); readers of a plain CMS look for it here.
            attributes.add(attribute(CMSAttributes.signingTime, new Time(Date.from(at))));
        }
        return new DERSet(attributes);
    }

    private ASN1Encodable signingCertificate() {
        var digest = Cryptography.digest(suite().digestName()).digest(Certificates.der(signer.certificate()));
        return new SigningCertificateV2(new ESSCertIDv2(digestAlgorithm(), digest));
    }

    private byte[] assemble(DERSet attributes, byte[] value, Optional<DocumentBytes> token) {
        var certificates = new ASN1EncodableVector();
        for (X509Certificate certificate : signer.chain()) {
            certificates.add(structure(certificate));
        }
        var leaf = structure(signer.certificate());
        var info = new SignerInfo(
                new SignerIdentifier(new IssuerAndSerialNumber(leaf)),
                digestAlgorithm(),
                attributes,
                signatureAlgorithm(),
                new DEROctetString(value),
                token.map(CmsWriter::unsigned).orElse(null));
        var data = new ASN1EncodableVector();
        data.add(new ASN1Integer(1)); // RFC 5652 §5.1: no attribute certificates, issuerAndSerialNumber
        data.add(new DERSet(digestAlgorithm()));
        data.add(new DERSequence(CMSObjectIdentifiers.data));
        data.add(new DERTaggedObject(false, 0, new DERSet(certificates)));
        data.add(new DERSet(info));
        return der(new ContentInfo(CMSObjectIdentifiers.signedData, new DERSequence(data)));
    }

    private static DERSet unsigned(DocumentBytes token) {
        var timestamp = ContentInfo.getInstance(token.toByteArray());
        return new DERSet(attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, timestamp));
    }

    private AlgorithmIdentifier digestAlgorithm() {
        return new AlgorithmIdentifier(
                suite() == Suite.SM2_SM3 ? GMObjectIdentifiers.sm3 : NISTObjectIdentifiers.id_sha256);
    }

    private AlgorithmIdentifier signatureAlgorithm() {
        return suite() == Suite.RSA_SHA256
                ? new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, org.bouncycastle.asn1.DERNull.INSTANCE)
                : new AlgorithmIdentifier(new ASN1ObjectIdentifier(suite().oid()));
    }

    private Suite suite() {
        return signer.key().suite();
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }

    private static Certificate structure(X509Certificate certificate) {
        return Certificate.getInstance(Certificates.der(certificate));
    }

    static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }
}
