package org.yinzheng.api;

import java.nio.file.Path;
import org.yinzheng.api.receipt.VerifyingBody;
import org.yinzheng.registry.verification.Verifications;
import org.yinzheng.signing.layout.Typefaces;

/// What keeping verifications and making receipts needs.
///
/// @param body who answers for a verification
/// @param typefaces for the receipt on paper
/// @param waiting a folder of this node for documents that wait for their turn; what is in it is finished at the start
/// @param atOnce larger uploads are answered later, in bytes
public record VerificationParts(
        Verifications kept, VerifyingBody body, Typefaces typefaces, Path waiting, long atOnce) {
    public static final long AT_ONCE = 4L << 20;
}
