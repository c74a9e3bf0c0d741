package org.yinzheng.api.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.verification.Envelope;
import org.yinzheng.api.verification.VerificationDesk;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.registry.verification.VerificationId;
import org.yinzheng.signing.InvalidInput;

/// `/verifications/{id}`: an answer that is kept, for whoever has its number or scans a receipt. Says so while it is
/// not there yet, and asks again by itself.
public final class VerificationPage {
    private final VerificationDesk desk;
    private final AnswerView view;
    private final Bridge bridge;

    public VerificationPage(VerificationDesk desk, AnswerView view, Bridge bridge) {
        this.desk = desk;
        this.view = view;
        this.bridge = bridge;
    }

    public void register(Router router) {
        router.get("/verifications/:id").handler(this::show).failureHandler(Frame::sendProblem);
    }

    private void show(RoutingContext request) {
        var lang = Lang.of(request);
        bridge.run(() -> find(Params.path(request, "id")))
                .onSuccess(stored -> {
                    if (stored.state() == StoredVerification.State.PENDING) {
                        request.response().putHeader("Refresh", "2");
                    }
                    Frame.send(request, lang, lang.of("核验结果", "Result"), body(lang, stored));
                })
                .onFailure(request::fail);
    }

    private StoredVerification find(String id) {
        try {
            return desk.find(new VerificationId(id)).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
        } catch (InvalidInput none) {
            throw new Refused(ProblemCode.NOT_FOUND);
        }
    }

    private Html body(Lang lang, StoredVerification stored) {
        return switch (stored.state()) {
            case DONE -> view.answer(lang, Envelope.of(stored));
            case PENDING ->
                notice(
                        lang.of("正在核验…", "Verifying …"),
                        lang.of("文件较大，请稍候。本页会自动更新。", "The file is large: wait a moment. This page renews itself."));
            case BROKEN_OFF ->
                notice(
                        lang.of("核验中断", "It broke off"),
                        lang.of("没有结论。请重新上传文件。", "There is no answer. Send the file again."));
        };
    }

    private static Html notice(String head, String text) {
        return Html.of("""
                <section class="verdict is-unknown" role="status">
                  <p class="mark" aria-hidden="true">…</p>
                  <div><h1>{}</h1><p>{}</p></div>
                </section>
                """, head, text);
    }
}
