package org.yinzheng.api.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.registry.grant.Grants;
import org.yinzheng.signing.Failure;

/// What somebody may do: what their token says, where tokens are believed in that, and what the registry
/// gave them. A grant that ends is felt within two seconds.
public final class Rights {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int MOST = 10_000;

    /// Whose word counts for roles. Who a holder is, the sign-in provider says in any case.
    public enum Source {
        /// The token's and the registry's.
        TOKEN_AND_GRANTS,
        /// The registry's alone, but for the security administrators that the settings name: with them it
        /// begins.
        GRANTS
    }

    private final Grants grants;
    private final Source source;
    private final Set<String> firstAdministrators;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Set<String> roles, Instant at) {}

    /// @param firstAdministrators security administrators by their settings, for [Source#GRANTS]
    public Rights(Grants grants, Source source, Set<String> firstAdministrators, Clock clock) {
        this.grants = grants;
        this.source = source;
        this.firstAdministrators = Set.copyOf(firstAdministrators);
        this.clock = clock;
    }

    /// Blocks.
    ///
    /// @throws Failure.NotDone when the registry cannot be asked and nothing else says what they may
    public Identity of(Identity signedIn) {
        var roles = EnumSet.noneOf(Role.class);
        for (var role : signedIn.roles()) {
            if (source == Source.TOKEN_AND_GRANTS || role == Role.CITIZEN) {
                roles.add(role);
            }
        }
        if (source == Source.GRANTS && firstAdministrators.contains(signedIn.subject())) {
            roles.add(Role.SECURITY_ADMIN);
        }
        try {
            granted(signedIn.subject()).forEach(name -> Role.find(name).ifPresent(roles::add));
        } catch (Failure.NotDone away) {
            if (source == Source.GRANTS) {
                throw away;
            } // fewer rights for as long as the database is away
        }
        return signedIn.with(roles);
    }

    private Set<String> granted(String subject) {
        var now = clock.instant();
        var before = known.get(subject);
        if (before != null && now.isBefore(before.at().plus(FRESH))) {
            return before.roles();
        }
        var roles = grants.rolesOf(subject);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(subject, new Known(roles, now));
        return roles;
    }
}
