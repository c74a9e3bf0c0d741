package org.yinzheng.registry.bulk;

import java.util.List;
import java.util.UUID;

/// Bulk changes. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database is away.
public interface BulkChanges {
    /// How many licences the order would change now; changes nothing.
    long count(BulkOrder order);

    /// Writes down the order and every licence that it is about, and changes none yet.
    BulkProgress start(BulkOrder order);

    /// Changes up to `most` of those that are left, each as if it were changed alone: history, audit log, notices.
    /// Those of one call are changed together or not at all, and several may call at once.
    ///
    /// @throws org.yinzheng.signing.InvalidInput `bulk-unknown`
    BulkProgress proceed(UUID id, int most);

    /// Those with something left, oldest first.
    List<BulkProgress> unfinished();
}
