package org.yinzheng.registry.identity;

import org.yinzheng.signing.InvalidInput;

/// 持证主体: who holds a licence.
public record Holder(HolderId id, String name) {
    private static final int LONGEST_NAME = 200;

    public Holder {
        if (name.isBlank() || name.length() > LONGEST_NAME || !name.equals(name.strip())) {
            throw new InvalidInput(
                    "holder-name", "holderName", "a holder's name has 1 to 200 characters and no space around it");
        }
    }

    @Override
    public String toString() {
        return "Holder[" + id + ", " + Mask.name(name) + "]";
    }
}
