package org.yinzheng.api.receipt;

import java.util.function.Supplier;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.seal.SealPicture;

/// Who verifies, and answers for it with a signature.
///
/// @param receiptKey P-256, for receipts as JWS and for nothing else
/// @param signer for receipts on paper; asked each time, because a certificate is renewed
/// @param seal what the paper shows of it
/// @param software name and version of the program, for whoever reads the receipt in ten years
public record VerifyingBody(
        String name, SigningKey receiptKey, Supplier<Signer> signer, SealPicture seal, String software) {}
