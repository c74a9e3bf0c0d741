package org.yinzheng.registry.issuance;

import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.signing.Digest;

/// The record of what is being issued. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database
/// is away; those that commit throw [org.yinzheng.signing.Failure.Unknown] when the answer is lost.
public interface Intents {
    /// A keyed hash of what a request asks for; who asks, and in which batch, is no part of it.
    Digest fingerprint(IssueRequest request);

    /// Takes an idempotency key for the caller alone, over all processes. The database gives it up when the caller
    /// dies.
    ///
    /// @return empty when somebody else works on it now
    Optional<Work> take(String idempotencyKey);

    /// The keys of open intents, oldest first: of issues under way, and of those that a crash left.
    List<String> open();

    /// What became of an intent that was to be recorded; anything but the first recorded nothing.
    enum Recorded {
        RECORDED,
        /// Another licence of the type has the number.
        NUMBER_TAKEN,
        /// Somebody else replaces the same licence.
        REPLACED_BY_ANOTHER
    }

    /// What became of a result that was to be recorded.
    sealed interface Completion {
        record Done() implements Completion {}

        /// The predecessor has changed meanwhile: the intent is cancelled, and nothing else happened.
        record Overtaken() implements Completion {}

        /// A part is not in force any more: the intent is cancelled, and nothing else happened.
        record PartEnded(LicenceId part, Standing standing) implements Completion {}
    }

    /// One idempotency key, held. All of it happens on the connection that holds the key: losing the one loses the
    /// other, so nobody records a result for a key that somebody else has taken meanwhile.
    interface Work extends AutoCloseable {
        Optional<Intent> find();

        /// Never the same twice; gaps are normal.
        long nextSerial();

        /// The licence that is to be replaced, as it is now.
        Optional<Predecessor> predecessor(LicenceId id);

        /// Those of these licences that there are, as they are now.
        List<Licence> parts(List<LicenceId> ids);

        /// Commits an open intent.
        ///
        /// @param keepsNumber whether the number is the predecessor's, which holds it until then
        Recorded record(Intent intent, LicenceNumber number, boolean keepsNumber);

        /// Commits the licence with its renditions, its first transition, the use of the seal, the end of its
        /// predecessor and the end of the intent, all or nothing. A combined licence's parts are in force
        /// at that moment.
        Completion complete(Intent intent, Licence licence, List<Rendition> renditions, SealUse use);

        /// Commits that this intent will never be done.
        void cancel(Intent intent, String reason);

        Licence licence(Intent done);

        @Override
        void close();
    }
}
