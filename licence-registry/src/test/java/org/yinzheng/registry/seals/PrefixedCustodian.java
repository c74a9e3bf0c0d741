package org.yinzheng.registry.seals;

import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// Other keys on the same token: a process can have one token only.
record PrefixedCustodian(KeyCustodian token, String prefix) implements KeyCustodian {
    @Override
    public SigningKey make(String label, KeyKind kind) {
        return token.make(prefix + label, kind);
    }

    @Override
    public Optional<SigningKey> find(String label) {
        return token.find(prefix + label);
    }

    @Override
    public List<SigningKey> keys() {
        return token.keys();
    }
}
