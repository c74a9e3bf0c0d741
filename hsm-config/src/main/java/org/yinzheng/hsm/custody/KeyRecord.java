package org.yinzheng.hsm.custody;

import org.yinzheng.signing.Digest;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// A key as an auditor sees it. [Custody] has the words for where it is and who computes with it.
///
/// @param publicKey SHA-256 of its SubjectPublicKeyInfo
public record KeyRecord(String label, KeyKind kind, Custody custody, Digest publicKey) {
    static KeyRecord of(SigningKey key) {
        return new KeyRecord(
                key.label(),
                key.kind(),
                key.custody(),
                Digest.sha256(key.publicKey().getEncoded()));
    }
}
