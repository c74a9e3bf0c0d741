package org.yinzheng.signing.xml;

import org.w3c.dom.Node;

/// Namespaces and identifiers of XML signatures (XMLDSig 1.1, XPath Filter 2.0, ETSI EN 319 132-1).
final class Names {
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    static final String SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties";
    static final String ENVELOPED = DS + "enveloped-signature";
    static final String FILTER = "http://www.w3.org/2002/06/xmldsig-filter2";
    static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    static final String INCLUSIVE_11 = "http://www.w3.org/2006/12/xml-c14n11";
    static final String XINCLUDE = "http://www.w3.org/2001/XInclude";

    /// What a signature of ours leaves out of the document: itself and those beside it, so that each stays valid
    /// whichever come later.
    static final String ALL_SIGNATURES = "/*/ds:Signature";

    static final String XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    static final String BASE64 = DS + "base64";
    static final String MANIFEST = DS + "Manifest";
    private static final String XADES_VERSIONS = "http://uri.etsi.org/01903/v1.";

    private Names() {}

    /// Whether it is such an element of XAdES, of whichever version.
    static boolean isXades(Node node, String name) {
        return node.getNamespaceURI() != null
                && node.getNamespaceURI().startsWith(XADES_VERSIONS)
                && name.equals(node.getLocalName());
    }
}
