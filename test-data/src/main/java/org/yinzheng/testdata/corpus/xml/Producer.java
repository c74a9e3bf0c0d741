package org.yinzheng.testdata.corpus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.Manifest;
import org.apache.xml.security.utils.XMLUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.testdata.corpus.CorpusKey;

/// Signs XML as another program would: the signature is written as text, with whatever in it, and then every digest and
/// the value are made right. What must not be right is changed afterwards.
final class Producer {
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    static final String ENVELOPED = transform(DS + "enveloped-signature", "");
    static final String PLACE = "<!--signature-->";

    private final Signer signer;
    private String method = MORE + "rsa-sha256";
    private String methodParameters = "";
    private BiFunction<CorpusKey, byte[], byte[]> signing = (key, octets) -> key.sign("SHA256withRSA", octets);
    private String digest = "http://www.w3.org/2001/04/xmlenc#sha256";
    private String canonicalization = EXCLUSIVE;
    private String prefixes = "";
    private String keyInfo;
    private String objects = "";
    private UnaryOperator<String> written = UnaryOperator.identity();
    private boolean digestsComputed = true;
    private final List<String> references = new ArrayList<>();

    static {
        Init.init();
    }

    Producer(Signer signer) {
        this.signer = signer;
        keyInfo = "<ds:KeyInfo><ds:X509Data>" + certificates() + "</ds:X509Data></ds:KeyInfo>";
    }

    static String transform(String algorithm, String inside) {
        return "<ds:Transform Algorithm=\"" + algorithm + "\">" + inside + "</ds:Transform>";
    }

    Producer with(String uri, String signatureName) {
        method = uri;
        signing = (key, octets) -> key.plain(key.sign(signatureName, octets));
        return this;
    }

    /// RSASSA-PSS.
    ///
    /// @param parameters as the method states them, or nothing where its name says all
    Producer withPss(String uri, String parameters, SignatureScheme scheme) {
        method = uri;
        methodParameters = parameters;
        signing = (key, octets) -> key.sign(scheme, octets);
        return this;
    }

    Producer digest(String uri) {
        digest = uri;
        return this;
    }

    Producer canonical(String uri, String inside) {
        canonicalization = uri;
        prefixes = inside;
        return this;
    }

    Producer keyInfo(String xml) {
        keyInfo = xml;
        return this;
    }

    /// Of every element of the signature; `ds` unless said otherwise.
    ///
    /// @param name empty for the namespace that needs none
    Producer prefix(String name) {
        written = text -> text.replace("<ds:", "<" + name + (name.isEmpty() ? "" : ":"))
                .replace("</ds:", "</" + name + (name.isEmpty() ? "" : ":"))
                .replace("xmlns:ds=", name.isEmpty() ? "xmlns=" : "xmlns:" + name + "=");
        return this;
    }

    /// Each element of the signature on a line of its own.
    Producer onLines() {
        written = text -> text.replace("><", ">\n  <");
        return this;
    }

