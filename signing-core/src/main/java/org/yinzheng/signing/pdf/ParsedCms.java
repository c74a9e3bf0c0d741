package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;

/// A detached CMS SignedData with one signer, taken apart and not believed yet. Reading it has touched every
/// part, so that nothing malformed is left for later.
final class ParsedCms {
    /// The bytes are not such a CMS; the message says where.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String where;

        Malformed(String where) {
            super(where, null, false, false);
            this.where = where;
        }

        String where() {
            return where;
        }
    }

    final String digestOid;
    final AlgorithmIdentifier signatureAlgorithm;
    final byte[] value;
    /// The signed attributes as they stand in the file, with the tag of a SET; empty when there are none.
    final Optional<byte[]> attributesAsReceived;
    /// The same in DER, which is what RFC 5652 §5.4 has the signer hash.
    final Optional<byte[]> attributesInDer;
    final Optional<String> contentType;
    final Optional<byte[]> messageDigest;
    final Optional<ESSDigest> signingCertificate;
    final Optional<Instant> signingTime;
    final List<X509Certificate> certificates;
    final Optional<X509Certificate> signer;

    /// What a signing-certificate attribute (RFC 5035) says of the signer's certificate.
    record ESSDigest(String digestOid, DocumentBytes digest) {}

    /// @param contents the value of /Contents: one element, then nothing but zeros
    static ParsedCms parse(byte[] contents) throws Malformed {
        try {
            var outline = Ber.parse(contents);
            for (int i = outline.end(); i < contents.length; i++) {
                if (contents[i] != 0) {
                    throw new Malformed("something follows the CMS");
                }
            }
            return new ParsedCms(Arrays.copyOf(contents, outline.end()), outline);
        } catch (Ber.Malformed e) {
            throw new Malformed(e.where());
        } catch (IOException
                | IllegalArgumentException
                | ClassCastException
                | IllegalStateException
                | ArithmeticException e) {
            // Bouncy Castle throws all of these for ASN.1 of another form. Here they mean "malformed".
            throw new Malformed("not a CMS SignedData");
        }
    }

    private ParsedCms(byte[] cms, Ber outline) throws IOException, Malformed, Ber.Malformed {
        ContentInfo info;
        try (var input = new ASN1InputStream(cms)) {
            info = ContentInfo.getInstance(input.readObject());
        }
        require(CMSObjectIdentifiers.signedData.equals(info.getContentType()), "not a CMS SignedData");
        var data = SignedData.getInstance(info.getContent());
        require(data.getEncapContentInfo().getContent() == null, "a detached signature that carries content");
        require(
                CMSObjectIdentifiers.data.equals(data.getEncapContentInfo().getContentType()),
                "a content type other than data");
        require(data.getSignerInfos().size() == 1, data.getSignerInfos().size() + " signers where one is required");
        var one = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        require(
                one.getVersion().intValueExact() == (one.getSID().isTagged() ? 3 : 1)
                        && isVersion(data.getVersion().intValueExact()),
                "a version that does not fit its content"); // RFC 5652 §5.1, §5.3
        requireNoParameters(one.getDigestAlgorithm());
        digestOid = one.getDigestAlgorithm().getAlgorithm().getId();
        signatureAlgorithm = one.getDigestEncryptionAlgorithm();
        value = one.getEncryptedDigest().getOctets();
        require(announces(data, one), "the signer's digest is not among those announced");

        var attributes = Optional.ofNullable(one.getAuthenticatedAttributes());
        attributesAsReceived = attributes.isPresent() ? Optional.of(received(cms, outline)) : Optional.empty();
        attributesInDer = attributes.isPresent() ? Optional.of(attributes.get().getEncoded("DER")) : Optional.empty();
        contentType = single(attributes, CMSAttributes.contentType)
                .map(value -> ASN1ObjectIdentifier.getInstance(value).getId());
        messageDigest = single(attributes, CMSAttributes.messageDigest)
                .map(value -> ASN1OctetString.getInstance(value).getOctets());
        signingTime = single(attributes, CMSAttributes.signingTime)
                .map(value -> Time.getInstance(value).getDate().toInstant());
        signingCertificate = signingCertificate(attributes);
        certificates = certificates(data);
        signer = certificates.stream()
                .filter(certificate -> isSigner(one, certificate))
                .findFirst();
    }

    private static boolean isVersion(int version) {
        return version == 1 || (version >= 3 && version <= 5);
    }

    /// A digest has none, or NULL.
    private static void requireNoParameters(AlgorithmIdentifier digest) throws Malformed {
        require(
                digest.getParameters() == null || digest.getParameters().equals(DERNull.INSTANCE),
                "a digest algorithm with parameters");
    }

    private static boolean announces(SignedData data, SignerInfo one) {
        for (var algorithm : data.getDigestAlgorithms()) {
            if (AlgorithmIdentifier.getInstance(algorithm)
                    .getAlgorithm()
                    .equals(one.getDigestAlgorithm().getAlgorithm())) {
                return true;
            }
        }
        return false;
    }

    /// ContentInfo → [0] → SignedData → the last SET → the SignerInfo → [0].
    private static byte[] received(byte[] cms, Ber outline) throws Ber.Malformed {
        var data = outline.child(1).child(0);
        var attributes = data.child(data.children().size() - 1).child(0).child(3);
        var bytes = Arrays.copyOfRange(cms, attributes.start(), attributes.end());
        bytes[0] = 0x31; // RFC 5652 §5.4: hashed under the tag of SET OF, not under [0]
        return bytes;
    }

    private static Optional<ASN1Encodable> single(Optional<ASN1Set> attributes, ASN1ObjectIdentifier type)
            throws Malformed {
        Optional<ASN1Encodable> found = Optional.empty();
        for (var element : attributes.map(ASN1Set::toArray).orElse(new ASN1Encodable[0])) {
            var attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().equals(type)) {
                require(found.isEmpty() && attribute.getAttrValues().size() == 1, "a signed attribute given twice");
                found = Optional.of(attribute.getAttrValues().getObjectAt(0));
            }
        }
        return found;
    }

    private static Optional<ESSDigest> signingCertificate(Optional<ASN1Set> attributes) throws Malformed {
        var second = single(attributes, PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        if (second.isPresent()) {
            ESSCertIDv2[] certs = SigningCertificateV2.getInstance(second.get()).getCerts();
            require(certs.length > 0, "an empty signing-certificate attribute");
            var oid = certs[0].getHashAlgorithm().getAlgorithm().getId();
            return Optional.of(new ESSDigest(oid, DocumentBytes.of(certs[0].getCertHash())));
        }
        var first = single(attributes, PKCSObjectIdentifiers.id_aa_signingCertificate);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        ESSCertID[] certs = SigningCertificate.getInstance(first.get()).getCerts();
        require(certs.length > 0, "an empty signing-certificate attribute");
        return Optional.of(new ESSDigest("1.3.14.3.2.26", DocumentBytes.of(certs[0].getCertHash())));
    }

    private static List<X509Certificate> certificates(SignedData data) throws IOException {
        var certificates = new ArrayList<X509Certificate>();
        var given = data.getCertificates();
        for (var element : given == null ? new ASN1Encodable[0] : given.toArray()) {
            if (element.toASN1Primitive() instanceof ASN1Sequence certificate) { // others are attribute certificates
                certificates.add(Certificates.parse(certificate.getEncoded()));
            }
        }
        return List.copyOf(certificates);
    }

    private static boolean isSigner(SignerInfo one, X509Certificate certificate) {
        var structure = org.bouncycastle.asn1.x509.Certificate.getInstance(Certificates.der(certificate));
        if (one.getSID().isTagged()) {
            var extensions = structure.getTBSCertificate().getExtensions();
            var identifier = extensions == null ? null : extensions.getExtension(Extension.subjectKeyIdentifier);
            return identifier != null
                    && ASN1OctetString.getInstance(one.getSID().getId()).equals(identifier.getParsedValue());
        }
        return IssuerAndSerialNumber.getInstance(one.getSID().getId()).equals(new IssuerAndSerialNumber(structure));
    }

    private static void require(boolean condition, String otherwise) throws Malformed {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }
}
