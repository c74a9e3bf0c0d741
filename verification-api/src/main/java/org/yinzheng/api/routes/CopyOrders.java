package org.yinzheng.api.routes;

import java.time.LocalDate;
import java.util.List;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.copy.AnnotatedCopy;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.registry.copy.CopyOrder;
import org.yinzheng.registry.copy.CopyResult;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.licence.Licence;

/// Takes orders for copies (加注件), from the API and from the page: a holder's of their own licence, an
/// authority's of one that it issued.
public final class CopyOrders {
    private final CopyDesk desk;
    private final Access access;

    public CopyOrders(CopyDesk desk, Access access) {
        this.desk = desk;
        this.access = access;
    }

    /// @param now whether it was made by this request
    public record Made(AnnotatedCopy copy, boolean now) {}

    /// @param key the asker's name for it
    /// @throws Refused why it was not made
    public Made make(
            Identity identity, String licenceId, Purpose purpose, String recipient, LocalDate lastDay, String key) {
        var own = access.own(identity, licenceId);
        var licence = own.orElseGet(() -> access.issued(identity, licenceId));
        var actor = identity.as(own.isPresent() ? Role.CITIZEN : Role.ISSUER);
        var order = new CopyOrder(
                licence.id(), purpose, recipient, lastDay, actor, own.isPresent(), IdempotencyKey.own(actor, key));
        return switch (desk.make(order)) {
            case CopyResult.Made made -> new Made(made.copy(), true);
            case CopyResult.AlreadyMade before -> new Made(before.copy(), false);
            case CopyResult.KeyReused reused -> throw new Refused(ProblemCode.IDEMPOTENCY_KEY_REUSED);
            case CopyResult.NotInForce state -> throw new Refused(ProblemCode.NOT_IN_FORCE);
            case CopyResult.NotFound missing -> throw new Refused(ProblemCode.NOT_FOUND);
        };
    }

    /// The licence of a holder's own.
    ///
    /// @throws Refused `not-found`
    public Licence own(Identity identity, String licenceId) {
        return access.own(identity, licenceId).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
    }

    /// @throws Refused `not-found`
    public List<AnnotatedCopy> ofLicence(Identity identity, String licenceId) {
        return desk.ofLicence(access.licence(identity, licenceId).id());
    }

    /// To those who may see its licence.
    ///
    /// @throws Refused `not-found`
    AnnotatedCopy find(Identity identity, String id) {
        var copy = CopyId.parse(id).flatMap(desk::find).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
        access.licence(identity, copy.licence().value());
        return copy;
    }
}
