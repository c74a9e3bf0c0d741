package org.yinzheng.api.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Problems;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.DemoProvider;
import org.yinzheng.api.signin.DemoUser;
import org.yinzheng.api.signin.Role;

/// The demonstration's sign-in: pick somebody, be them. 仅供演示. Exists only where the configuration asks for it.
public final class SignInPages {
    private final DemoProvider provider;
    private final Bodies bodies;
    private final Bridge bridge;
    private final boolean https;

    /// @param https whether browsers reach this site by https: the cookie is then for https only
    public SignInPages(DemoProvider provider, Bodies bodies, Bridge bridge, boolean https) {
        this.provider = provider;
        this.bodies = bodies;
        this.bridge = bridge;
        this.https = https;
    }

    public void register(Router router) {
        router.get("/sign-in").handler(this::choose).failureHandler(Frame::sendProblem);
        router.post("/sign-in").handler(this::signIn).failureHandler(Frame::sendProblem);
        router.post("/sign-out").handler(this::signOut).failureHandler(Frame::sendProblem);
        router.post("/demo-idp/token").handler(this::token).failureHandler(Problems::writeJson);
        router.get("/demo-idp/jwks").handler(this::keys);
        router.get("/demo-idp/.well-known/openid-configuration").handler(this::discovery);
    }

    private void choose(RoutingContext request) {
        var lang = Lang.of(request);
        var choices = provider.users().stream().map(user -> choice(lang, user)).toList();
        var main = Html.of(
                """
                <p class="warning" role="note"><b>仅供演示</b> {}</p>
                <div class="lead"><h1>{}</h1><p>{}</p></div>
                <form class="people" method="post" action="/sign-in">{}</form>
                """,
                lang.of("Demonstration only", "Demonstration only"),
                lang.of("选择一个演示身份", "Choose somebody to be"),
                lang.of("这些人都是虚构的，登录不需要密码。", "All of them are invented; no password is asked for."),
                Html.all(choices));
        Frame.send(request, lang, lang.of("演示登录", "Demonstration sign-in"), main);
    }

    private static Html choice(Lang lang, DemoUser user) {
        return Html.of(
                "<button name=\"user\" value=\"{}\"><b>{}</b><span>{}</span></button>",
                user.id(),
                lang.of(user.name(), user.nameEn()),
                String.join(
                        lang.of("、", ", "),
                        user.roles().stream()
                                .sorted()
                                .map(role -> title(lang, role))
                                .toList()));
    }

    private static String title(Lang lang, Role role) {
        return switch (role) {
            case ISSUER -> lang.of("颁发人员", "issuing officer");
            case CLERK -> lang.of("窗口人员", "window clerk");
            case CITIZEN -> lang.of("持证人", "licence holder");
            case OPERATOR -> lang.of("转换操作员", "conversion operator");
            case SEAL_CUSTODIAN -> lang.of("印章管理员", "seal custodian");
            case SEAL_MAKER -> lang.of("制章者", "seal maker");
            case SYSTEM_ADMIN -> lang.of("系统管理员", "system administrator");
            case SECURITY_ADMIN -> lang.of("安全管理员", "security administrator");
            case AUDIT_ADMIN -> lang.of("审计管理员", "audit administrator");
        };
    }

    private void signIn(RoutingContext request) {
        Doorkeeper.requireSameSite(request);
        bodies.form(request)
                .compose(ignored -> bridge.run(() -> provider.token(user(request))))
                .onSuccess(token -> {
                    request.response()
                            .addCookie(session(token, DemoProvider.LIFETIME.toSeconds()))
                            .setStatusCode(303)
                            .putHeader(HttpHeaders.LOCATION, "/my")
                            .end();
                })
                .onFailure(request::fail);
    }

    private void signOut(RoutingContext request) {
        Doorkeeper.requireSameSite(request);
        request.response()
                .addCookie(session("", 0))
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, "/my")
                .end();
    }

    private Cookie session(String token, long seconds) {
        return Cookie.cookie(Doorkeeper.COOKIE, token)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(https)
                .setSameSite(CookieSameSite.LAX)
                .setMaxAge(seconds);
    }

    private void token(RoutingContext request) {
        bodies.form(request)
                .compose(ignored -> bridge.run(() -> provider.token(user(request))))
                .onSuccess(token -> json(
                        request,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("access_token", token)
                                .put("token_type", "Bearer")
                                .put("expires_in", DemoProvider.LIFETIME.toSeconds())
                                .put("note", "仅供演示 demonstration only")
                                .toString()))
                .onFailure(request::fail);
    }

    private void keys(RoutingContext request) {
        json(request, provider.keys().toString(true));
    }

    private void discovery(RoutingContext request) {
        var issuer = provider.issuer();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("issuer", issuer);
        json.put("jwks_uri", issuer + "/jwks");
        json.put("token_endpoint", issuer + "/token");
        json.putArray("id_token_signing_alg_values_supported").add("ES256");
        json.put("note", "仅供演示 demonstration only");
        json(request, json.toString());
    }

    private DemoUser user(RoutingContext request) {
        var id = request.request().getFormAttribute("user");
        return provider.user(id == null ? "" : id).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
    }

    private static void json(RoutingContext request, String body) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }
}
