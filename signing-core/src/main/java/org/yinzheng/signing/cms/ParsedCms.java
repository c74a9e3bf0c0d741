package org.yinzheng.signing.cms;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
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

/// A CMS SignedData with one signer, taken apart and not believed yet. Reading it has touched every part, so that
/// nothing malformed is left for later.
public final class ParsedCms {
    /// The bytes are not such a CMS; the message says where.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String where;

        Malformed(String where) {
            super(where, null, false, false);
            this.where = where;
        }

        public String where() {
            return where;
        }
    }

    /// What the signature is about.
    public enum Content {
        /// Bytes that stand elsewhere (RFC 5652 §5.2).
        DETACHED,
        /// The same, or bytes inside: GB/T 35275 as OFD has it, with the digest of what is signed as its content.
        DETACHED_OR_ENCLOSED,
        /// A TSTInfo inside (RFC 3161 §2.4.2).
        TIMESTAMP
    }

    // GB/T 35275 writes its own identifiers for the same structures
    private static final Set<String> SIGNED_DATA =
            Set.of(CMSObjectIdentifiers.signedData.getId(), "1.2.156.10197.6.1.4.2.2");
    private static final Set<String> DATA = Set.of(CMSObjectIdentifiers.data.getId(), "1.2.156.10197.6.1.4.2.1");
    private static final int MOST_TIMESTAMPS = 10;
    private static final Set<String> TIMESTAMP = Set.of(PKCSObjectIdentifiers.id_ct_TSTInfo.getId());

    /// The content's type as the CMS names it outside the attributes.
    final String announcedType;
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
    private final List<X509Certificate> certificates;
    private final DocumentBytes content;
    private final List<DocumentBytes> timestamps;
    private final boolean bySubjectKey;
    /// In DER: a subject key identifier, or issuer and serial number.
    private final byte[] signerIdentifier;

    /// What a signing-certificate attribute (RFC 5035) says of the signer's certificate.
    record ESSDigest(String digestOid, DocumentBytes digest) {}

    /// @param contents one element, then nothing but zeros (with which a PDF fills its /Contents)
    public static ParsedCms parse(byte[] contents, Content content) throws Malformed {
        try {
            var outline = Ber.parse(contents);
            for (int i = outline.end(); i < contents.length; i++) {
                if (contents[i] != 0) {
                    throw new Malformed("something follows the CMS");
                }
            }
            return new ParsedCms(Arrays.copyOf(contents, outline.end()), outline, content);
        } catch (Ber.Malformed e) {
            throw new Malformed(e.where());
        } catch (IOException
                | IllegalArgumentException
                | ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | NoSuchElementException
                | ArithmeticException e) {
            // Bouncy Castle throws all of these for ASN.1 of another form. Here they mean "malformed".
            throw new Malformed("not a CMS SignedData");
        }
    }

    private ParsedCms(byte[] cms, Ber outline, Content kind) throws IOException, Malformed, Ber.Malformed {
        ContentInfo info;
        try (var input = new ASN1InputStream(cms)) {
            info = ContentInfo.getInstance(input.readObject());
        }
        require(SIGNED_DATA.contains(info.getContentType().getId()), "not a CMS SignedData");
        var data = SignedData.getInstance(info.getContent());
        content = content(data, kind);
        announcedType = data.getEncapContentInfo().getContentType().getId();
        require((kind == Content.TIMESTAMP ? TIMESTAMP : DATA).contains(announcedType), "content of another type");
        require(data.getSignerInfos().size() == 1, data.getSignerInfos().size() + " signers where one is required");
        var one = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        bySubjectKey = one.getSID().isTagged();
        signerIdentifier = identifier(one);
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
        timestamps = timestamps(one);
    }

    /// The certificates that came with it, covered by no signature.
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /// The content inside; nothing when it is detached.
    public DocumentBytes content() {
        return content;
    }

    /// Whether the attribute repeats the type that stands outside. Writers of GB/T 35275 put its own name of "data" in
    /// one place and that of RFC 5652 in the other.
    boolean repeatsType() {
        return contentType.isPresent()
                && (contentType.get().equals(announcedType)
                        || (DATA.contains(contentType.get()) && DATA.contains(announcedType)));
    }

    /// The signature value: what a signature timestamp is over.
    public DocumentBytes value() {
        return DocumentBytes.of(value);
    }

    /// The signature timestamps (RFC 5126 §6.1.1), each a CMS of its own.
    public List<DocumentBytes> timestamps() {
        return timestamps;
    }

    /// The certificate that the signer's identifier names, enclosed or among others that are known.
    public Optional<X509Certificate> signer(Collection<X509Certificate> others) {
        return Stream.concat(certificates.stream(), others.stream())
                .filter(this::isSigner)
                .findFirst();
    }

    private static DocumentBytes content(SignedData data, Content kind) throws Malformed {
        var given = data.getEncapContentInfo().getContent();
        require(
                kind == Content.DETACHED_OR_ENCLOSED || (given == null) == (kind == Content.DETACHED),
                "a detached signature that carries content, or the reverse");
        return given == null
                ? DocumentBytes.of(new byte[0])
                : DocumentBytes.of(ASN1OctetString.getInstance(given).getOctets());
    }

    private static List<DocumentBytes> timestamps(SignerInfo one) throws IOException, Malformed {
        var tokens = new ArrayList<DocumentBytes>();
        var attributes = one.getUnauthenticatedAttributes();
        for (var element : attributes == null ? new ASN1Encodable[0] : attributes.toArray()) {
            var attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().equals(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken)) {
                for (var token : attribute.getAttrValues()) {
                    tokens.add(DocumentBytes.owning(token.toASN1Primitive().getEncoded()));
                }
            }
        }
        require(tokens.size() <= MOST_TIMESTAMPS, "more timestamps than anybody needs");
        return List.copyOf(tokens);
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
    private static byte[] received(byte[] cms, Ber outline) throws Ber.Malformed, Malformed {
        var data = outline.child(1).child(0);
        var attributes = data.child(data.children().size() - 1).child(0).child(3);
        var bytes = Arrays.copyOfRange(cms, attributes.start(), attributes.end());
        require(bytes[0] == (byte) 0xa0, "signed attributes under another tag"); // Bouncy Castle takes any
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

    private static byte[] identifier(SignerInfo one) throws IOException {
        return one.getSID().isTagged()
                ? ASN1OctetString.getInstance(one.getSID().getId()).getEncoded(ASN1Encoding.DER)
                : IssuerAndSerialNumber.getInstance(one.getSID().getId()).getEncoded(ASN1Encoding.DER);
    }

    private boolean isSigner(X509Certificate certificate) {
        var structure = org.bouncycastle.asn1.x509.Certificate.getInstance(Certificates.der(certificate));
        if (bySubjectKey) {
            var extensions = structure.getTBSCertificate().getExtensions();
            var key = extensions == null ? null : extensions.getExtension(Extension.subjectKeyIdentifier);
            return key != null && Arrays.equals(key.getExtnValue().getOctets(), signerIdentifier);
        }
        try {
            return Arrays.equals(new IssuerAndSerialNumber(structure).getEncoded(ASN1Encoding.DER), signerIdentifier);
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    private static void require(boolean condition, String otherwise) throws Malformed {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }
}
