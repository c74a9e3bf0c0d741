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
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.jcajce.interfaces.BCX509Certificate;
import org.bouncycastle.util.Properties;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// A CMS SignedData as one of its signers made it, taken apart and not believed yet. Reading it has touched every part,
/// so that
/// nothing malformed is left for later.
public final class ParsedCms {
    /// The bytes are not such a CMS, or more than is looked at.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String where;
        private final transient Reason reason;

        Malformed(String where) {
            this(where, Flaw.CMS_MALFORMED);
        }

        Malformed(String where, Reason reason) {
            super(where, null, false, false);
            this.where = where;
            this.reason = reason;
        }

        public String where() {
            return where;
        }

        public Reason reason() {
            return reason;
        }
    }

    /// What the signature is about.
    public enum Content {
        /// Bytes that stand elsewhere (RFC 5652 §5.2).
        DETACHED,
        /// The same, or bytes inside: GB/T 35275 as OFD has it, with the digest of what is signed as its content.
        DETACHED_OR_ENCLOSED,
        /// Bytes of whatever type, inside or elsewhere: a file of its own.
        ANY,
        /// A TSTInfo inside (RFC 3161 §2.4.2).
        TIMESTAMP
    }

    // GB/T 35275 writes its own identifiers for the same structures
    private static final Set<String> SIGNED_DATA =
            Set.of(CMSObjectIdentifiers.signedData.getId(), "1.2.156.10197.6.1.4.2.2");
    private static final Set<String> DATA = Set.of(CMSObjectIdentifiers.data.getId(), "1.2.156.10197.6.1.4.2.1");
    private static final int MOST_TIMESTAMPS = 10;
    private static final String LONG_INTEGERS = "org.bouncycastle.asn1.allow_unsafe_integer";
    private static final Set<String> TIMESTAMP = Set.of(PKCSObjectIdentifiers.id_ct_TSTInfo.getId());

    private static final Set<Integer> SIGNED_DATA_VERSIONS = Set.of(1, 3, 4, 5);
    private static final Set<Integer> SIGNER_VERSIONS = Set.of(1, 3);
    private static final int MOST_SIGNERS = 20;

    /// The content's type as the CMS names it outside the attributes.
    final String announcedType;
    final String digestOid;
    final AlgorithmIdentifier digestAlgorithm;
    final AlgorithmIdentifier signatureAlgorithm;
    final byte[] value;
    /// Whether the signer's digest is among those announced for the whole, as RFC 5652 §5.3 wants it.
    final boolean announced;

    final Optional<SignedAttributes> attributes;
    final List<CounterSignature> counterSignatures;
    private final Enclosed enclosed;
    private final DocumentBytes content;
    private final boolean detached;
    private final List<DocumentBytes> timestamps;
    private final boolean bySubjectKey;
    /// In DER: a subject key identifier, or issuer and serial number.
    private final byte[] signerIdentifier;

    /// @param contents one element with one signer, then nothing but zeros (with which a PDF fills its /Contents)
    public static ParsedCms parse(byte[] contents, Content content) throws Malformed {
        var signers = signers(contents, content);
        require(signers.size() == 1, signers.size() + " signers where one is required");
        return signers.getFirst();
    }

    /// The same for each of its signers; at least one.
    public static List<ParsedCms> signers(byte[] contents, Content content) throws Malformed {
        try {
            var outline = Ber.parse(contents);
            for (int i = outline.end(); i < contents.length; i++) {
                require(contents[i] == 0, "something follows the CMS");
            }
            return signers(Arrays.copyOf(contents, outline.end()), outline, content);
        } catch (Ber.Malformed e) {
            throw new Malformed(e.where(), e.isTooMuch() ? Gap.TOO_COMPLEX : Flaw.CMS_MALFORMED);
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

    private static List<ParsedCms> signers(byte[] cms, Ber outline, Content kind)
            throws IOException, Malformed, Ber.Malformed {
        var info = ContentInfo.getInstance(read(cms));
        require(SIGNED_DATA.contains(info.getContentType().getId()), "not a CMS SignedData");
        var data = SignedData.getInstance(info.getContent());
        int count = data.getSignerInfos().size();
        if (count == 0) {
            throw new Malformed("no signer: certificates only", Gap.NO_SIGNATURE);
        }
        if (count > MOST_SIGNERS) {
            throw new Malformed("more than " + MOST_SIGNERS + " signers", Gap.TOO_COMPLEX);
        }
        var content = content(data, kind);
        // ContentInfo → [0] → SignedData → the last SET
        var outer = outline.child(1).child(0);
        var places = outer.child(outer.children().size() - 1);
        var signers = new ArrayList<ParsedCms>();
        for (int i = 0; i < count; i++) {
            var one = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(i));
            signers.add(new ParsedCms(cms, places.child(i), data, one, kind, content));
        }
        return List.copyOf(signers);
    }

    private ParsedCms(byte[] cms, Ber place, SignedData data, SignerInfo one, Content kind, DocumentBytes content)
            throws IOException, Malformed, Ber.Malformed {
        this.content = content;
        detached = data.getEncapContentInfo().getContent() == null;
        enclosed = Enclosed.of(data, one);
        announcedType = data.getEncapContentInfo().getContentType().getId();
        require(
                kind == Content.ANY || (kind == Content.TIMESTAMP ? TIMESTAMP : DATA).contains(announcedType),
                "content of another type");
        // which of them goes with which content is more than real writers know (RFC 5652 §5.1, §5.3)
        require(
                SIGNED_DATA_VERSIONS.contains(data.getVersion().intValueExact())
                        && SIGNER_VERSIONS.contains(one.getVersion().intValueExact()),
                "an unknown version");
        bySubjectKey = one.getSID().isTagged();
        signerIdentifier = identifier(one);
        digestAlgorithm = one.getDigestAlgorithm();
        requireNoParameters(digestAlgorithm);
        digestOid = digestAlgorithm.getAlgorithm().getId();
        signatureAlgorithm = one.getDigestEncryptionAlgorithm();
        value = one.getEncryptedDigest().getOctets();
        announced = announces(data, one);
        attributes = one.getAuthenticatedAttributes() == null
                ? Optional.empty()
                : Optional.of(SignedAttributes.of(one.getAuthenticatedAttributes(), cms, place.child(3)));
        timestamps = timestamps(one);
        counterSignatures = CounterSignature.of(one);
    }

    /// Certificates and OCSP responses of some authorities have integers with a byte too many: these are not the
    /// signer's doing, and nothing is decided by such a number.
    private static ASN1Primitive read(byte[] cms) throws IOException {
        Properties.setThreadOverride(LONG_INTEGERS, true);
        try (var input = new ASN1InputStream(cms)) {
            return input.readObject();
        } finally {
            Properties.removeThreadOverride(LONG_INTEGERS);
        }
    }

    /// The certificates that came with it, covered by no signature.
    public List<X509Certificate> certificates() {
        return enclosed.certificates();
    }

    /// With the revocation data that came with it and can still be believed.
    ///
    /// @param others certificates that are known beside the enclosed ones
    /// @param signature since when the signature is known to exist: its attributes are as old
    /// @param whole since when everything else is
    public Trust evidence(Trust trust, Collection<X509Certificate> others, Instant signature, Instant whole) {
        if (enclosed.signed().isEmpty() && enclosed.unsigned().isEmpty()) {
            return trust;
        }
        var issuers = Stream.of(trust.issuers(), others, certificates())
                .flatMap(Collection::stream)
                .toList();
        return trust.with(enclosed.signed()
                .usable(issuers, one -> signature)
                .plus(enclosed.unsigned().usable(issuers, one -> whole)));
    }

    /// As in [org.yinzheng.signing.key.Cryptography#digest]; empty for one that is not known.
    public Optional<String> digestName() {
        return CmsAlgorithms.digestName(digestOid);
    }

    /// Whether what is signed stands elsewhere.
    public boolean isDetached() {
        return detached;
    }

    /// The content inside; nothing when it is detached.
    public DocumentBytes content() {
        return content;
    }

    /// Whether the attribute repeats the type that stands outside. Writers of GB/T 35275 put its own name of "data" in
    /// one place and that of RFC 5652 in the other.
    boolean repeatsType() {
        return attributes
                .flatMap(SignedAttributes::contentType)
                .filter(type -> type.equals(announcedType) || (DATA.contains(type) && DATA.contains(announcedType)))
                .isPresent();
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
        return Stream.concat(certificates().stream(), others.stream())
                .filter(this::isSigner)
                .findFirst();
    }

    private static DocumentBytes content(SignedData data, Content kind) throws Malformed {
        var given = data.getEncapContentInfo().getContent();
        require(
                kind == Content.ANY
                        || kind == Content.DETACHED_OR_ENCLOSED
                        || (given == null) == (kind == Content.DETACHED),
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

    /// A digest has none, or NULL.
    private static void requireNoParameters(AlgorithmIdentifier digest) throws Malformed {
        require(
                digest.getParameters() == null || digest.getParameters().equals(DERNull.INSTANCE),
                "a digest algorithm with parameters");
    }

    private static boolean announces(SignedData data, SignerInfo one) {
        if (data.getDigestAlgorithms().size() == 0) {
            return true; // nothing is said, and nothing contradicted
        }
        for (var algorithm : data.getDigestAlgorithms()) {
            if (AlgorithmIdentifier.getInstance(algorithm)
                    .getAlgorithm()
                    .equals(one.getDigestAlgorithm().getAlgorithm())) {
                return true;
            }
        }
        return false;
    }

    private static byte[] identifier(SignerInfo one) throws IOException {
        return one.getSID().isTagged()
                ? ASN1OctetString.getInstance(one.getSID().getId()).getEncoded(ASN1Encoding.DER)
                : IssuerAndSerialNumber.getInstance(one.getSID().getId()).getEncoded(ASN1Encoding.DER);
    }

    private boolean isSigner(X509Certificate certificate) {
        var structure = certificate instanceof BCX509Certificate read
                ? read.getTBSCertificateNative()
                : Certificate.getInstance(Certificates.der(certificate)).getTBSCertificate();
        if (bySubjectKey) {
            var extensions = structure.getExtensions();
            var key = extensions == null ? null : extensions.getExtension(Extension.subjectKeyIdentifier);
            return key != null && Arrays.equals(key.getExtnValue().getOctets(), signerIdentifier);
        }
        try {
            // IssuerAndSerialNumber, with the number as it stands in the certificate
            var named = new DERSequence(structure.getIssuer(), structure.getSerialNumber());
            return Arrays.equals(named.getEncoded(ASN1Encoding.DER), signerIdentifier);
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    static void require(boolean condition, String otherwise) throws Malformed {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }
}
