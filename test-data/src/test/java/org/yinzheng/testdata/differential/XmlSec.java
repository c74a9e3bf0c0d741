package org.yinzheng.testdata.differential;

import java.util.ArrayList;
import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.testdata.corpus.Specimen;

/// xmlsec1 (libxmlsec on OpenSSL) on the first signature of a document: digests and value with the key that KeyInfo
/// brings, no certificate path.
final class XmlSec {
    /// Elements of the specimens that carry identifiers; those of XMLDSig it knows by itself.
    private static final List<String> IDENTIFIED = List.of(
            "urn:yinzheng:licence:1:Licence",
            "urn:yinzheng:licence:1:ZZMC",
            "urn:yinzheng:licence:1:x",
            "http://uri.etsi.org/01903/v1.3.2#:SignedProperties");

    private final Tool tool;

    XmlSec(Tool tool) {
        this.tool = tool;
    }

    /// `RIGHT`, `WRONG`, or `UNKNOWN` when it could not compute.
    String mathematics(Specimen specimen, DocumentBytes xml) {
        var command = new ArrayList<>(List.of("xmlsec1", "--verify", "--insecure"));
        IDENTIFIED.forEach(name -> command.addAll(List.of("--id-attr:Id", name)));
        specimen.original()
                .ifPresent(original -> command.addAll(List.of(
                        "--url-map:" + original.name(),
                        tool.file("original", original.document().get().toByteArray()))));
        command.add(tool.file("signed.xml", xml.toByteArray()));
        var answer = tool.run(command);
        if (answer.exit() == 0) {
            return "RIGHT";
        }
        return answer.text().lines().anyMatch("FAIL"::equals) ? "WRONG" : "UNKNOWN";
    }
}
