package org.yinzheng.api.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.StringJoiner;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Params;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.InvalidInput;

/// `/v/{licenceId}`: where the QR code of a licence leads. Tells what may be told to everybody. A code can be
/// printed on anything, so the page says that it does not prove the document genuine.
public final class StandingPage {
    private final Licences licences;
    private final Bridge bridge;

    public StandingPage(Licences licences, Bridge bridge) {
        this.licences = licences;
        this.bridge = bridge;
    }

    public void register(Router router) {
        router.get("/v/:licenceId").handler(this::show).failureHandler(Frame::sendProblem);
    }

    private void show(RoutingContext request) {
        var lang = Lang.of(request);
        var id = Params.path(request, "licenceId");
        bridge.run(() -> licences.standing(id))
                .onSuccess(fact -> {
                    if (fact.isEmpty()) {
                        request.response().setStatusCode(404);
                    }
                    Frame.send(
                            request,
                            lang,
                            lang.of("在案状态", "Standing"),
                            fact.map(known -> known(lang, known)).orElseGet(() -> unknown(lang, id)));
                })
                .onFailure(request::fail);
    }

    private static Html known(Lang lang, StandingFact fact) {
        var good = fact.standing() == Standing.IN_FORCE;
        return Html.of(
                """
                <section class="verdict {}" data-value="{}">
                  <p class="mark" aria-hidden="true">{}</p>
                  <div><h1>{}</h1><p class="big">{}</p><p>{}</p></div>
                </section>
                {}
                <dl class="facts"><dt>{}</dt><dd class="breakable"><code>{}</code></dd></dl>
                <section class="next"><h2>{}</h2><p>{} <a href="/clerk">{}</a></p></section>
                """,
                good ? "is-yes" : "is-no",
                fact.standing().name(),
                good ? "✓" : "✕",
                lang.of("在案状态", "Standing"),
                lang.of(fact.standing().chinese(), capital(fact.standing().english())),
                said(lang, fact),
                AnswerView.licence(lang, ReportJson.standing(fact)),
                lang.of("证照标识", "Identifier"),
                fact.id(),
                lang.of("请注意", "Note"),
                lang.of(
                        "本页不显示持证人信息，也不证明您手中的文件是真的。请核验文件本身：",
                        "This page shows nothing of the holder, and does not prove the document in your hand genuine. Verify the file:"),
                lang.of("核验证照", "verify a licence"));
    }

    /// What the word above does not tell.
    private static String said(Lang lang, StandingFact fact) {
        var said = new StringJoiner(lang.of("", " "));
        said.add(lang.of("证照标识真实，本系统有登记。", "The identifier is genuine and on record here."));
        if (fact.disputed()) {
            said.add(lang.of("所载内容有异议，尚未处理完毕。", "What it says is disputed, and that is not decided yet."));
        }
        fact.because()
                .ifPresent(part -> said.add(lang.of(
                        "不能使用，原因在所含证照：" + part.name() + "。",
                        "It cannot be used because of a licence that it binds: " + part.name() + ".")));
        if (fact.because().isEmpty()) {
            fact.parts()
                    .disputed()
                    .ifPresent(part -> said.add(lang.of(
                            "所含证照有异议，尚未处理完毕：" + part.name() + "。",
                            "A licence that it binds is disputed, and that is not decided yet: " + part.name() + ".")));
        }
        return said.toString();
    }

    private static String capital(String english) {
        return Character.toUpperCase(english.charAt(0)) + english.substring(1);
    }

    private static Html unknown(Lang lang, String id) {
        var wellFormed = parse(id).isPresent();
        return Html.of(
                """
                <section class="verdict {}" data-value="UNKNOWN">
                  <p class="mark" aria-hidden="true">{}</p>
                  <div><h1>{}</h1><p class="big">{}</p><p>{}</p></div>
                </section>
                <section class="next"><h2>{}</h2><p>{}</p></section>
                """,
                wellFormed ? "is-unknown" : "is-no",
                wellFormed ? "?" : "✕",
                lang.of("在案状态", "Standing"),
                wellFormed ? lang.of("没有登记", "Not on record") : lang.of("标识有误", "No genuine identifier"),
                wellFormed
                        ? lang.of(
                                "标识格式正确，但本系统没有这份证照的登记。",
                                "The identifier is well formed, but this registry does not hold such a licence.")
                        : lang.of("标识未通过校验位检查，不是有效的证照标识。", "The identifier fails its check character."),
                lang.of("下一步", "What to do"),
                lang.of(
                        "请向颁发机构核实，或请持证人出示电子原件。",
                        "Ask the issuing authority, or have the holder present the electronic original."));
    }

    private static Optional<LicenceId> parse(String id) {
        try {
            return Optional.of(new LicenceId(id));
        } catch (InvalidInput broken) {
            return Optional.empty();
        }
    }
}
