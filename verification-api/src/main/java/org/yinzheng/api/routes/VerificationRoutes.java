package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Gate;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.receipt.Receipts;
import org.yinzheng.api.verification.Envelope;
import org.yinzheng.api.verification.Question;
import org.yinzheng.api.verification.Reader;
import org.yinzheng.api.verification.VerificationDesk;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.registry.verification.VerificationId;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// Verify, fetch the answer, fetch its receipt; and the keys by which anybody checks a receipt.
public final class VerificationRoutes {
    private final VerificationDesk desk;
    private final Reader reader;
    private final Receipts receipts;
    private final Gate tokenSessions;
    private final Bridge bridge;
    private final long atOnce;

    /// @param atOnce larger uploads are answered later, in bytes
    public VerificationRoutes(
            VerificationDesk desk, Reader reader, Receipts receipts, Gate tokenSessions, Bridge bridge, long atOnce) {
        this.desk = desk;
        this.reader = reader;
        this.receipts = receipts;
        this.tokenSessions = tokenSessions;
        this.bridge = bridge;
        this.atOnce = atOnce;
    }

    public void register(Contract contract) {
        contract.on("verify", this::verify);
        contract.on("getVerification", this::get);
        contract.on("getReceipt", this::receipt);
        contract.on("getReceiptPdf", this::receiptPdf);
        contract.on(
                "getReceiptKeys",
                request -> Replies.text(request, "application/jwk-set+json; charset=utf-8", receipts.keys()));
    }

    private void verify(RoutingContext request) {
        var question = Bodies.isJson(request) ? reader.json(request) : reader.documents(request);
        question.compose(asked -> waits(request, asked) ? later(request, asked) : now(request, asked))
                .onFailure(request::fail);
    }

    private Future<Void> now(RoutingContext request, Question question) {
        return bridge.run(() -> desk.now(question))
                .onSuccess(json -> Replies.json(request, 200, json))
                .mapEmpty();
    }

    private Future<Void> later(RoutingContext request, Question question) {
        return bridge.run(() -> desk.later(question))
                .onSuccess(json -> {
                    request.response()
                            .putHeader(
                                    HttpHeaders.LOCATION,
                                    Envelope.PATH + json.path("id").asText());
                    Replies.json(request, 202, json);
                })
                .mapEmpty();
    }

    /// RFC 7240 §4.1, for documents only: there is nothing to wait for elsewhere.
    private boolean waits(RoutingContext request, Question question) {
        var prefer = request.request().getHeader("Prefer");
        return question.subject() instanceof Question.Subject.Documents documents
                && ((prefer != null && prefer.contains("respond-async")) || documents.size() > atOnce);
    }

    private void get(RoutingContext request) {
        find(request)
                .onSuccess(stored -> {
                    if (stored.state() == StoredVerification.State.PENDING) {
                        request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
                    }
                    Replies.json(request, 200, (JsonNode) Envelope.of(stored));
                })
                .onFailure(request::fail);
    }

    private void receipt(RoutingContext request) {
        done(request)
                .compose(stored -> bridge.run(() -> tokenSessions.pass(() -> receipts.jws(stored))))
                .onSuccess(jws -> Replies.text(request, "application/jose", jws))
                .onFailure(request::fail);
    }

    private void receiptPdf(RoutingContext request) {
        done(request)
                .compose(stored -> bridge.run(() -> tokenSessions.pass(() -> receipts.pdf(stored))))
                .onSuccess(pdf -> send(request, pdf))
                .onFailure(request::fail);
    }

    private static void send(RoutingContext request, DocumentBytes pdf) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"receipt.pdf\"")
                .end(Buffer.buffer(pdf.toByteArray()));
    }

    private Future<StoredVerification> done(RoutingContext request) {
        return find(request).map(stored -> {
            if (stored.state() != StoredVerification.State.DONE) {
                throw new Refused(ProblemCode.NO_ANSWER_YET);
            }
            return stored;
        });
    }

    private Future<StoredVerification> find(RoutingContext request) {
        VerificationId id;
        try {
            id = new VerificationId(Params.path(request, "id"));
        } catch (InvalidInput none) {
            return Future.failedFuture(new Refused(ProblemCode.NOT_FOUND));
        }
        return bridge.run(() -> desk.find(id).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND)));
    }
}
