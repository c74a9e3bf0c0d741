package org.yinzheng.registry.issuance;

import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Standing;

/// What became of a request to issue.
public sealed interface IssueResult {
    /// Made now.
    record Issued(Licence licence) implements IssueResult {}

    /// The same request was done before, under the same idempotency key; nothing was made now.
    record AlreadyIssued(Licence licence) implements IssueResult {}

    /// The idempotency key belongs to another request; nothing was made.
    record KeyReused() implements IssueResult {}

    /// The same request is being worked on, or waits for the reconciler after a crash. Ask again later.
    record InProgress() implements IssueResult {}

    /// What it should replace is not in force, so nothing can replace it; nothing was made.
    record NotReplaceable(Standing standing) implements IssueResult {}

    /// What it should replace has changed since it was seen, or is being replaced by somebody else; nothing was made.
    record Overtaken() implements IssueResult {}

    /// A licence that it should bind is not in force any more; nothing was made.
    record PartNotInForce(LicenceId part, Standing standing) implements IssueResult {}

    /// Another licence of this type has this number; nothing was made.
    record NumberTaken() implements IssueResult {}
}
