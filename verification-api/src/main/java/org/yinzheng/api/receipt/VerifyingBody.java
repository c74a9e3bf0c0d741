package org.yinzheng.api.receipt;

import java.util.function.Supplier;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.seal.SealPicture;

/// Who verifies, and answers for it with a signature.
///
/// @param demonstration signs receipts on paper as long as the keys have no certificate; asked each time, because it
/// is renewed
/// @param seal what the paper shows of it
/// @param software name and version of the program, for whoever reads the receipt in ten years
public record VerifyingBody(
        String name, ReceiptKeys keys, Supplier<Signer> demonstration, SealPicture seal, String software) {
    /// @throws org.yinzheng.signing.Failure.NotDone when no receipt can be signed now
    public ReceiptSigning signing() {
        return keys.signing(demonstration);
    }
}
