package org.yinzheng.testdata.differential;

import java.util.ArrayList;
import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.testdata.corpus.Specimen;

/// `openssl cms` on every signer of a CMS: digests and values, no certificate path.
final class OpenSslCms {
    private final Tool tool;

    OpenSslCms(Tool tool) {
        this.tool = tool;
    }

    /// `RIGHT`, `WRONG`, or `UNKNOWN` when it could not compute.
    String mathematics(Specimen specimen, DocumentBytes cms) {
        var command = new ArrayList<>(
                List.of("openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-out", "content"));
        command.addAll(List.of("-in", tool.file("signed.p7s", cms.toByteArray())));
        specimen.original()
                .ifPresent(original -> command.addAll(List.of(
                        "-content",
                        tool.file("original", original.document().get().toByteArray()))));
        var answer = tool.run(command);
        if (answer.exit() == 0) {
            return "RIGHT";
        }
        return answer.says("verification failure", "digest failure", "bad signature", "verify error")
                ? "WRONG"
                : "UNKNOWN";
    }
}
