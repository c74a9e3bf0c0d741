package org.yinzheng.registry.life;

import java.util.Locale;
import java.util.Set;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.notice.Notice;

/// What an authority does to a licence of its own. Superseding is no step that anybody takes: issuing the successor
/// does it.
public enum Transition {
    SUSPEND(Set.of(Standing.IN_FORCE), Standing.SUSPENDED, Notice.Kind.SUSPENDED),
    RESUME(Set.of(Standing.SUSPENDED), Standing.IN_FORCE, Notice.Kind.RESUMED),
    REVOKE(Set.of(Standing.IN_FORCE, Standing.SUSPENDED), Standing.REVOKED, Notice.Kind.REVOKED);

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
    private final Set<Standing> from;

    private final Standing to;
    private final Notice.Kind notice;

    Transition(Set<Standing> from, Standing to, Notice.Kind notice) {
        this.from = Set.copyOf(from);
        this.to = to;
        this.notice = notice;
    }

    /// @param recorded as the registry stores it: an expired licence is recorded as in force
    public boolean leaves(Standing recorded) {
        return from.contains(recorded);
    }

    public Standing to() {
        return to;
    }

    /// What those who relied on the licence are told.
    public Notice.Kind notice() {
        return notice;
    }

    /// As in the audit log.
    public String action() {
        return "licence." + name().toLowerCase(Locale.ROOT);
    }
}
