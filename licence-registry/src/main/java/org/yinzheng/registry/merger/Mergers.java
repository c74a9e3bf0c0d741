package org.yinzheng.registry.merger;

import java.util.List;
import java.util.Set;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.life.Grounds;

/// Who was merged into whom. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database
/// is away; [#merge] throws [org.yinzheng.signing.Failure.Unknown] when the answer to its commit is lost:
/// asking again tells.
public interface Mergers {
    /// @param licences that the body issued, or had taken over
    /// @param openDisputes about them
    record Extent(long licences, long openDisputes) {}

    /// What a merger would be about; changes nothing.
    Extent extent(CreditCode from);

    /// All of the body's licences at once: one row says so, whatever their number.
    MergerResult merge(Authority from, Authority into, Grounds grounds, Actor actor);

    /// Who answers for what `issued` issued; itself, unless it was merged. At most two seconds old.
    Authority current(Authority issued);

    /// Whose licences `authority` has taken over. At most two seconds old.
    Set<CreditCode> takenOver(CreditCode authority);

    /// Oldest first.
    List<Merger> all();
}
