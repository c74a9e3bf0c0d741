package org.yinzheng.registry.identity;

import org.yinzheng.signing.InvalidInput;

/// 持证主体代码: the number under which a licence's holder is known. Personal data: `toString` masks it.
public sealed interface HolderId permits CitizenId, CreditCode {
    /// The whole number. Never log it.
    String value();

    HolderKind kind();

    /// @param field where the number stands in the input, for the error
    /// @throws InvalidInput `form`, `birth-date` or `check-digit`
    static HolderId of(HolderKind kind, String field, String value) {
        return switch (kind) {
            case CITIZEN_ID -> CitizenId.of(field, value);
            case CREDIT_CODE -> CreditCode.of(field, value);
        };
    }

    /// Decides the kind by the form of the number: exactly one of the two check systems must accept it.
    ///
    /// @throws InvalidInput `check-digit` or `form`
    static HolderId guess(String field, String value) {
        if (CitizenId.problem(value) == null) {
            return new CitizenId(value);
        }
        return CreditCode.of(field, value);
    }
}
