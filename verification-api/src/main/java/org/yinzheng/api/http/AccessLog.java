package org.yinzheng.api.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;

/// Writes to the audit log who was refused what, and that an administrator signed in. Blocks.
public final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int MOST = 10_000;

    private final AuditLog log;
    private final Clock clock;
    private final Set<Digest> seen = ConcurrentHashMap.newKeySet();

    public AccessLog(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /// The refusal stands whether or not it can be written down.
    ///
    /// @param operation the contract's name for it, or that it is a page
    void refused(Identity identity, String operation, ProblemCode why) {
        try {
            append(identity, "access.refused", operation, why.wireName());
        } catch (Failure e) {
            LOG.warn("a refusal of {} is not in the audit log: {}", operation, e.getMessage());
        }
    }

    /// Once for each token and process. Nobody administers unseen: without the log they are not let in.
    ///
    /// @throws Failure when it cannot be written down
    void signedIn(Identity identity, String token) {
        if (identity.roles().stream().noneMatch(Role::administers)) {
            return;
        }
        var digest = Digest.sha256(token.getBytes(StandardCharsets.UTF_8));
        if (seen.contains(digest)) {
            return;
        }
        append(identity, "administrator.sign-in", identity.subject(), "");
        if (seen.size() >= MOST) {
            seen.clear();
        }
        seen.add(digest);
    }

    private void append(Identity identity, String action, String subject, String reason) {
        log.append(new AuditEntry(clock.instant(), identity.actor(), action, subject, reason, Map.of()));
    }
}