    /// As XAdES has it (ETSI EN 319 132-1): properties that are signed, and who signs among them.
    ///
    /// @param certificates `SigningCertificate` or `SigningCertificateV2`, whole
    Producer qualified(String certificates, String more) {
        references.add(reference("#signed", Producer.transform(EXCLUSIVE, ""), digest)
                .replace("<ds:Reference ", "<ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" "));
        return object("><x:QualifyingProperties xmlns:x=\"" + XADES + "\" Target=\"#sig\">"
                + "<x:SignedProperties Id=\"signed\"><x:SignedSignatureProperties>"
                + "<x:SigningTime>2026-11-21T16:00:00+08:00</x:SigningTime>" + certificates
                + "</x:SignedSignatureProperties>" + more + "</x:SignedProperties></x:QualifyingProperties>");
    }

    Producer object(String xml) {
        objects += "<ds:Object" + xml + "</ds:Object>";
        return this;
    }

    /// For a reference to what is not here: its digest is of nothing.
    Producer withoutDigests() {
        digestsComputed = false;
        return this;
    }

    Producer over(String uri, String transforms) {
        references.add(reference(uri, transforms, digest));
        return this;
    }

    static String reference(String uri, String transforms, String digest) {
        return "<ds:Reference URI=\"" + uri + "\">"
                + (transforms.isEmpty() ? "" : "<ds:Transforms>" + transforms + "</ds:Transforms>")
                + "<ds:DigestMethod Algorithm=\"" + digest + "\"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>";
    }

    private String certificates() {
        var text = new StringBuilder();
        for (var certificate : signer.chain()) {
            text.append("<ds:X509Certificate>")
                    .append(Base64.getEncoder().encodeToString(Certificates.der(certificate)))
                    .append("</ds:X509Certificate>");
        }
        return text.toString();
    }

    private String signature() {
        return written.apply("<ds:Signature xmlns:ds=\"" + DS
                + "\" Id=\"sig\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\""
                + canonicalization + "\">" + prefixes + "</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\""
                + method + "\">" + methodParameters + "</ds:SignatureMethod>" + String.join("", references)
                + "</ds:SignedInfo><ds:SignatureValue Id=\"sig-value\">AAAA</ds:SignatureValue>" + keyInfo + objects
                + "</ds:Signature>");
    }

    /// @param template with a comment where the signature is to stand
    DocumentBytes sign(String template) {
        return sign(template, UnaryOperator.identity());
    }

    /// @param last changes the signed information after the digests were made, before it is signed
    DocumentBytes sign(String template, UnaryOperator<String> last) {
        try {
            var document = parse(template.replace(PLACE, signature()));
            var signature =
                    (Element) document.getElementsByTagNameNS(DS, "Signature").item(0);
            for (var element : signatures(document)) {
                if (element.getAttribute("Id").equals("sig")) {
                    signature = element;
                }
            }
            if (digestsComputed) {
                // manifests first: they are signed themselves
                var lists = new ArrayList<>(elements(signature, "Manifest"));
                lists.addAll(elements(signature, "SignedInfo"));
                for (var list : lists) {
                    var manifest = new Manifest(list, "", false);
                    for (int i = 0; i < manifest.getLength(); i++) {
                        manifest.item(i).generateDigestValue();
                    }
                }
            }
            var text = last.apply(serialised(document));
            return DocumentBytes.owning(resigned(text).getBytes(UTF_8));
        } catch (XMLSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Signs the signed information of the signature called `sig` as it stands.
    String resigned(String text) throws XMLSecurityException {
        var document = parse(text);
        for (var signature : signatures(document)) {
            if (signature.getAttribute("Id").equals("sig")) {
                var octets = new ByteArrayOutputStream();
                var info = elements(signature, "SignedInfo").getFirst();
                var canonicalizer = Canonicalizer.getInstance(canonicalization);
                if (prefixes.isEmpty()) {
                    canonicalizer.canonicalizeSubtree(info, octets);
                } else {
                    canonicalizer.canonicalizeSubtree(
                            info, prefixes.replaceFirst(".*PrefixList=\"([^\"]*)\".*", "$1"), octets);
                }
                elements(signature, "SignatureValue")
                        .getFirst()
                        .setTextContent(Base64.getEncoder()
                                .encodeToString(signing.apply((CorpusKey) signer.key(), octets.toByteArray())));
            }
        }
        return serialised(document);
    }

    /// The element of the value of the first signature, inclusively canonicalised: what a timestamp is over.
    static byte[] canonicalValue(String text) {
        var octets = new ByteArrayOutputStream();
        try {
            Canonicalizer.getInstance(INCLUSIVE)
                    .canonicalizeSubtree(
                            parse(text)
                                    .getElementsByTagNameNS(DS, "SignatureValue")
                                    .item(0),
                            octets);
            return octets.toByteArray();
        } catch (XMLSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Element> signatures(Document document) {
        return elements(document.getDocumentElement(), "Signature", document.getDocumentElement());
    }

    private static List<Element> elements(Element parent, String name, Element... self) {
        var found = new ArrayList<Element>();
        for (var one : self) {
            if (name.equals(one.getLocalName())) {
                found.add(one);
            }
        }
        var nodes = parent.getElementsByTagNameNS(DS, name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static Document parse(String text) {
        try {
            var document = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(UTF_8)));
            var all = document.getElementsByTagNameNS("*", "*");
            for (int i = 0; i < all.getLength(); i++) {
                if (((Element) all.item(i)).hasAttribute("Id")) {
                    ((Element) all.item(i)).setIdAttribute("Id", true);
                }
            }
            return document;
        } catch (java.io.IOException | javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
            throw new IllegalStateException("a template that is no XML", e);
        }
    }

    private static String serialised(Document document) {
        var output = new ByteArrayOutputStream();
        XMLUtils.outputDOM(document, output, false);
        return output.toString(UTF_8);
    }
}
