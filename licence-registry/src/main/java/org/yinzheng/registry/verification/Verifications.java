package org.yinzheng.registry.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// The verifications that are kept. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database is
/// away.
public interface Verifications {
    /// Keeps an answer that was given at once.
    StoredVerification record(VerificationId id, JsonNode result);

    /// Promises an answer; a crash leaves the promise, and whoever starts next finishes it or says that it cannot.
    ///
    /// @param request what is needed to finish it, apart from the document
    StoredVerification accept(VerificationId id, JsonNode request);

    /// Counts a beginning, so that a document on which the program dies is not begun for ever.
    ///
    /// @return the request; empty when there is nothing to finish, or no more: it is then broken off
    Optional<JsonNode> begin(VerificationId id);

    /// @return whether it was still awaited
    boolean finish(VerificationId id, JsonNode result);

    void breakOff(VerificationId id);

    /// One that is overdue reads as broken off.
    Optional<StoredVerification> find(VerificationId id);

    /// Keeps the receipt of a verification that is done. The first one stays.
    ///
    /// @return the one that is kept
    String keepReceipt(VerificationId id, String receipt);

    /// Deletes what need not be kept any longer.
    ///
    /// @return how many
    int purge();
}
