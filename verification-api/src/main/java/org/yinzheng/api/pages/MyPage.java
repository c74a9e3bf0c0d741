package org.yinzheng.api.pages;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicencePage;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.Standing;

/// `/my`: all licences under the signed-in person's number, to download.
public final class MyPage {
    private static final int PAGE = 20;

    private final Licences licences;
    private final Doorkeeper doorkeeper;
    private final Bridge bridge;

    public MyPage(Licences licences, Doorkeeper doorkeeper, Bridge bridge) {
        this.licences = licences;
        this.doorkeeper = doorkeeper;
        this.bridge = bridge;
    }

    public void register(Router router) {
        router.get("/my").handler(this::show).failureHandler(Frame::sendProblem);
    }

    private void show(RoutingContext request) {
        var lang = Lang.of(request);
        var cursor = Optional.ofNullable(request.request().getParam("cursor"));
        doorkeeper
                .known(request)
                .compose(identity -> identity.filter(known -> known.roles().contains(Role.CITIZEN))
                        .map(citizen -> list(lang, citizen, cursor))
                        .orElseGet(() -> Future.succeededFuture(invitation(lang, identity))))
                .onSuccess(main -> Frame.send(request, lang, lang.of("我的证照", "My licences"), main))
                .onFailure(request::fail);
    }

    private static Html invitation(Lang lang, Optional<Identity> identity) {
        return Html.of(
                """
                <div class="lead"><h1>{}</h1><p>{}</p></div>
                <p><a class="button" href="/sign-in">{}</a></p>
                """,
                lang.of("我的证照", "My licences"),
                identity.map(known -> lang.of(
                                "当前以“" + known.name() + "”登录，没有个人或企业身份。请换一个身份登录。",
                                "You are signed in as " + known.name()
                                        + ", which holds no licences. Sign in as somebody else."))
                        .orElse(lang.of(
                                "登录后查看您名下的全部证照，下载 PDF 和 OFD 原件。",
                                "Sign in to see all your licences and download the originals.")),
                lang.of("登录", "Sign in"));
    }

    private Future<Html> list(Lang lang, Identity citizen, Optional<String> cursor) {
        return bridge.run(() -> {
            var page = citizen.holder()
                    .map(holder -> licences.ofHolder(holder, PAGE, cursor))
                    .orElseGet(() -> new LicencePage(java.util.List.of(), Optional.empty()));
            return Html.of(
                    """
                    <div class="lead"><h1>{}</h1><p>{} <span class="quiet">{}</span></p>
                    <form method="post" action="/sign-out"><button class="link" type="submit">{}</button></form></div>
                    {}{}
                    """,
                    lang.of("我的证照", "My licences"),
                    citizen.name(),
                    citizen.holder().map(Object::toString).orElse(""),
                    lang.of("退出登录", "Sign out"),
                    page.licences().isEmpty()
                            ? Html.of(
                                    "<p class=\"empty\">{}</p>",
                                    lang.of("此号码下还没有证照。", "There is no licence under this number yet."))
                            : Html.all(page.licences().stream()
                                    .map(licence -> card(lang, licence))
                                    .toList()),
                    page.next()
                            .map(next -> Html.of(
                                    "<p><a class=\"button\" href=\"/my?cursor={}\">{}</a></p>",
                                    java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8),
                                    lang.of("更多", "More")))
                            .orElse(Html.EMPTY));
        });
    }

    private static Html card(Lang lang, Licence licence) {
        var downloads = Format.WITH_PAGES.stream()
                .filter(licence.renditions()::containsKey)
                .map(format -> Html.of(
                        "<a class=\"button\" href=\"{}\" download>{} {}</a>",
                        LicenceJson.renditionPath(licence, format),
                        lang.of("下载", "Download"),
                        format.name()))
                .toList();
        return Html.of(
                """
                <article class="licence">
                  <header><h2>{}</h2><span class="tag {}">{}</span>{}</header>
                  <dl class="facts">
                    <dt>{}</dt><dd>{}</dd>
                    <dt>{}</dt><dd>{}</dd>
                    <dt>{}</dt><dd>{}</dd>
                    <dt>{}</dt><dd>{} — {}</dd>{}
                  </dl>
                  <p class="actions">{}<a class="plain" href="/v/{}">{}</a>{}{}</p>
                </article>
                """,
                licence.typeName(),
                licence.standing() == Standing.IN_FORCE ? "tag-yes" : "tag-no",
                lang.of(licence.standing().chinese(), licence.standing().english()),
                licence.entry().disputed()
                        ? Html.of("<span class=\"tag tag-no\">{}</span>", lang.of("异议中", "disputed"))
                        : Html.EMPTY,
                lang.of("持证主体", "Holder"),
                names(licence),
                lang.of("证照编号", "Number"),
                licence.number().value(),
                lang.of("颁发机构", "Issued by"),
                licence.authority().name(),
                lang.of("有效期", "Valid"),
                licence.validFrom(),
                licence.validUntil().map(Object::toString).orElse(lang.of("长期", "no end")),
                AnswerView.parts(lang, LicenceJson.of(licence).path("parts")),
                Html.all(downloads),
                licence.id(),
                lang.of("在案状态页", "Its public page"),
                licence.standing() == Standing.IN_FORCE
                        ? Html.of(
                                "<a class=\"plain\" href=\"/my/licences/{}/copies\">{}</a>",
                                licence.id(),
                                lang.of("制作加注件", "Copy for one use"))
                        : Html.EMPTY,
                disputable(licence)
                        ? Html.of(
                                "<a class=\"plain\" href=\"/my/licences/{}/dispute\">{}</a>",
                                licence.id(),
                                lang.of("内容有误？提出异议", "Something wrong? Dispute it"))
                        : licence.entry().disputed()
                                ? Html.of(
                                        "<a class=\"plain\" href=\"/my/licences/{}/dispute\">{}</a>",
                                        licence.id(),
                                        lang.of("查看异议", "The dispute"))
                                : Html.EMPTY);
    }

    private static String names(Licence licence) {
        return Stream.concat(
                        Stream.of(licence.holder()),
                        licence.others().stream()
                                .filter(party -> party.role().holds())
                                .map(Party::who))
                .map(Holder::name)
                .collect(Collectors.joining("、"));
    }

    private static boolean disputable(Licence licence) {
        return !licence.entry().disputed()
                && licence.standing() != Standing.REVOKED
                && licence.standing() != Standing.SUPERSEDED;
    }
}
