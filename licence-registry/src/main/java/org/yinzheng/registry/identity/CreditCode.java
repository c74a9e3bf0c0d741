package org.yinzheng.registry.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An organisation's 18-character unified social credit code (GB 32100-2015).
/// Holding one means that its check character has been verified.
public record CreditCode(String value) implements HolderId {
    private static final Pattern FORM = Pattern.compile("[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}");

    public CreditCode {
        var problem = problem(value);
        if (problem != null) {
            throw problem.at("");
        }
    }

    public static CreditCode of(String field, String value) {
        var problem = problem(value);
        if (problem != null) {
            throw problem.at(field);
        }
        return new CreditCode(value);
    }

    /// Whether characters 9 to 17, the organisation code (GB 11714), pass the check character of their own.
    /// Not a condition of being a credit code: registers hold codes that pass MOD 31 and fail this; worth a
    /// warning to whoever enters one, no reason to refuse a licence.
    public boolean organisationCodeChecks() {
        return CheckCharacters.organisation(value.substring(8, 16)) == value.charAt(16);
    }

    @Override
    public HolderKind kind() {
        return HolderKind.CREDIT_CODE;
    }

    @Override
    public String toString() {
        return Mask.number(value);
    }

    static @Nullable Rule problem(String value) {
        if (!FORM.matcher(value).matches()) {
            return new Rule(
                    "form",
                    "a unified social credit code is 18 digits and capital letters without I, O, S, V, Z (GB 32100)");
        }
        if (CheckCharacters.credit(value) != value.charAt(17)) {
            return new Rule("check-digit", "the unified social credit code fails its check character (GB 32100)");
        }
        return null;
    }
}
