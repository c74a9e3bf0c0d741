package org.yinzheng.signing.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.transforms.params.XPath2FilterContainer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampSource;

/// Signs XML: one enveloped signature (XMLDSig, XAdES baseline B-B or B-T after ETSI EN 319 132-1) as the last child of
/// the root. It covers the whole document but the signatures that are children of the root, so that several of them
/// stand side by side and each stays valid whichever come later. Safe for many threads.
public final class XmlStamper {
    private final Optional<TimestampSource> timestamps;

    /// @param timestamps for level T
    public XmlStamper(Optional<TimestampSource> timestamps) {
        this.timestamps = timestamps;
    }

    /// @throws InvalidInput for XML that is not well-formed, has a document type, is too large or too deep; for a root
    /// that is a signature itself, an earlier signature that another one would break, and warnings not accepted
    /// @throws Failure.NotDone when the token is away, or the timestamp that is required cannot be had
    public XmlStamped stamp(DocumentBytes xml, XmlStamp stamp) {
        Santuario.ready();
        var bytes = xml.toByteArray();
        var input = XmlInput.read(bytes);
        for (var warning : input.warnings()) {
            if (!stamp.accepted().contains(warning.kind())) {
                throw new InvalidInput(
                        "hidden-content",
                        "accept",
                        "the document points outside itself (" + warning.detail() + "): accept it to sign it");
            }
        }
        var root = input.document().getDocumentElement();
        refuseWhatWouldBreak(root);
        var id = "sig-"
                + Digest.sha256((stamp.at() + " " + xml.sha256() + " "
                                        + Certificates.pem(stamp.signer().certificate()))
                                .getBytes(UTF_8))
                        .hex()
                        .substring(0, 24);
        try {
            var signature = sign(input.document(), id, stamp);
            var reached = timestamp(signature, id, stamp);
            var element = Dom.canonical(signature, Names.EXCLUSIVE);
            var signed = Insertion.beforeRootEnd(bytes, element, root.getNodeName());
            checkInsertion(signed, id);
            return new XmlStamped(DocumentBytes.owning(signed), reached, input.warnings());
        } catch (XMLSecurityException e) {
            throw new IllegalStateException("Santuario could not sign a document that was checked", e);
        }
    }

    private static void refuseWhatWouldBreak(Element root) {
        if (Names.DS.equals(root.getNamespaceURI())) {
            throw new InvalidInput("xml-root", "", "a document whose root is a signature is not signed again");
        }
        for (var signature : Dom.children(root, Names.DS, "Signature")) {
            for (var transform : Dom.descendants(signature, Names.DS, "Transform")) {
                if (transform.getAttribute("Algorithm").equals(Names.ENVELOPED)) {
                    throw new InvalidInput(
                            "earlier-signature",
                            "",
                            "an earlier signature covers everything but itself: another one would break it");
                }
            }
        }
    }

    private static Element sign(Document document, String id, XmlStamp stamp) throws XMLSecurityException {
        var signer = stamp.signer();
        var suite = signer.key().suite();
        var digest = XmlAlgorithms.digestUri(suite);
        var signature = new XMLSignature(document, "", XmlAlgorithms.signatureUri(suite), Names.EXCLUSIVE);
        document.getDocumentElement().appendChild(signature.getElement());
        signature.setId(id);
        signature.addDocument("", wholeDocument(document), digest, id + "-document", null);
        signature.getElement().appendChild(keyInfo(document, signer));
        signature.getElement().appendChild(Properties.object(document, id, stamp, digest));
        var exclusive = new Transforms(document);
        exclusive.addTransform(Names.EXCLUSIVE);
        signature.addDocument("#" + Properties.idOf(id), exclusive, digest, id + "-reference", Names.SIGNED_PROPERTIES);
        signature.getSignedInfo().generateDigestValues();
        var octets = new ByteArrayOutputStream();
        signature.getSignedInfo().signInOctetStream(octets);
        var value = XmlAlgorithms.toXml(suite, signer.key().sign(octets.toByteArray()));
        value(signature.getElement()).setTextContent(Dom.base64(value));
        return signature.getElement();
    }

    private static Transforms wholeDocument(Document document) throws XMLSecurityException {
        var transforms = new Transforms(document);
        var filter = XPath2FilterContainer.newInstanceSubtract(document, Names.ALL_SIGNATURES);
        transforms.addTransform(Names.FILTER, filter.getElement());
        transforms.addTransform(Names.EXCLUSIVE);
        return transforms;
    }

    private static Element keyInfo(Document document, Signer signer) {
        var keyInfo = Dom.create(document, Names.DS, "ds:KeyInfo");
        var data = Dom.append(keyInfo, Names.DS, "ds:X509Data");
        for (var certificate : signer.chain()) {
            Dom.append(data, Names.DS, "ds:X509Certificate").setTextContent(Dom.base64(Certificates.der(certificate)));
        }
        return keyInfo;
    }

    /// Over the SignatureValue element (ETSI EN 319 132-1 §5.3).
    private Level timestamp(Element signature, String id, XmlStamp stamp) throws XMLSecurityException {
        if (stamp.level() == Level.B) {
            return Level.B;
        }
        try {
            var source = timestamps.orElseThrow(() ->
                    new Failure.NotDone("no timestamp authority is configured: set one, or ask for level B", null));
            var stamped = DocumentBytes.owning(Dom.canonical(value(signature), Names.EXCLUSIVE));
            var token = source.token(stamped, stamp.signer().key().suite());
            Properties.addTimestamp(signature, id, token.toByteArray());
            return Level.T;
        } catch (Failure.NotDone away) {
            if (stamp.shortfall() == Level.Shortfall.REQUIRE) {
                throw away;
            }
            return Level.B;
        }
    }

    private static Element value(Element signature) {
        return Dom.children(signature, Names.DS, "SignatureValue").getFirst();
    }

    /// The bytes are put together by hand: what was made is read again, and every digest computed again.
    private static void checkInsertion(byte[] signed, String id) throws XMLSecurityException {
        var root = XmlInput.read(signed).document().getDocumentElement();
        var last = Dom.children(root, Names.DS, "Signature").getLast();
        Ids.mark(root);
        var signedInfo = new XMLSignature(last, "", true).getSignedInfo();
        for (int i = 0; i < signedInfo.getLength(); i++) {
            if (!last.getAttribute("Id").equals(id)
                    || References.signedBytes(signedInfo.item(i)).isEmpty()) {
                throw new InvalidInput("xml-form", "", "what follows the root cannot be told from it");
            }
        }
    }
}
