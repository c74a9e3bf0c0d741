package org.yinzheng.registry.licence;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.yinzheng.signing.Digest;

/// A holder as the registry finds one: a keyed hash of the number, which tells it to nobody without the key.
public record HolderKey(Digest digest) {
    /// Takes as long whatever differs.
    public boolean matches(HolderKey other) {
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(digest.hex()), HexFormat.of().parseHex(other.digest.hex()));
    }

    @Override
    public String toString() {
        return "HolderKey[]";
    }
}
