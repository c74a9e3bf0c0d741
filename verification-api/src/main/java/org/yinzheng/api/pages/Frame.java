package org.yinzheng.api.pages;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.problem.Problems;

/// What every page shares: head, masthead, foot.
public final class Frame {
    private Frame() {}

    static void send(RoutingContext request, Lang lang, String title, Html main) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(page(lang, title, main).markup());
    }

    /// The failure handler of pages, and what a browser gets at an address that is none: the same problems, for
    /// people.
    public static void sendProblem(RoutingContext request) {
        var problem = Problems.of(request);
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        var lang = Lang.of(request);
        var incident = problem.incident().isEmpty()
                ? Html.EMPTY
                : Html.of("<p class=\"quiet\">{} <code>{}</code></p>", lang.of("事件编号", "Incident"), problem.incident());
        var main = Html.of(
                """
                <section class="verdict is-unknown" role="alert">
                  <p class="mark" aria-hidden="true">!</p>
                  <div><h1>{}</h1><p>{}</p>{}</div>
                </section>
                <p><a class="button" href="{}">{}</a></p>
                """,
                lang.of("没有办成", "Not done"),
                lang.of(problem.chinese(), problem.english()),
                incident,
                "/clerk".equals(request.request().path()) ? "/clerk" : "/",
                lang.of("返回", "Back"));
        Problems.head(request, problem).putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
        response.end(page(lang, lang.of("没有办成", "Not done"), main).markup());
        request.request().resume();
    }

    private static Html page(Lang lang, String title, Html main) {
        return Html.of(
                """
                <!doctype html>
                <html lang="{}">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light">
                <title>{} · 印证 Yinzheng</title>
                <link rel="stylesheet" href="/assets/style.css">
                <link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
                </head>
                <body>
                <a class="skip" href="#main">{}</a>
                <header class="masthead">
                  <a class="brand" href="/"><span class="seal" aria-hidden="true">印</span><span><b>印证</b><small>{}</small></span></a>
                  <nav aria-label="{}"><a href="/clerk">{}</a><a href="/my">{}</a><a class="lang" href="{}" hreflang="{}" lang="{}">{}</a></nav>
                </header>
                <main id="main">
                {}
                </main>
                <footer><p>{}</p><p><a href="/docs">{}</a> · <a href="/openapi.yaml">OpenAPI</a> · AGPL-3.0</p></footer>
                </body>
                </html>
                """,
                lang.tag(),
                title,
                lang.of("跳到正文", "Skip to content"),
                lang.of("电子证照核验", "Electronic licences"),
                lang.of("主导航", "Main"),
                lang.of("核验", "Verify"),
                lang.of("我的证照", "My licences"),
                lang == Lang.ZH ? "?lang=en" : "?lang=zh",
                lang == Lang.ZH ? "en" : "zh-CN",
                lang == Lang.ZH ? "en" : "zh-CN",
                lang == Lang.ZH ? "English" : "中文",
                main,
                lang.of(
                        "核验不保存您上传的文件，只保存结论以备取回执。真实性由签名判定，在案状态由登记判定。",
                        "Files sent here for verification are not kept, the answers are, for their receipts. Signatures decide what is genuine, the registry what is in force."),
                lang.of("接口文档", "API documentation"));
    }
}
