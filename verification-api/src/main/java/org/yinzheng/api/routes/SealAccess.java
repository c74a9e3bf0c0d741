package org.yinzheng.api.routes;

import java.util.Optional;
import java.util.Set;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.Seals;

/// Decides where the data is read: custodians see the seals that their authority keeps. To everybody else a seal is
/// not there.
public final class SealAccess {
    private final Seals seals;

    public SealAccess(Seals seals) {
        this.seals = seals;
    }

    /// Whose seals somebody may see; empty: everybody's here.
    static Optional<Set<CreditCode>> keepers(Identity identity) {
        return identity.authority().map(Set::of);
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
        return identity.authority()
                .or(() -> seals.find(sealId).map(seal -> seal.keeper().code()));
    }
}
