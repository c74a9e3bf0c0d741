package org.yinzheng.signing.cms;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.cms.ParsedCms.Malformed;

/// What the signer signed beside the content's digest.
///
/// @param asReceived as they stand in the file, with the tag of a SET
/// @param inDer the same in DER, which is what RFC 5652 §5.4 has the signer hash
/// @param signingCertificates what the attributes of RFC 5035, either version, say of the signer's certificate
@SuppressWarnings("ArrayRecordComponent") // read here and nowhere compared
record SignedAttributes(
        DocumentBytes asReceived,
        DocumentBytes inDer,
        Optional<String> contentType,
        Optional<byte[]> messageDigest,
        List<CertificateDigest> signingCertificates,
        Optional<Instant> signingTime,
        Optional<CMSAlgorithmProtection> algorithmProtection) {
    private static final String SHA_1 = "1.3.14.3.2.26";

    record CertificateDigest(String digestOid, DocumentBytes digest) {}

    /// @param place of the attributes within the CMS
    static SignedAttributes of(ASN1Set attributes, byte[] cms, Ber place) throws IOException, Malformed {
        var received = Arrays.copyOfRange(cms, place.start(), place.end());
        ParsedCms.require(received[0] == (byte) 0xa0, "signed attributes under another tag"); // Bouncy Castle takes any
        received[0] = 0x31; // RFC 5652 §5.4: hashed under the tag of SET OF, not under [0]
        return new SignedAttributes(
                DocumentBytes.owning(received),
                DocumentBytes.owning(attributes.getEncoded("DER")),
                single(attributes, CMSAttributes.contentType)
                        .map(value -> ASN1ObjectIdentifier.getInstance(value).getId()),
                single(attributes, CMSAttributes.messageDigest)
                        .map(value -> ASN1OctetString.getInstance(value).getOctets()),
                signingCertificates(attributes),
                single(attributes, CMSAttributes.signingTime).flatMap(SignedAttributes::time),
                single(attributes, CMSAttributes.cmsAlgorithmProtect).map(CMSAlgorithmProtection::getInstance));
    }

    /// The bytes that may have been signed. As received: many signers do not sort the attributes. In DER: some sort
    /// only what they hash. Both are the same attributes.
    List<byte[]> signed() {
        return asReceived.equals(inDer)
                ? List.of(asReceived.toByteArray())
                : List.of(asReceived.toByteArray(), inDer.toByteArray());
    }

    private static Optional<ASN1Encodable> single(ASN1Set attributes, ASN1ObjectIdentifier type) throws Malformed {
        Optional<ASN1Encodable> found = Optional.empty();
        for (var element : attributes.toArray()) {
            var attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().equals(type)) {
                ParsedCms.require(
                        found.isEmpty() && attribute.getAttrValues().size() == 1, "a signed attribute given twice");
                found = Optional.of(attribute.getAttrValues().getObjectAt(0));
            }
        }
        return found;
    }

    /// A claim only: one that cannot be read counts as none.
    private static Optional<Instant> time(ASN1Encodable value) {
        try {
            return Optional.of(Time.getInstance(value).getDate().toInstant());
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<CertificateDigest> signingCertificates(ASN1Set attributes) throws Malformed {
        var digests = new ArrayList<CertificateDigest>();
        var second = single(attributes, PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        if (second.isPresent()) {
            var certs = SigningCertificateV2.getInstance(second.get()).getCerts();
            ParsedCms.require(certs.length > 0, "an empty signing-certificate attribute");
            digests.add(new CertificateDigest(
                    certs[0].getHashAlgorithm().getAlgorithm().getId(), DocumentBytes.of(certs[0].getCertHash())));
        }
        var first = single(attributes, PKCSObjectIdentifiers.id_aa_signingCertificate);
        if (first.isPresent()) {
            var certs = SigningCertificate.getInstance(first.get()).getCerts();
            ParsedCms.require(certs.length > 0, "an empty signing-certificate attribute");
            digests.add(new CertificateDigest(SHA_1, DocumentBytes.of(certs[0].getCertHash())));
        }
        return List.copyOf(digests);
    }
}
