package org.yinzheng.api.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.verification.Reader;
import org.yinzheng.api.verification.VerificationDesk;

/// `/clerk`: drop or choose a file, read the answers. A plain form; the script only adds dropping and a sign of
/// progress.
public final class ClerkPage {
    private final VerificationDesk desk;
    private final Reader reader;
    private final AnswerView view;
    private final Bodies bodies;
    private final Bridge bridge;
    private final long atOnce;

    /// @param atOnce larger uploads are answered on a page of their own, in bytes
    public ClerkPage(VerificationDesk desk, Reader reader, AnswerView view, Bodies bodies, Bridge bridge, long atOnce) {
        this.desk = desk;
        this.reader = reader;
        this.view = view;
        this.bodies = bodies;
        this.bridge = bridge;
        this.atOnce = atOnce;
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
                lang.of(
                        "放入持证人出示的原件：是否真实、是否有效、是否属于此人，一次答清。",
                        "Drop the file that the holder presents: is it genuine, is it in force, is it this holder's?"),
                drop(lang, false));
        Frame.send(request, lang, lang.of("核验证照", "Verify a licence"), main);
    }

    private void verify(RoutingContext request) {
        var lang = Lang.of(request);
        Doorkeeper.requireSameSite(request);
        reader.documents(request)
                .compose(question ->
                        bridge.run(() -> question.size() > atOnce ? desk.later(question) : desk.now(question)))
                .onSuccess(answer -> {
                    if (answer.has("answers")) {
                        Frame.send(
                                request,
                                lang,
                                lang.of("核验结果", "Result"),
                                Html.of(
                                        "{}<h2 class=\"again\">{}</h2>{}",
                                        view.answer(lang, answer),
                                        lang.of("再验一份", "Verify another"),
                                        drop(lang, true)));
                    } else {
                        request.response()
                                .setStatusCode(303)
                                .putHeader(
                                        "Location",
                                        "/verifications/" + answer.path("id").asText())
                                .end();
                    }
                })
                .onFailure(request::fail);
    }

    private Html drop(Lang lang, boolean small) {
        long megabytes = bodies.fileLimit() >> 20;
        return Html.of(
                """
                <form class="ask" id="ask" method="post" action="/clerk" enctype="multipart/form-data" data-limit="{}"
                      data-busy="{}" data-large="{}">
                  <div class="fields">
                    <p><label for="holder">{}</label>
                      <input type="text" id="holder" name="holder" maxlength="18" autocomplete="off" spellcheck="false"
                             inputmode="text" aria-describedby="holder-note">
                      <small id="holder-note">{}</small></p>
                    <p><label for="purpose">{}</label>
                      <input type="text" id="purpose" name="purpose" maxlength="100" autocomplete="off" aria-describedby="purpose-note">
                      <small id="purpose-note">{}</small></p>
                  </div>
                  <div class="{}" id="drop">
                    <label for="file"><span class="glyph" aria-hidden="true">↓</span><b>{}</b><span>{}</span></label>
                    <input type="file" id="file" name="file" required multiple
                           accept=".pdf,.ofd,.xml,.jws,.p7s,.p7m,application/pdf,application/ofd,application/xml,application/jose">
                    <p class="status" role="status" aria-live="polite"></p>
                  </div>
                  <p class="actions"><button class="button" type="submit">{}</button></p>
                </form>
                <script src="/assets/clerk.js" defer></script>
                """,
                bodies.fileLimit(),
                lang.of("正在核验…", "Verifying …"),
                lang.of("文件超过大小上限。", "The file is larger than allowed."),
                lang.of("持证人号码（选填）", "Holder's number (optional)"),
                lang.of("身份证号或统一社会信用代码，只作比对，不会保存。", "Citizen ID or credit code: compared, and not kept."),
                lang.of("用途（选填）", "Purpose (optional)"),
                lang.of("写入回执，如“开户核验”。", "Goes into the receipt, such as “opening an account”."),
                small ? "drop small" : "drop",
                lang.of("把文件拖到这里，或点击选择", "Drop the file here, or choose it"),
                lang.of(
                        "PDF、OFD、XML、JWS，共不超过 " + megabytes + " MB；同一证照的几份可一起选。文件不会保存。",
                        "PDF, OFD, XML or JWS up to " + megabytes
                                + " MB; several of one licence together. Files are not kept."),
                lang.of("核验", "Verify"));
    }
}
