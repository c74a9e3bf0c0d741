package org.yinzheng.api.verification;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.licence.HolderKey;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.licence.StoredRendition.Algorithm;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

/// Reads questions from requests. Whoever has the document may ask whose licence it is; without it only a signed-in
/// clerk may, and not without end. A holder's number goes no further than here.
public final class Reader {
    private static final int HOLDERS_A_MINUTE = 30;

    private final Licences licences;
    private final Doorkeeper doorkeeper;
    private final Bodies bodies;
    private final Attempts holders;
    private final Clock clock;

    public Reader(Licences licences, Doorkeeper doorkeeper, Bodies bodies, Clock clock) {
        this.licences = licences;
        this.doorkeeper = doorkeeper;
        this.bodies = bodies;
        this.clock = clock;
        this.holders = new Attempts(HOLDERS_A_MINUTE, Duration.ofMinutes(1), clock);
    }

    /// The documents of a form or of a bare body.
    public Future<Question> documents(RoutingContext request) {
        return bodies.files(request, Question.MOST_DOCUMENTS)
                .map(form -> new Question(
                        new Question.Subject.Documents(form.files()),
                        form.field("holder").map(this::key),
                        form.field("purpose"),
                        form.field("at").map(this::past),
                        Optional.empty()))
                .compose(question -> signedIn(request).map(question::by));
    }

    /// Whoever verifies a document need not be signed in: a token that is not acceptable is nobody's.
    private Future<Optional<String>> signedIn(RoutingContext request) {
        return doorkeeper
                .presented(request)
                .map(identity -> identity.map(Identity::subject))
                .recover(failure -> failure instanceof Refused
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    /// A digest or an identifier.
    public Future<Question> json(RoutingContext request) {
        return bodies.json(request).compose(body -> {
            var question = question(body.only("digest", "licenceId", "holder", "purpose", "at"));
            return question.holder().isEmpty()
                    ? signedIn(request).map(question::by)
                    : doorkeeper.presented(request).map(identity -> {
                        admit(identity);
                        return question.by(identity.map(Identity::subject));
                    });
        });
    }

    private Question question(JsonBody body) {
        if (body.has("digest") == body.has("licenceId")) {
            throw new InvalidInput("one-of", "digest", "either digest or licenceId");
        }
        return new Question(
                body.has("digest")
                        ? digest(body.member("digest").only("algorithm", "value"))
                        : new Question.Subject.ByIdentifier(body.text("licenceId")),
                body.optionalText("holder").map(this::key),
                body.optionalText("purpose"),
                body.optionalText("at").map(this::past),
                Optional.empty());
    }

    private static Question.Subject digest(JsonBody body) {
        var algorithm = Stream.of(Algorithm.values())
                .filter(one -> Examiner.wire(one).equals(body.text("algorithm")))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("not-a-choice", "algorithm", "sha256 or sm3"));
        try {
            return new Question.Subject.ByDigest(algorithm, new Digest(body.text("value")));
        } catch (IllegalArgumentException noDigest) {
            throw new InvalidInput("digest", "value", "64 lower-case hexadecimal characters");
        }
    }

    private void admit(Optional<Identity> identity) {
        var clerk = identity.filter(one -> one.roles().contains(Role.CLERK))
                .orElseThrow(() -> new Refused(ProblemCode.HOLDER_NEEDS_CLERK));
        holders.check(clerk.subject());
        holders.spend(clerk.subject());
    }

    private HolderKey key(String number) {
        try {
            return licences.key(HolderId.guess("holder", number.strip().toUpperCase(Locale.ROOT)));
        } catch (InvalidInput noNumber) {
            throw new InvalidInput(
                    ProblemCode.HOLDER_NUMBER_INVALID.wireName(), "holder", "a citizen ID or a credit code");
        }
    }

    /// Nothing is known of the future.
    private Instant past(String text) {
        try {
            var time = Instant.parse(text.strip());
            if (!time.isAfter(clock.instant())) {
                return time;
            }
        } catch (DateTimeException e) {
            // falls through: one rule
        }
        throw new InvalidInput("validation-time", "at", "an instant such as 2026-01-31T08:00:00Z, not in the future");
    }
}
