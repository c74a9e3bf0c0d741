package org.yinzheng.api.routes;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.signing.InvalidInput;

/// Decides where the data is read: an issuer sees the licences of the authority that they issue for, a holder
/// their own. To everybody else a licence is not there at all.
public final class Access {
    private final Licences licences;
    private final Catalogue catalogue;
    private final IssuingOffice office;

    public Access(Licences licences, Catalogue catalogue, IssuingOffice office) {
        this.licences = licences;
        this.catalogue = catalogue;
        this.office = office;
    }

    /// @throws Refused `not-found`
    Licence licence(Identity identity, String id) {
        return own(identity, id).orElseGet(() -> issued(identity, id));
    }

    /// Only to those who issue for its authority: what its holder may read they may not change.
    ///
    /// @throws Refused `not-found`
    Licence issued(Identity identity, String id) {
        return parse(id)
                .flatMap(licences::find)
                .filter(licence -> issues(identity, licence))
                .orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
    }

    /// Only to its holders and agents.
    Optional<Licence> own(Identity identity, String id) {
        return identity.roles().contains(Role.CITIZEN)
                ? parse(id).flatMap(known -> identity.holder().flatMap(holder -> licences.findOwn(known, holder)))
                : Optional.empty();
    }

    /// The authorities that somebody issues for, and those whose licences these have taken over.
    Set<CreditCode> authorities(Identity identity) {
        return catalogue.types().stream()
                .flatMap(type -> authority(identity, type.code()).stream())
                .map(Authority::code)
                .flatMap(code -> Stream.concat(Stream.of(code), office.takenOver(code).stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean issues(Identity identity, Licence licence) {
        return authority(identity, licence.typeCode())
                .filter(office.current(licence.authority())::equals)
                .isPresent();
    }

    private Optional<Authority> authority(Identity identity, String typeCode) {
        if (!identity.roles().contains(Role.ISSUER)) {
            return Optional.empty();
        }
        try {
            return Optional.of(office.authorityFor(typeCode, identity.as(Role.ISSUER)));
        } catch (InvalidInput noAuthority) {
            return Optional.empty();
        }
    }

    private static Optional<LicenceId> parse(String text) {
        try {
            return Optional.of(new LicenceId(text));
        } catch (InvalidInput notAnIdentifier) {
            return Optional.empty();
        }
    }
}
