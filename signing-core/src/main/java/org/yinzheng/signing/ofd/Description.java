package org.yinzheng.signing.ofd;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;

/// What a Signature.xml (GB/T 33190 §18.2) says it protects. The order of its elements varies among real files and
/// is not looked at.
///
/// @param provider as the file gives it, or empty
/// @param checkMethod the digest algorithm's name or identifier; MD5 when the file is silent
/// @param digests by the path in the package of each Reference
/// @param seal the path of the seal's copy, when there is one
/// @param value the path of the signature value
record Description(
        String provider, String checkMethod, Map<String, DocumentBytes> digests, Optional<String> seal, String value) {
    private static final String DEFAULT_METHOD = "MD5";

    /// @throws org.yinzheng.signing.InvalidInput `xml`
    static Description parse(byte[] xml, String path) {
        var root = XmlTree.parse(xml);
        if (!root.name.equals("Signature")) {
            throw XmlTree.broken("does not describe a signature");
        }
        var folder = OfdPackage.folder(path);
        var info = root.required("SignedInfo");
        var references = info.required("References");
        return new Description(
                info.one("Provider")
                        .flatMap(one -> one.attribute("ProviderName"))
                        .orElse(""),
                references.attribute("CheckMethod").orElse(DEFAULT_METHOD).strip(),
                digests(references, folder),
                info.one("Seal")
                        .map(seal -> inside(folder, seal.required("BaseLoc").text())),
                inside(folder, root.required("SignedValue").text()));
    }

    private static Map<String, DocumentBytes> digests(XmlTree references, String folder) {
        var digests = new LinkedHashMap<String, DocumentBytes>();
        for (var reference : references.all("Reference").toList()) {
            var file = reference.attribute("FileRef").orElseThrow(() -> XmlTree.broken("refers to no file"));
            if (digests.put(inside(folder, file.strip()), digest(reference)) != null) {
                throw XmlTree.broken("refers to one file twice");
            }
        }
        if (digests.isEmpty()) {
            throw XmlTree.broken("protects nothing");
        }
        return digests;
    }

    private static DocumentBytes digest(XmlTree reference) {
        var text = reference.required("CheckValue").text().replaceAll("\\s", "");
        try {
            return DocumentBytes.owning(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw XmlTree.broken("has a digest that is no Base64");
        }
    }

    private static String inside(String folder, String location) {
        return OfdPackage.resolve(folder, location).orElseThrow(() -> XmlTree.broken("refers to what lies outside"));
    }
}
