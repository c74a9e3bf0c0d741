package org.yinzheng.registry.seals;

import java.time.Instant;
import java.util.Optional;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;

/// One request to use a seal, as its guard rails see it.
///
/// @param authority for which the actor acts
/// @param licenceType the type's code, when a licence is stamped
/// @param documents in the request
/// @param releasedBy the second person, when one has released it
public record Occasion(
        Instant at,
        Actor actor,
        CreditCode authority,
        DocumentKind kind,
        Optional<String> licenceType,
        int documents,
        Optional<Actor> releasedBy) {
    public Occasion {
        if (documents < 1) {
            throw new IllegalArgumentException("a request has documents");
        }
    }
}
