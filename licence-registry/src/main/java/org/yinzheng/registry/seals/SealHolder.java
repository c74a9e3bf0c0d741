package org.yinzheng.registry.seals;

import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.signing.InvalidInput;

/// Whose seal it is.
public record SealHolder(Kind kind, Holder who) {
    public enum Kind {
        AUTHORITY,
        ENTERPRISE,
        PERSON
    }

    public SealHolder {
        var fits =
                switch (kind) {
                    case AUTHORITY, ENTERPRISE -> who.id() instanceof CreditCode;
                    case PERSON -> who.id() instanceof CitizenId;
                };
        if (!fits) {
            throw new InvalidInput(
                    "holder-kind",
                    "holderId",
                    "a body is known by its unified social credit code, a person by their citizen identity number");
        }
    }
}
