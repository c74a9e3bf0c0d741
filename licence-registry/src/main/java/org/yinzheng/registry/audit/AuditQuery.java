package org.yinzheng.registry.audit;

import java.time.Instant;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;

/// What somebody looks for in the log, the newest first. Everything that is given must hold.
///
/// @param from inclusive
/// @param until exclusive
/// @param after the cursor of the page before, as [AuditPage] gave it
public record AuditQuery(
        Optional<String> subject,
        Optional<String> actor,
        Optional<String> action,
        Optional<Instant> from,
        Optional<Instant> until,
        int limit,
        Optional<String> after) {
    public static final int LARGEST_PAGE = 200;

    public AuditQuery {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput("limit", "limit", "from 1 to " + LARGEST_PAGE);
        }
        if (after.isPresent() && !after.get().matches("[1-9][0-9]{0,17}")) {
            throw new InvalidInput("cursor", "after", "not a cursor that this log gave out");
        }
    }

    public static AuditQuery latest(int limit) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                Optional.empty());
    }

    public AuditQuery after(String cursor) {
        return new AuditQuery(subject, actor, action, from, until, limit, Optional.of(cursor));
    }
}
