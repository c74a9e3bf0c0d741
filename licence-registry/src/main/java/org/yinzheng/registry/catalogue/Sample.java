package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.Holder;

/// An invented licence of a type, as its pack shows it.
public record Sample(
        List<Holder> holders,
        Authority authority,
        String number,
        LocalDate issuedOn,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        JsonNode data) {
    public Sample {
        holders = List.copyOf(holders);
    }
}
