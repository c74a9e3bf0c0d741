package org.yinzheng.signing.fuzz;

import java.util.Locale;
import java.util.function.Consumer;
import org.yinzheng.signing.cms.CmsFuzz;
import org.yinzheng.signing.jose.CredentialFuzz;
import org.yinzheng.signing.jose.JwsFuzz;
import org.yinzheng.signing.ofd.OfdFuzz;
import org.yinzheng.signing.ofd.PartFuzz;
import org.yinzheng.signing.pdf.PdfFuzz;
import org.yinzheng.signing.pdf.RevisionFuzz;
import org.yinzheng.signing.seal.SealFuzz;
import org.yinzheng.signing.seal.StampFuzz;
import org.yinzheng.signing.time.TimestampFuzz;
import org.yinzheng.signing.verification.DocumentFuzz;
import org.yinzheng.signing.xml.XmlFuzz;

/// Every parser of strangers' bytes, and what feeds it. A harness throws when the parser does what it should not.
enum Harness {
    REVISION(RevisionFuzz::fuzzerTestOneInput),
    PDF(PdfFuzz::fuzzerTestOneInput),
    OFD(OfdFuzz::fuzzerTestOneInput),
    PART(PartFuzz::fuzzerTestOneInput),
    SEAL(SealFuzz::fuzzerTestOneInput),
    STAMP(StampFuzz::fuzzerTestOneInput),
    SIGNED_DATA(CmsFuzz::fuzzerTestOneInput),
    CMS(CmsFuzz::fuzzerTestOneInput),
    TIMESTAMP(TimestampFuzz::fuzzerTestOneInput),
    XML(XmlFuzz::fuzzerTestOneInput),
    JWS(JwsFuzz::fuzzerTestOneInput),
    CREDENTIAL(CredentialFuzz::fuzzerTestOneInput),
    DOCUMENT(DocumentFuzz::fuzzerTestOneInput);

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method without state
    private final Consumer<byte[]> target;

    Harness(Consumer<byte[]> target) {
        this.target = target;
    }

    void run(byte[] input) {
        target.accept(input);
    }

    /// Of its inputs.
    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
