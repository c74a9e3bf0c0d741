package org.yinzheng.signing.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.transforms.params.XPath2FilterContainer;
import org.apache.xml.security.transforms.params.XPathContainer;
import org.apache.xml.security.utils.XMLUtils;
import org.w3c.dom.Document;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.stamping.Level;

/// Signatures whose mathematics is right and that a careful verifier refuses: what a signer can be made to sign, and
/// what another program signs. Each is a switch away from what [XmlStamper] makes.
final class Forge {
    enum Oddity {
        BY_ROOT_ID,
        BY_PART_ID,
        NO_DOCUMENT,
        DOCUMENT_TWICE,
        PROPERTIES_UNSIGNED,
        PROPERTIES_WITHOUT_TYPE,
        NO_PROPERTIES,
        ENVELOPED,
        FILTER_MORE,
        FILTER_INTERSECT,
        XPATH,
        NO_TRANSFORM,
        COMMENTS_IN_REFERENCE,
        COMMENTS_IN_SIGNED_INFO,
        INCLUSIVE,
        SHA1_DIGEST,
        SM2_AS_SEEN
    }

    private Forge() {}

    static DocumentBytes sign(DocumentBytes xml, Signer signer, Oddity... odd) throws XMLSecurityException {
        Santuario.ready();
        var oddities = Set.of(odd);
        var document = XmlInput.read(xml.toByteArray()).document();
        var root = document.getDocumentElement();
        Ids.mark(root);
        var suite = signer.key().suite();
        var digest = oddities.contains(Oddity.SHA1_DIGEST)
                ? Names.DS + "sha1"
                : oddities.contains(Oddity.SM2_AS_SEEN) ? XmlAlgorithms.SM3_SEEN : XmlAlgorithms.digestUri(suite);
        var algorithm =
                oddities.contains(Oddity.SM2_AS_SEEN) ? XmlAlgorithms.SM2_SM3_SEEN : XmlAlgorithms.signatureUri(suite);
        var c14n = oddities.contains(Oddity.COMMENTS_IN_SIGNED_INFO)
                ? Names.EXCLUSIVE + "WithComments"
                : oddities.contains(Oddity.INCLUSIVE) ? Names.INCLUSIVE : Names.EXCLUSIVE;
        var signature = new XMLSignature(document, "", algorithm, c14n);
        root.appendChild(signature.getElement());
        signature.setId("sig");
        var uri = oddities.contains(Oddity.BY_ROOT_ID) ? "#root" : oddities.contains(Oddity.BY_PART_ID) ? "#part" : "";
        if (!oddities.contains(Oddity.NO_DOCUMENT)) {
            signature.addDocument(uri, transforms(document, oddities), digest);
        }
        if (oddities.contains(Oddity.DOCUMENT_TWICE)) {
            signature.addDocument(uri, transforms(document, oddities), digest);
        }
        var keyInfo = Dom.append(signature.getElement(), Names.DS, "ds:KeyInfo");
        var data = Dom.append(keyInfo, Names.DS, "ds:X509Data");
        for (var certificate : signer.chain()) {
            Dom.append(data, Names.DS, "ds:X509Certificate").setTextContent(Dom.base64(Certificates.der(certificate)));
        }
        if (!oddities.contains(Oddity.NO_PROPERTIES)) {
            var stamp = new XmlStamp(signer, XmlParties.AT, Level.B, Level.Shortfall.REQUIRE, Set.of());
            signature
                    .getElement()
                    .appendChild(Properties.object(document, "sig", stamp, XmlAlgorithms.digestUri(suite)));
            if (!oddities.contains(Oddity.PROPERTIES_UNSIGNED)) {
                var exclusive = new Transforms(document);
                exclusive.addTransform(Names.EXCLUSIVE);
                var type = oddities.contains(Oddity.PROPERTIES_WITHOUT_TYPE) ? null : Names.SIGNED_PROPERTIES;
                signature.addDocument("#sig-properties", exclusive, digest, null, type);
            }
        }
        signature.getSignedInfo().generateDigestValues();
        var octets = new ByteArrayOutputStream();
        signature.getSignedInfo().signInOctetStream(octets);
        Dom.children(signature.getElement(), Names.DS, "SignatureValue")
                .getFirst()
                .setTextContent(
                        Dom.base64(XmlAlgorithms.toXml(suite, signer.key().sign(octets.toByteArray()))));
        var output = new ByteArrayOutputStream();
        XMLUtils.outputDOM(document, output, false);
        return DocumentBytes.owning(output.toByteArray());
    }

    private static Transforms transforms(Document document, Set<Oddity> odd) throws XMLSecurityException {
        var transforms = new Transforms(document);
        if (odd.contains(Oddity.ENVELOPED)) {
            transforms.addTransform(Names.ENVELOPED);
        } else if (odd.contains(Oddity.XPATH)) {
            var xpath = new XPathContainer(document);
            xpath.setXPathNamespaceContext("ds", Names.DS);
            xpath.setXPath("not(ancestor-or-self::ds:Signature)");
            transforms.addTransform(Transforms.TRANSFORM_XPATH, xpath.getElement());
        } else if (odd.contains(Oddity.FILTER_MORE)) {
            filter(transforms, XPath2FilterContainer.newInstanceSubtract(document, "/*/ds:Signature | /*/*[2]"));
        } else if (odd.contains(Oddity.FILTER_INTERSECT)) {
            filter(transforms, XPath2FilterContainer.newInstanceIntersect(document, "/*/*[1]"));
        } else if (!odd.contains(Oddity.NO_TRANSFORM) && !odd.contains(Oddity.BY_PART_ID)) {
            filter(transforms, XPath2FilterContainer.newInstanceSubtract(document, Names.ALL_SIGNATURES));
        }
        transforms.addTransform(
                odd.contains(Oddity.COMMENTS_IN_REFERENCE)
                        ? Names.EXCLUSIVE + "WithComments"
                        : odd.contains(Oddity.INCLUSIVE) ? Names.INCLUSIVE : Names.EXCLUSIVE);
        return transforms;
    }

    private static void filter(Transforms transforms, XPath2FilterContainer filter) throws XMLSecurityException {
        transforms.addTransform(Names.FILTER, filter.getElement());
    }

    static String text(DocumentBytes document) {
        return new String(document.toByteArray(), UTF_8);
    }
}
