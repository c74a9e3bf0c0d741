package org.yinzheng.registry.notice;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;

/// Who is told what. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database is away.
public interface Outbox {
    /// Notes that somebody's verification named a licence.
    void relied(LicenceId licence, String subject);

    /// Who relied on a licence, the latest first.
    List<Reliance> relyingOn(LicenceId licence);

    /// @param issuedBy see [Webhook#issuedBy]
    Webhook subscribe(String owner, Optional<CreditCode> issuedBy, URI url);

    List<Webhook> webhooks(String owner);

    /// What waits for it is given up.
    ///
    /// @return whether the owner had one
    boolean unsubscribe(String owner, UUID webhook);

    /// Takes what is due, for the caller alone as long as `lease` lasts. Of one licence only the oldest notice that
    /// waits for a webhook: the next follows when it is delivered or given up. A caller that dies delivers nothing,
    /// and after the lease another takes it: at least once.
    List<Delivery> take(int most, Duration lease);

    void delivered(Delivery delivery);

    /// @param next from now; empty: never again
    /// @param error what went wrong, in a few words
    void failed(Delivery delivery, Optional<Duration> next, String error);

    /// Writes a notice for licences in force whose last day is at most `days` away and that have none yet.
    ///
    /// @return how many
    int announceExpiring(int days, int most);
}
