package org.yinzheng.api.pages;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.routes.CopyOrders;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.copy.AnnotatedCopy;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.signing.InvalidInput;

/// `/my/licences/{licenceId}/copies`: a holder makes a copy of their licence for one use, and finds those
/// made before.
public final class CopyPage {
    private static final String PATH = "/my/licences/:licenceId/copies";
    private static final int USUAL_DAYS = 30;

    private final CopyOrders orders;
    private final CopyDesk desk;
    private final Doorkeeper doorkeeper;
    private final Bodies bodies;
    private final Bridge bridge;

    public CopyPage(CopyOrders orders, CopyDesk desk, Doorkeeper doorkeeper, Bodies bodies, Bridge bridge) {
        this.orders = orders;
        this.desk = desk;
        this.doorkeeper = doorkeeper;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Router router) {
        router.get(PATH).handler(this::admit).handler(this::show).failureHandler(Frame::sendProblem);
        router.post(PATH).handler(this::admit).handler(this::make).failureHandler(Frame::sendProblem);
    }

    private void admit(RoutingContext request) {
        doorkeeper.admit(request, Set.of(Role.CITIZEN));
    }

    private void show(RoutingContext request) {
        var lang = Lang.of(request);
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "licenceId");
        bridge.run(() -> page(lang, identity, orders.own(identity, id)))
                .onSuccess(main -> Frame.send(request, lang, lang.of("加注件", "Copies for one use"), main))
                .onFailure(request::fail);
    }

    private Html page(Lang lang, Identity identity, Licence licence) {
        return Html.of(
                """
                <div class="lead"><h1>{}</h1><p>{} {}</p></div>
                {}
                <h2 class="again">{}</h2>
                {}
                <p><a class="plain" href="/my">{}</a></p>
                """,
                lang.of("制作加注件", "A copy for one use"),
                licence.typeName(),
                licence.number().value(),
                licence.standing() == Standing.IN_FORCE
                        ? form(lang)
                        : Html.of(
                                "<p class=\"empty\">{}</p>",
                                lang.of("证照当前不在有效状态，不能制作加注件。", "The licence is not in force: nothing can be copied.")),
                lang.of("已制作的加注件", "Copies made so far"),
                list(lang, orders.ofLicence(identity, licence.id().value())),
                lang.of("返回我的证照", "Back to my licences"));
    }

    private Html form(Lang lang) {
        var today = desk.today();
        return Html.of(
                """
                <form class="ask" method="post">
                  <input type="hidden" name="key" value="{}">
                  <div class="fields">
                    <p><label for="purpose">{}</label>
                      <input type="text" id="purpose" name="purpose" maxlength="40" required autocomplete="off" aria-describedby="purpose-hint">
                      <small id="purpose-hint">{}</small></p>
                    <p><label for="recipient">{}</label>
                      <input type="text" id="recipient" name="recipient" maxlength="60" required autocomplete="off"></p>
                    <p><label for="last-day">{}</label>
                      <input type="date" id="last-day" name="lastDay" value="{}" min="{}" max="{}" required></p>
                  </div>
                  <p>{}</p>
                  <p class="actions"><button class="button" type="submit">{}</button></p>
                </form>
                """,
                UUID.randomUUID(),
                lang.of("用途", "What it is for"),
                lang.of("如：公积金贷款。每一页都会印上“仅限办理公积金贷款使用”。", "Printed across every page: for this use only."),
                lang.of("接收单位", "Who gets it"),
                lang.of("使用截止", "Last day"),
                today.plusDays(USUAL_DAYS),
                today,
                today.plusYears(1),
                lang.of(
                        "加注件只能用于所填的用途，过期作废。核验时会显示用途、接收单位、期限，以及原证照当时是否有效。制作会留下记录。",
                        "A copy serves the use that you name and ends on its last day. Whoever verifies it sees the use, the recipient, the last"
                                + " day, and whether the licence is in force then. A record is kept."),
                lang.of("制作", "Make it"));
    }

    private Html list(Lang lang, List<AnnotatedCopy> copies) {
        if (copies.isEmpty()) {
            return Html.of("<p class=\"empty\">{}</p>", lang.of("还没有制作过。", "None yet."));
        }
        return Html.all(copies.stream().map(copy -> card(lang, copy)).toList());
    }

    private Html card(Lang lang, AnnotatedCopy copy) {
        var expired = copy.expired(desk.today());
        return Html.of(
                """
                <article class="licence">
                  <header><h2>{}</h2><span class="tag {}">{}</span></header>
                  <dl class="facts"><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>
                  <p class="actions"><a class="button" href="/api/v1/copies/{}/document" download>{}</a></p>
                </article>
                """,
                copy.purpose().sentence(),
                expired ? "tag-no" : "tag-yes",
                expired ? lang.of("已过期", "expired") : lang.of("期限内", "may be used"),
                lang.of("接收单位", "Recipient"),
                copy.recipient(),
                lang.of("使用截止", "Last day"),
                copy.lastDay(),
                lang.of("制作人", "Made by"),
                copy.byHolder() ? lang.of("持证人", "a holder") : lang.of("颁发机构", "the authority"),
                copy.id(),
                lang.of("下载 PDF", "Download PDF"));
    }

    private void make(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "licenceId");
        bodies.form(request)
                .compose(ignored -> bridge.run(() -> orders.make(
                        identity,
                        id,
                        new Purpose(field(request, "purpose")),
                        field(request, "recipient"),
                        day(field(request, "lastDay")),
                        field(request, "key"))))
                .onSuccess(made -> request.response()
                        .setStatusCode(303)
                        .putHeader(HttpHeaders.LOCATION, "/my/licences/" + id + "/copies")
                        .end())
                .onFailure(request::fail);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInput("not-a-date", "lastDay", "must be a date such as 2026-01-31");
        }
    }

    private static String field(RoutingContext request, String name) {
        var value = request.request().getFormAttribute(name);
        if (value == null) {
            throw new InvalidInput("required", name, "is required");
        }
        return value;
    }
}
