package org.yinzheng.signing.policy;

import java.security.PublicKey;
import org.yinzheng.signing.key.SignatureScheme;

/// Something that a signature relies on, and where.
public sealed interface Use {
    /// For a person: `the signed content`, the subject of a certificate …
    String where();

    /// @param name as in [org.yinzheng.signing.key.Cryptography#digest]
    record OfDigest(String where, String name) implements Use {}

    record OfScheme(String where, SignatureScheme scheme) implements Use {}

    record OfKey(String where, PublicKey key) implements Use {}
}
