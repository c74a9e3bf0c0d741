package org.yinzheng.api.routes;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.DecisionResult;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.dispute.Disputes;
import org.yinzheng.registry.dispute.FilingResult;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.signing.InvalidInput;

/// Takes disputes, from the API and from the page: a holder's about their own licence, an authority's about one that
/// it issued.
public final class DisputeDesk {
    /// What every licence says beside its type's own fields.
    public static final Set<String> COMMON =
            Set.of("number", "holderName", "holderId", "others", "validFrom", "validUntil", "authority");

    private final Disputes disputes;
    private final Catalogue catalogue;
    private final Access access;

    public DisputeDesk(Disputes disputes, Catalogue catalogue, Access access) {
        this.disputes = disputes;
        this.catalogue = catalogue;
        this.access = access;
    }

    /// @param now whether it was filed by this request
    public record Filed(Dispute dispute, boolean now, boolean forAuthority) {}

    /// @throws Refused why it was not filed
    /// @param key the filer's name for it
    public Filed file(Identity identity, String licenceId, Claim claim, String key) {
        var own = access.own(identity, licenceId);
        var licence = own.orElseGet(() -> access.issued(identity, licenceId));
        check(licence, claim);
        var as = own.isPresent() ? Dispute.FiledAs.HOLDER : Dispute.FiledAs.AUTHORITY;
        var actor = identity.as(own.isPresent() ? Role.CITIZEN : Role.ISSUER);
        return switch (disputes.file(licence.id(), claim, as, actor, IdempotencyKey.own(actor, key))) {
            case FilingResult.Filed filed -> new Filed(filed.dispute(), true, own.isEmpty());
            case FilingResult.AlreadyFiled before -> new Filed(before.dispute(), false, own.isEmpty());
            case FilingResult.OpenAlready open -> throw new Refused(ProblemCode.DISPUTE_OPEN);
            case FilingResult.NotDisputable state -> throw new Refused(ProblemCode.NOT_IN_FORCE);
            case FilingResult.KeyReused reused -> throw new Refused(ProblemCode.IDEMPOTENCY_KEY_REUSED);
            case FilingResult.NotFound missing -> throw new Refused(ProblemCode.NOT_FOUND);
        };
    }

    /// Takes a dispute back, for whoever filed it.
    public DecisionResult withdraw(Identity identity, UUID id) {
        var dispute = disputes.find(id);
        if (dispute.isEmpty()) {
            return new DecisionResult.NotFound();
        }
        // to whoever may not see the licence there is no dispute about it
        access.licence(identity, dispute.get().licence().value());
        return disputes.withdraw(
                id, identity.as(dispute.get().filedAs() == Dispute.FiledAs.HOLDER ? Role.CITIZEN : Role.ISSUER));
    }

    /// The latest open dispute about a licence that this person filed.
    public Optional<Dispute> openOf(Identity identity, String licenceId) {
        return disputes.ofLicence(own(identity, licenceId).id()).stream()
                .filter(dispute -> dispute.state() == Dispute.State.OPEN)
                .filter(dispute -> dispute.filedBy().equals(identity.subject()))
                .findFirst();
    }

    /// The licence of a holder's own.
    ///
    /// @throws Refused `not-found`
    public Licence own(Identity identity, String licenceId) {
        return access.own(identity, licenceId).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
    }

    private void check(Licence licence, Claim claim) {
        var schema = catalogue.type(licence.typeCode()).schema().path("properties");
        for (var point : claim.fields()) {
            if (!COMMON.contains(point.field()) && !schema.has(point.field())) {
                throw new InvalidInput("field-unknown", "fields", "the licence has no such field");
            }
        }
    }
}
