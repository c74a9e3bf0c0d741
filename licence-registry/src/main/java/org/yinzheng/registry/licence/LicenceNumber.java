package org.yinzheng.registry.licence;

import org.yinzheng.registry.identity.Mask;
import org.yinzheng.signing.InvalidInput;

/// 证照编号: the number printed on the licence, unique within a type. It may repeat the holder's number, so it is
/// handled as personal data: `toString` masks it.
public record LicenceNumber(String value) {
    private static final int LONGEST = 128;

    public LicenceNumber {
        if (value.isBlank() || value.length() > LONGEST || !value.equals(value.strip())) {
            throw new InvalidInput(
                    "licence-number", "number", "a licence number has 1 to 128 characters and no space around it");
        }
    }

    @Override
    public String toString() {
        return Mask.number(value);
    }
}
