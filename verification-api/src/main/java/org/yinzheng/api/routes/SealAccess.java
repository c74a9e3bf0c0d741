package org.yinzheng.api.routes;

import java.util.Optional;
import java.util.Set;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.registry.seals.Step;

/// Decides where the data is read: custodians see the seals that their authority keeps. To everybody else a seal is
/// not there.
public final class SealAccess {
    private static final Set<Role> SEEING = Set.of(Role.SEAL_MAKER, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN);

    private final Seals seals;

    public SealAccess(Seals seals) {
        this.seals = seals;
    }

    /// Whose seals somebody may see; empty: everybody's here. A token that names no authority sees none.
    static Optional<Set<CreditCode>> keepers(Identity identity) {
        return identity.everyAuthority()
                ? Optional.empty()
                : Optional.of(identity.authority().map(Set::of).orElse(Set.of()));
    }

    static boolean keeps(Identity identity, SealRecord seal) {
        return identity.roles().contains(Role.SEAL_CUSTODIAN)
                && keepers(identity)
                        .map(all -> all.contains(seal.keeper().code()))
                        .orElse(true);
    }

    /// Whether somebody may know of a seal: its custodians, and those who look after all of them.
    boolean sees(Identity identity, String sealId) {
        return keeps(identity, sealId) || identity.roles().contains(Role.SECURITY_ADMIN);
    }

    boolean keeps(Identity identity, String sealId) {
        return seals.find(sealId).filter(seal -> keeps(identity, seal)).isPresent();
    }

    /// The authority for which somebody uses a seal: their own, or the seal's when they act for all that are here.
    Optional<CreditCode> actingFor(Identity identity, String sealId) {
        return identity.everyAuthority()
                ? seals.find(sealId).map(seal -> seal.keeper().code())
                : identity.authority();
    }

    /// @throws Refused `not-found`
    SealRecord seal(Identity identity, String sealId) {
        return seals.find(sealId)
                .filter(seal -> sees(identity, seal))
                .orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
    }

    /// Under which of their roles somebody does a step.
    ///
    /// @throws Refused `role-missing`
    static Actor actor(Identity identity, Step step) {
        return identity.roles().stream()
                .filter(role -> step.roles().contains(role.wireName()))
                .sorted()
                .findFirst()
                .map(identity::as)
                .orElseThrow(() -> new Refused(ProblemCode.ROLE_MISSING));
    }

    private static boolean sees(Identity identity, SealRecord seal) {
        var installationWide = identity.roles().stream().anyMatch(SEEING::contains)
                && keepers(identity)
                        .map(all -> all.contains(seal.keeper().code()))
                        .orElse(true);
        return installationWide || keeps(identity, seal);
    }
}
