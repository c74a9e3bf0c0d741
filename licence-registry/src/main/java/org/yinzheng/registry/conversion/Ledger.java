package org.yinzheng.registry.conversion;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.signing.Digest;

/// Which row of which index has which answer. Every call is one commit and may be repeated, so that a run that is
/// killed at any moment is continued by the next, and a commit whose answer was lost is simply done again.
public interface Ledger {
    /// Begins or goes on with the batch of an index.
    ///
    /// @return the batch's name: the same index is the same batch
    String open(Digest index, Actor operator);

    /// A keyed hash: the name of a source item, which says nothing of what is in it.
    Digest itemKey(byte[] content);

    /// What earlier runs know of the rows `first` to `last`: nothing of those that are new or were rejected, which
    /// are looked at again.
    Map<Long, Known> known(String batch, long first, long last);

    sealed interface Known {}

    record Converted(LicenceId licence) implements Known {}

    /// Passed every check, and its number is its own. Whether its licence was made,
    /// [org.yinzheng.registry.issuance.Issuance] tells.
    ///
    /// @param scan the digest of the scan that was checked
    record Claimed(Digest scan) implements Known {}

    /// A row that has passed its checks and asks for its number.
    record Claimant(long row, Digest item, String typeCode, LicenceNumber number, Digest scan) {}

    /// Gives each type and number of a batch to the first row that asks for it, for good.
    ///
    /// @param claimants in the order of their rows
    /// @return the rows that have their number; the others are duplicates
    Set<Long> claim(String batch, List<Claimant> claimants);

    sealed interface Answer {
        long row();
    }

    record Accepted(long row, LicenceId licence) implements Answer {}

    record Rejected(long row, Digest item, RejectionReason reason) implements Answer {}

    /// A row that has its licence keeps it.
    void record(String batch, List<Answer> answers);

    void finish(String batch);
}
