package org.yinzheng.registry.issuance;

import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;

/// A document that we stamped does not verify. Nothing was registered. A fault of ours (keys, certificates, code), so
/// it is neither [org.yinzheng.signing.InvalidInput] nor [org.yinzheng.signing.Failure].
public final class SelfCheckFailed extends IllegalStateException {
    private static final long serialVersionUID = 1;

    SelfCheckFailed(LicenceId id, Format format, String found) {
        super("the " + format + " of " + id + " was stamped and does not verify: " + found);
    }
}
