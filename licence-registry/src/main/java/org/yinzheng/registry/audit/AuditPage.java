package org.yinzheng.registry.audit;

import java.util.List;
import java.util.Optional;

/// @param next the cursor of the next page, absent on the last one
public record AuditPage(List<LoggedEntry> entries, Optional<String> next) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
