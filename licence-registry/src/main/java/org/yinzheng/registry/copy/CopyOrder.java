package org.yinzheng.registry.copy;

import java.time.LocalDate;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;

/// A copy that somebody wants.
///
/// @param recipient who is to get it
/// @param lastDay on which it may be used
/// @param byHolder whether a holder wants it, or somebody of the authority
/// @param idempotencyKey their name for it: the same key never makes two
public record CopyOrder(
        LicenceId licence,
        Purpose purpose,
        String recipient,
        LocalDate lastDay,
        Actor maker,
        boolean byHolder,
        String idempotencyKey) {
    private static final int LONGEST = 60;

    public CopyOrder {
        recipient = recipient.strip();
        if (recipient.isEmpty()
                || recipient.length() > LONGEST
                || recipient.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("recipient", "recipient", "who gets it, in 1 to 60 characters on one line");
        }
    }

    @Override
    public String toString() {
        return "CopyOrder[" + licence + "]";
    }
}
