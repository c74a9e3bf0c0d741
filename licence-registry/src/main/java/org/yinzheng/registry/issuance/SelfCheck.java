package org.yinzheng.registry.issuance;

import java.time.Instant;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Report;

/// Judges a document that was just stamped, as anybody would who receives it: `DocumentVerifier::verify` with this
/// installation's own trust anchors.
@FunctionalInterface
public interface SelfCheck {
    Report verify(DocumentBytes document, Instant at);
}
