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
    /// @throws InvalidInput `check-digit` or `form`: says what is wrong with it as either
    static HolderId guess(String field, String value) {
        var asCitizen = CitizenId.problem(value);
        if (asCitizen == null) {
            return new CitizenId(value);
        }
        var asOrganisation = CreditCode.problem(value);
        if (asOrganisation == null) {
            return new CreditCode(value);
        }
        throw new Rule(asOrganisation.code(), asCitizen.text() + "; " + asOrganisation.text()).at(field);
    }
}
