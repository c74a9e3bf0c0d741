package org.yinzheng.api.answer;

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
}
