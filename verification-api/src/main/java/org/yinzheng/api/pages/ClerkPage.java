package org.yinzheng.api.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Verification;

/// `/clerk`: drop or choose a file, read the answer. A plain form; the script only adds dropping and a sign of
/// progress.
public final class ClerkPage {
    private final Verification verification;
    private final AnswerView view;
    private final Bodies bodies;
    private final Bridge bridge;

    public ClerkPage(Verification verification, AnswerView view, Bodies bodies, Bridge bridge) {
        this.verification = verification;
        this.view = view;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Router router) {
        router.get("/clerk").handler(this::form).failureHandler(Frame::sendProblem);
        router.post("/clerk").handler(this::verify).failureHandler(Frame::sendProblem);
    }

    private void form(RoutingContext request) {
        var lang = Lang.of(request);
        var main = Html.of(
                "<div class=\"lead\"><h1>{}</h1><p>{}</p></div>{}",
                lang.of("核验证照", "Verify a licence"),
                lang.of("放入持证人出示的 PDF 或 OFD 原件。", "Drop the PDF or OFD file that the holder presents."),
                drop(lang, false));
        Frame.send(request, lang, lang.of("核验证照", "Verify a licence"), main);
    }

    private void verify(RoutingContext request) {
        var lang = Lang.of(request);
        Doorkeeper.requireSameSite(request);
        bodies.file(request)
                .compose(upload -> bridge.run(() -> view.answer(lang, upload, verification.verify(upload))))
                .onSuccess(answer -> Frame.send(
                        request,
                        lang,
                        lang.of("核验结果", "Result"),
                        Html.of(
                                "{}<h2 class=\"again\">{}</h2>{}",
                                answer,
                                lang.of("再验一份", "Verify another"),
                                drop(lang, true))))
                .onFailure(request::fail);
    }

    private Html drop(Lang lang, boolean small) {
        return Html.of(
                """
                <form class="{}" id="drop" method="post" action="/clerk" enctype="multipart/form-data" data-limit="{}"
                      data-busy="{}" data-large="{}">
                  <label for="file"><span class="glyph" aria-hidden="true">↓</span><b>{}</b><span>{}</span></label>
                  <input type="file" id="file" name="file" required accept=".pdf,.ofd,application/pdf,application/ofd">
                  <button class="button" type="submit">{}</button>
                  <p class="status" role="status" aria-live="polite"></p>
                </form>
                <script src="/assets/clerk.js" defer></script>
                """,
                small ? "drop small" : "drop",
                bodies.fileLimit(),
                lang.of("正在核验…", "Verifying …"),
                lang.of("文件超过大小上限。", "The file is larger than allowed."),
                lang.of("把文件拖到这里，或点击选择", "Drop the file here, or choose it"),
                lang.of(
                        "PDF、OFD，不超过 " + (bodies.fileLimit() >> 20) + " MB；不会保存。",
                        "PDF or OFD up to " + (bodies.fileLimit() >> 20) + " MB; it is not kept."),
                lang.of("核验", "Verify"));
    }
}
