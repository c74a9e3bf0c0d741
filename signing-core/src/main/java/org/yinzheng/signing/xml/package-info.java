/// XML documents: a licence's metadata as XML, signatures on any XML document (XMLDSig with XAdES baseline properties,
/// SM2 with SM3 included), and their verification. Parses nothing with a document type, resolves nothing outside the
/// document. Start with [XmlStamper] and [XmlVerifier].
package org.yinzheng.signing.xml;
