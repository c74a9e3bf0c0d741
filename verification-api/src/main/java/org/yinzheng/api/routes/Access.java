package org.yinzheng.api.routes;

import java.util.Optional;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.signing.InvalidInput;

/// Decides where the data is read: an issuer sees the licences of the authority that they issue for, a holder
/// their own. To everybody else a licence is not there at all.
public final class Access {
    private final Licences licences;
    private final IssuingOffice office;

    public Access(Licences licences, IssuingOffice office) {
        this.licences = licences;
        this.office = office;
    }

    /// @throws Refused `not-found`
    Licence licence(Identity identity, String id) {
        return find(identity, id).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
    }

    boolean issues(Identity identity, Licence licence) {
        if (!identity.roles().contains(Role.ISSUER)) {
            return false;
        }
        try {
            return office.authorityFor(licence.typeCode(), identity.as(Role.ISSUER))
                    .equals(licence.authority());
        } catch (InvalidInput noAuthority) {
            return false;
        }
    }

    private Optional<Licence> find(Identity identity, String text) {
        LicenceId id;
        try {
            id = new LicenceId(text);
        } catch (InvalidInput notAnIdentifier) {
            return Optional.empty();
        }
        if (identity.roles().contains(Role.CITIZEN)) {
            var own = identity.holder().flatMap(holder -> licences.findOwn(id, holder));
            if (own.isPresent()) {
                return own;
            }
        }
        return identity.roles().contains(Role.ISSUER)
                ? licences.find(id).filter(licence -> issues(identity, licence))
                : Optional.empty();
    }
}
