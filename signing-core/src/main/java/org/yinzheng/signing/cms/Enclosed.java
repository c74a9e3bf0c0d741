package org.yinzheng.signing.cms;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.RevocationData;

/// What a CMS brings so that a signer can be judged. None of it is believed yet, and what cannot be read is as good as
/// not there: it is nobody's signature that depends on it.
///
/// @param signed revocation data in the signed attributes: as old as the signature
/// @param unsigned the same beside them: anybody may have put it there, at any time
record Enclosed(List<X509Certificate> certificates, RevocationData signed, RevocationData unsigned) {
    /// What Adobe's programs write, and those that follow them (ISO 32000-1 §12.8.3.3.2).
    private static final ASN1ObjectIdentifier ARCHIVAL = new ASN1ObjectIdentifier("1.2.840.113583.1.1.8");

    private static final Set<ASN1Encodable> OCSP =
            Set.of(CMSObjectIdentifiers.id_ri_ocsp_response, OCSPObjectIdentifiers.id_pkix_ocsp_basic);
    private static final int MOST = 200;

    Enclosed {
        certificates = List.copyOf(certificates);
    }

    static Enclosed of(SignedData data, SignerInfo signer) throws IOException {
        var signed = new Found();
        signed.attributes(signer.getAuthenticatedAttributes());
        var unsigned = new Found();
        unsigned.certificates(data.getCertificates());
        unsigned.lists(data.getCRLs());
        unsigned.attributes(signer.getUnauthenticatedAttributes());
        return new Enclosed(
                certificates(unsigned.certificates),
                RevocationData.read(signed.crls, signed.ocsps),
                RevocationData.read(unsigned.crls, unsigned.ocsps));
    }

    /// Those that can be read. One that cannot is nobody's signer: other certificates, and attribute certificates,
    /// may lie beside the signer's.
    private static List<X509Certificate> certificates(List<byte[]> given) {
        var certificates = new ArrayList<X509Certificate>();
        for (var der : given) {
            try {
                certificates.add(Certificates.parse(der));
            } catch (InvalidInput e) {
                // not one that we could use
            }
        }
        return certificates;
    }

    /// Elements in DER that are not taken apart yet.
    private static final class Found {
        private final List<byte[]> certificates = new ArrayList<>();
        private final List<byte[]> crls = new ArrayList<>();
        private final List<byte[]> ocsps = new ArrayList<>();

        void attributes(@Nullable ASN1Set attributes) throws IOException {
            for (var element : attributes == null ? new ASN1Encodable[0] : attributes.toArray()) {
                var attribute = Attribute.getInstance(element);
                var type = attribute.getAttrType();
                if (type.equals(ARCHIVAL) || type.equals(PKCSObjectIdentifiers.id_aa_ets_revocationValues)) {
                    for (var value : attribute.getAttrValues()) {
                        values(value);
                    }
                } else if (type.equals(PKCSObjectIdentifiers.id_aa_ets_certValues)) {
                    for (var value : attribute.getAttrValues()) {
                        add(value, certificates);
                    }
                }
            }
        }

        /// RevocationInfoArchival and RevocationValues (ETSI EN 319 122-1 annex A.1.2) have the same form.
        private void values(ASN1Encodable value) throws IOException {
            if (value.toASN1Primitive() instanceof ASN1Sequence parts) {
                for (var part : parts) {
                    if (part.toASN1Primitive() instanceof ASN1TaggedObject tagged && tagged.isExplicit()) {
                        switch (tagged.getTagNo()) {
                            case 0 -> add(tagged.getExplicitBaseObject(), crls);
                            case 1 -> add(tagged.getExplicitBaseObject(), ocsps);
                            default -> {} // of a kind that nobody has agreed on
                        }
                    }
                }
            }
        }

        /// RevocationInfoChoices (RFC 5652 §10.2.1, RFC 5940 §2).
        void lists(@Nullable ASN1Set choices) throws IOException {
            for (var choice : choices == null ? new ASN1Encodable[0] : choices.toArray()) {
                if (choice.toASN1Primitive() instanceof ASN1TaggedObject tagged) {
                    if (tagged.getTagNo() == 1
                            && !tagged.isExplicit()
                            && tagged.getBaseUniversal(false, BERTags.SEQUENCE) instanceof ASN1Sequence other
                            && other.size() == 2
                            && OCSP.contains(other.getObjectAt(0))) {
                        ocsps.add(other.getObjectAt(1).toASN1Primitive().getEncoded());
                    }
                } else {
                    crls.add(choice.toASN1Primitive().getEncoded());
                }
            }
        }

        void certificates(@Nullable ASN1Set given) throws IOException {
            for (var element : given == null ? new ASN1Encodable[0] : given.toArray()) {
                if (element.toASN1Primitive() instanceof ASN1Sequence certificate) {
                    certificates.add(certificate.getEncoded());
                }
            }
        }

        private static void add(ASN1Encodable sequence, List<byte[]> to) throws IOException {
            if (sequence.toASN1Primitive() instanceof ASN1Sequence elements) {
                for (int i = 0; i < Math.min(elements.size(), MOST); i++) {
                    to.add(elements.getObjectAt(i).toASN1Primitive().getEncoded());
                }
            }
        }
    }
}
