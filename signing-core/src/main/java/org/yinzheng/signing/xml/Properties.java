package org.yinzheng.signing.xml;

import java.time.temporal.ChronoUnit;
import javax.xml.XMLConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;

/// The qualifying properties of XAdES that a baseline signature has (ETSI EN 319 132-1 §6.3): when, by which
/// certificate, over what kind of data; and the timestamp, which is not signed.
final class Properties {
    private Properties() {}

    static String idOf(String signatureId) {
        return signatureId + "-properties";
    }

    static Element object(Document document, String id, XmlStamp stamp, String digestUri) {
        var object = Dom.create(document, Names.DS, "ds:Object");
        var qualifying = Dom.append(object, Names.XADES, "xades:QualifyingProperties");
        qualifying.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:xades", Names.XADES);
        qualifying.setAttribute("Target", "#" + id);
        var signed = Dom.append(qualifying, Names.XADES, "xades:SignedProperties");
        signed.setAttribute("Id", idOf(id));
        signed.setIdAttribute("Id", true);
        var ofSignature = Dom.append(signed, Names.XADES, "xades:SignedSignatureProperties");
        Dom.append(ofSignature, Names.XADES, "xades:SigningTime")
                .setTextContent(stamp.at().truncatedTo(ChronoUnit.SECONDS).toString());
        var certificate = Dom.append(
                Dom.append(
                        Dom.append(ofSignature, Names.XADES, "xades:SigningCertificateV2"), Names.XADES, "xades:Cert"),
                Names.XADES,
                "xades:CertDigest");
        Dom.append(certificate, Names.DS, "ds:DigestMethod").setAttribute("Algorithm", digestUri);
        var digest = Cryptography.digest(stamp.signer().key().suite().digestName())
                .digest(Certificates.der(stamp.signer().certificate()));
        Dom.append(certificate, Names.DS, "ds:DigestValue").setTextContent(Dom.base64(digest));
        var format = Dom.append(
                Dom.append(signed, Names.XADES, "xades:SignedDataObjectProperties"),
                Names.XADES,
                "xades:DataObjectFormat");
        format.setAttribute("ObjectReference", "#" + id + "-document");
        Dom.append(format, Names.XADES, "xades:MimeType").setTextContent("application/xml");
        return object;
    }

    static void addTimestamp(Element signature, String id, byte[] token) {
        var qualifying =
                Dom.descendants(signature, Names.XADES, "QualifyingProperties").getFirst();
        var unsigned = Dom.append(
                Dom.append(qualifying, Names.XADES, "xades:UnsignedProperties"),
                Names.XADES,
                "xades:UnsignedSignatureProperties");
        var timestamp = Dom.append(unsigned, Names.XADES, "xades:SignatureTimeStamp");
        timestamp.setAttribute("Id", id + "-timestamp");
        Dom.append(timestamp, Names.DS, "ds:CanonicalizationMethod").setAttribute("Algorithm", Names.EXCLUSIVE);
        Dom.append(timestamp, Names.XADES, "xades:EncapsulatedTimeStamp").setTextContent(Dom.base64(token));
    }
}
