package org.yinzheng.api.answer;

import org.yinzheng.registry.copy.CopyFacts;
import org.yinzheng.registry.licence.StandingFact;

/// What asking the registry for a licence's standing gave.
public sealed interface Lookup {
    /// There was no registry to ask, or no identifier worth asking for.
    record NotAsked() implements Lookup {}

    /// The registry has no such licence.
    record Unknown(String licenceId) implements Lookup {}

    /// The registry could not be reached: nothing is known, which is not the same as [Unknown].
    record Unavailable(String licenceId) implements Lookup {}

    /// @param stored whether the very bytes that were verified are one of the licence's stored renditions
    record Known(StandingFact standing, boolean stored) implements Lookup {
        public Known(StandingFact standing) {
            this(standing, false);
        }
    }

    /// The document is a copy of a licence for one use (加注件).
    ///
    /// @param licence the licence behind it
    /// @param stored whether the very bytes that were verified are those that were made
    /// @param expired whether its last day is past
    record Copy(CopyFacts copy, StandingFact licence, boolean stored, boolean expired) implements Lookup {}
}
