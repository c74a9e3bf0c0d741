package org.yinzheng.api.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.registry.verification.VerificationId;
import org.yinzheng.registry.verification.Verifications;
import org.yinzheng.signing.Failure;

/// Takes questions and gives answers: at once, or later by an identifier. What was answered is kept for its receipt.
public final class VerificationDesk {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationDesk.class);

    private final Examiner examiner;
    private final Verifications kept;
    private final Jobs jobs;

    public VerificationDesk(Examiner examiner, Verifications kept, Jobs jobs) {
        this.examiner = examiner;
        this.kept = kept;
        this.jobs = jobs;
    }

    /// Blocks. When the answer cannot be kept it is given all the same, without an identifier and so without a receipt.
    public ObjectNode now(Question question) throws Exception {
        var result = examiner.examine(question);
        try {
            return Envelope.of(kept.record(VerificationId.random(), result));
        } catch (Failure e) {
            LOG.warn("an answer is not kept: {}", e.getMessage());
            return Envelope.notKept(result);
        }
    }

    /// Blocks while the document is written down.
    ///
    /// @throws Failure.NotDone nothing is promised
    /// @throws org.yinzheng.api.problem.Refused `busy`
    public ObjectNode later(Question question) {
        return Envelope.of(jobs.accept(question));
    }

    public Optional<StoredVerification> find(VerificationId id) {
        return kept.find(id);
    }
}
