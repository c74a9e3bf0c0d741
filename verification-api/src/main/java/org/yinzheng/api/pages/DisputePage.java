package org.yinzheng.api.pages;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.routes.DisputeDesk;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.signing.InvalidInput;

/// `/my/licences/{licenceId}/dispute`: a holder says what is wrong on a licence of their own.
public final class DisputePage {
    private static final String PATH = "/my/licences/:licenceId/dispute";
    private static final String WITHDRAWAL = PATH + "/withdrawal";
    private static final int MOST_TEXT = 1000;

    private final DisputeDesk desk;
    private final Catalogue catalogue;
    private final Doorkeeper doorkeeper;
    private final Bodies bodies;
    private final Bridge bridge;

    public DisputePage(DisputeDesk desk, Catalogue catalogue, Doorkeeper doorkeeper, Bodies bodies, Bridge bridge) {
        this.desk = desk;
        this.catalogue = catalogue;
        this.doorkeeper = doorkeeper;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Router router) {
        router.get(PATH).handler(this::admit).handler(this::form).failureHandler(Frame::sendProblem);
        router.post(PATH).handler(this::admit).handler(this::file).failureHandler(Frame::sendProblem);
        router.post(WITHDRAWAL).handler(this::admit).handler(this::withdraw).failureHandler(Frame::sendProblem);
    }

    private void admit(RoutingContext request) {
        doorkeeper.admit(request, Set.of(Role.CITIZEN));
    }

    private void form(RoutingContext request) {
        var lang = Lang.of(request);
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "licenceId");
        bridge.run(() -> desk.openOf(identity, id)
                        .map(open -> filed(lang, desk.own(identity, id), open))
                        .orElseGet(() -> form(lang, desk.own(identity, id))))
                .onSuccess(main -> Frame.send(request, lang, lang.of("提出异议", "Dispute"), main))
                .onFailure(request::fail);
    }

    /// What this person has said, and a way to take it back.
    private Html filed(Lang lang, Licence licence, Dispute dispute) {
        return Html.of(
                """
                <div class="lead"><h1>{}</h1><p>{} {}</p></div>
                <dl class="facts"><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>
                <form class="ask" method="post" action="/my/licences/{}/dispute/withdrawal">
                  <p>{}</p>
                  <p class="actions"><button class="button" type="submit">{}</button>
                    <a class="plain" href="/my">{}</a></p>
                </form>
                """,
                lang.of("异议处理中", "Your dispute"),
                licence.typeName(),
                licence.number().value(),
                lang.of("有误的内容", "What is wrong"),
                dispute.claim().fields().stream()
                        .map(point -> title(lang, licence, point))
                        .collect(Collectors.joining("；")),
                lang.of("理由", "Why"),
                dispute.claim().reason(),
                lang.of("处理期限", "Due"),
                dispute.dueOn(),
                licence.id(),
                lang.of("撤回后，核验此证照时不再显示“异议中”。", "Once it is withdrawn, the licence is no longer shown as disputed."),
                lang.of("撤回异议", "Withdraw it"),
                lang.of("返回", "Back"));
    }

    private String title(Lang lang, Licence licence, Claim.Point point) {
        var field = catalogue
                .type(licence.typeCode())
                .schema()
                .path("properties")
                .path(point.field())
                .path("title")
                .asText(point.field());
        return point.shouldBe().isEmpty() ? field : field + lang.of(" 应为 ", " should be ") + point.shouldBe();
    }

    private void withdraw(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "licenceId");
        bodies.form(request)
                .compose(ignored -> bridge.run(() -> desk.openOf(identity, id)
                        .map(open -> desk.withdraw(identity, open.id()))
                        .orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND))))
                .onSuccess(done -> request.response()
                        .setStatusCode(303)
                        .putHeader(HttpHeaders.LOCATION, "/my")
                        .end())
                .onFailure(request::fail);
    }

    private Html form(Lang lang, Licence licence) {
        return Html.of(
                """
                <div class="lead"><h1>{}</h1><p>{} {}</p></div>
                <form class="ask" method="post">
                  <input type="hidden" name="key" value="{}">
                  <div class="fields">
                    <p><label for="field">{}</label><select id="field" name="field" required>{}</select></p>
                    <p><label for="should-be">{}</label>
                      <input type="text" id="should-be" name="shouldBe" maxlength="{}" autocomplete="off"></p>
                  </div>
                  <div class="fields one">
                    <p><label for="reason">{}</label>
                      <textarea id="reason" name="reason" rows="4" maxlength="{}" required></textarea></p>
                  </div>
                  <p>{}</p>
                  <p class="actions"><button class="button" type="submit">{}</button>
                    <a class="plain" href="/my">{}</a></p>
                </form>
                """,
                lang.of("提出异议", "Dispute a licence"),
                licence.typeName(),
                licence.number().value(),
                UUID.randomUUID(),
                lang.of("哪一项有误", "What is wrong"),
                Html.all(choices(lang, licence)),
                lang.of("应当是（选填）", "What it should say (optional)"),
                MOST_TEXT,
                lang.of("理由", "Why"),
                MOST_TEXT,
                lang.of(
                        "提出后，核验此证照时会显示“异议中”，证照仍然有效。颁发机构应在规定的工作日内处理，结果可在“我的证照”中查看。",
                        "From then on every verification says that it is disputed; it stays in force. The issuing authority decides within"
                                + " a number of working days, and you find the outcome under My licences."),
                lang.of("提交异议", "File the dispute"),
                lang.of("返回", "Back"));
    }

    private List<Html> choices(Lang lang, Licence licence) {
        var choices = new ArrayList<Html>();
        for (var field :
                catalogue.type(licence.typeCode()).schema().path("properties").properties()) {
            choices.add(choice(field.getKey(), field.getValue().path("title").asText(field.getKey())));
        }
        choices.add(choice("holderName", lang.of("持证主体名称", "Holder's name")));
        choices.add(choice("number", lang.of("证照编号", "Number")));
        choices.add(choice("validFrom", lang.of("有效期起", "Valid from")));
        choices.add(choice("validUntil", lang.of("有效期止", "Valid until")));
        return choices;
    }

    private static Html choice(String name, String title) {
        return Html.of("<option value=\"{}\">{}</option>", name, title);
    }

    private void file(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "licenceId");
        bodies.form(request)
                .compose(ignored -> bridge.run(() -> desk.file(identity, id, claim(request), field(request, "key"))))
                .onSuccess(filed -> request.response()
                        .setStatusCode(303)
                        .putHeader(HttpHeaders.LOCATION, "/my")
                        .end())
                .onFailure(request::fail);
    }

    private static Claim claim(RoutingContext request) {
        return new Claim(
                List.of(new Claim.Point(
                        field(request, "field"), field(request, "shouldBe").strip())),
                field(request, "reason").strip());
    }

    private static String field(RoutingContext request, String name) {
        var value = request.request().getFormAttribute(name);
        if (value == null) {
            throw new InvalidInput("required", name, "is required");
        }
        return value;
    }
}
