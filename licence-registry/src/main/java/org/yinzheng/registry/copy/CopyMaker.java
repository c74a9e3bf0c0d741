package org.yinzheng.registry.copy;

import java.util.function.Supplier;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.seal.SealPicture;

/// Who seals copies: the installation, not the authority. A copy is not what the authority signed.
///
/// @param signer asked each time, because a certificate is renewed
public record CopyMaker(String name, Supplier<Signer> signer, SealPicture seal) {}
