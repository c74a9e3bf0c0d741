package org.yinzheng.signing.key;

import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;

/// Makes keys and finds them again. `hsm-config` implements it over PKCS#11.
public interface KeyCustodian {
    /// Makes a key whose label is not in use yet.
    ///
    /// @throws org.yinzheng.signing.InvalidInput when the label is taken
    /// @throws org.yinzheng.signing.Failure.NotDone when the token is away
    SigningKey make(String label, KeyKind kind);

    Optional<SigningKey> find(String label);

    List<SigningKey> keys();

    /// @throws org.yinzheng.signing.InvalidInput when a key of that label is of another kind
    default SigningKey findOrMake(String label, KeyKind kind) {
        SigningKey key;
        try {
            key = find(label).orElseGet(() -> make(label, kind));
        } catch (InvalidInput taken) {
            key = find(label).orElseThrow(() -> taken); // somebody else was faster
        }
        if (key.kind() != kind) {
            throw new InvalidInput("key-kind", "", "key " + label + " is of kind " + key.kind());
        }
        return key;
    }
}
