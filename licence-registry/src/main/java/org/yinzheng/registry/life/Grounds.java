package org.yinzheng.registry.life;

import org.yinzheng.signing.InvalidInput;

/// Why a licence's standing changes.
///
/// @param reasonCode stable, such as `forged-application`
/// @param legalBasis the provision that it rests on
/// @param note free text, may be empty; no personal data
public record Grounds(String reasonCode, String legalBasis, String note) {
    private static final int LONGEST = 1000;

    public Grounds {
        if (!reasonCode.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
            throw new InvalidInput("reason-code", "reasonCode", "letters, digits, - and _; at most 64");
        }
        if (legalBasis.isBlank() || legalBasis.length() > LONGEST) {
            throw new InvalidInput(
                    "legal-basis",
                    "legalBasis",
                    "whoever changes a standing names the legal basis in 1 to 1000 characters");
        }
        if (note.length() > LONGEST) {
            throw new InvalidInput("note", "note", "at most 1000 characters");
        }
    }
}
