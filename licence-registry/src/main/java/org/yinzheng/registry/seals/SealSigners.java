package org.yinzheng.registry.seals;

import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// The keys of registered seals, ready to sign.
public final class SealSigners {
    private final KeyCustodian custodian;

    public SealSigners(KeyCustodian custodian) {
        this.custodian = custodian;
    }

    /// @throws Failure.NotDone when the token is away, or is another one than the seal's keys were made on
    public Signer signer(SealRecord.Made made, Suite suite) {
        var recorded = made.signer(suite)
                .orElseThrow(() -> new Failure.NotDone("the seal has no key of the suite " + suite, null));
        var key = custodian
                .find(recorded.label())
                .orElseThrow(() -> new Failure.NotDone(
                        "the token does not hold the key " + recorded.label() + ": bring the token back", null));
        return new Signer(key, recorded.chain());
    }
}
