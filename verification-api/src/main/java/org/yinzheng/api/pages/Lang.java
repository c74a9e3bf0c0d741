package org.yinzheng.api.pages;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.signing.verdict.Bilingual;

/// The language of a page: Chinese, unless somebody switched.
public enum Lang {
    ZH("zh-CN"),
    EN("en");

    private static final String COOKIE = "yinzheng_lang";
    private static final long YEAR_SECONDS = 365L * 24 * 3600;

    private final String tag;

    Lang(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    String of(String zh, String en) {
        return this == ZH ? zh : en;
    }

    String of(Bilingual text) {
        return of(text.zh(), text.en());
    }

    /// `?lang=en` switches and is remembered.
    static Lang of(RoutingContext request) {
        var asked = request.request().getParam("lang");
        if ("en".equals(asked) || "zh".equals(asked)) {
            request.response()
                    .addCookie(Cookie.cookie(COOKIE, asked)
                            .setPath("/")
                            .setMaxAge(YEAR_SECONDS)
                            .setHttpOnly(true)
                            .setSameSite(CookieSameSite.LAX));
            return "en".equals(asked) ? EN : ZH;
        }
        var kept = request.request().getCookie(COOKIE);
        return kept != null && "en".equals(kept.getValue()) ? EN : ZH;
    }
}
