package org.yinzheng.signing.cms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.yinzheng.signing.cms.ParsedCms.Malformed;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Gap;

/// A signature over the value of another (RFC 5652 §11.4). Anybody may add one: whether it belongs here is told, who
/// made it is not judged.
///
/// @param messageDigest what it says the signature value's digest is
record CounterSignature(String digestOid, Optional<byte[]> messageDigest) {
    private static final int MOST = 10;

    static List<CounterSignature> of(SignerInfo signer) throws Malformed {
        var found = new ArrayList<CounterSignature>();
        var attributes = signer.getUnauthenticatedAttributes();
        for (var element : attributes == null ? new ASN1Encodable[0] : attributes.toArray()) {
            var attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().equals(CMSAttributes.counterSignature)) {
                for (var one : attribute.getAttrValues()) {
                    found.add(of(one));
                }
            }
        }
        if (found.size() > MOST) {
            throw new Malformed("more than " + MOST + " counter-signatures", Gap.TOO_COMPLEX);
        }
        return List.copyOf(found);
    }

    private static CounterSignature of(ASN1Encodable one) {
        var info = SignerInfo.getInstance(one);
        var digest = info.getDigestAlgorithm().getAlgorithm().getId();
        var attributes = info.getAuthenticatedAttributes();
        for (var element : attributes == null ? new ASN1Encodable[0] : attributes.toArray()) {
            var attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().equals(CMSAttributes.messageDigest)) {
                var value = attribute.getAttrValues().getObjectAt(0);
                return new CounterSignature(
                        digest, Optional.of(ASN1OctetString.getInstance(value).getOctets()));
            }
        }
        return new CounterSignature(digest, Optional.empty());
    }

    /// Whether it says that it is over another value. One without the attribute, or with an unknown digest, says
    /// nothing that could be checked without its signer's key.
    boolean isOverAnother(byte[] value) {
        var name = CmsAlgorithms.digestName(digestOid);
        return name.isPresent()
                && messageDigest
                        .filter(digest -> !Arrays.equals(
                                digest, Cryptography.digest(name.get()).digest(value)))
                        .isPresent();
    }
}
