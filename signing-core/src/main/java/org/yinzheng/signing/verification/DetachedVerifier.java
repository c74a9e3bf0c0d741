package org.yinzheng.signing.verification;

import java.time.Instant;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.jose.JwsVerifier;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.xml.XmlVerifier;

/// Judges a signature that is apart from the file that it is over: a CMS (`.p7s`, GB/T 35275 among them), a JWS without
/// its payload (RFC 7515 appendix F, RFC 7797), or XML with a reference to the file. Told by its content.
public final class DetachedVerifier {
    private final CmsVerifier cms;
    private final JwsVerifier jws;
    private final XmlVerifier xml;

    public DetachedVerifier(Trust trust) {
        cms = new CmsVerifier(trust);
        jws = new JwsVerifier(trust);
        xml = new XmlVerifier(trust);
    }

    /// @param originalName the file's name, without its folder: XML names what it is over
    /// @param at the time for which certificates and revocation lists are judged
    public Report verify(DocumentBytes signature, DocumentBytes original, String originalName, Instant at) {
        var kind = Kind.of(signature);
        return switch (kind) {
            case XML -> xml.verify(signature, original, originalName, at);
            case JWS -> jws.verify(signature, Optional.of(original), at);
            case CMS -> cms.verify(signature, Optional.of(original), at);
            case PDF, OFD, SEVERAL, UNKNOWN ->
                new Report.Malformed("UNKNOWN", "no signature apart from its file: CMS, JWS or XML is expected");
        };
    }
}
