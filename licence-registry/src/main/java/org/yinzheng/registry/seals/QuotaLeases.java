package org.yinzheng.registry.seals;

import java.time.LocalDate;

/// Where a seal's quota is shared between nodes.
public interface QuotaLeases {
    /// Takes up to `most` of what is left of a day's quota, in one transaction.
    ///
    /// @return how many; 0 when none is left, or when there is no such seal
    /// @throws org.yinzheng.signing.Failure.NotDone nothing was taken
    /// @throws org.yinzheng.signing.Failure.Unknown it may have been, and is lost then
    Lease lease(String sealId, LocalDate day, int most);

    /// @param limit the day's quota; 0 when there is none to keep
    record Lease(int granted, int limit) {}
}
