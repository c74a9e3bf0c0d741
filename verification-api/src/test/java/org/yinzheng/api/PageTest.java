package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static RunningService running;
    private static Browser browser;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/clerk", "/my", "/sign-in", "/docs", "/nowhere", "/api/v1/licence-types", "/healthz"})
    void everyAnswer_forbidsInlineScript(String path) {
        var answer = browser.get(path, "Accept", "text/html");

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe-inline")
                .doesNotContain("unsafe-eval")
                .doesNotContain("http");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.text())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("<[^>]+ (style|on[a-z]+)=");
    }

    @Test
    void language_switchesAndIsRemembered() {
        var english = browser.get("/?lang=en");
        var cookie = english.header("Set-Cookie");

        assertThat(browser.get("/").text()).contains("lang=\"zh-CN\"");
        assertThat(english.text()).contains("<html lang=\"en\"");
        assertThat(browser.get("/clerk", "Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .text())
                .contains("Verify a licence");
    }

    @Test
    void whatCameFromOutside_isEscaped() {
        var answer = browser.get("/sign-in?lang=%22%3E%3Cscript%3E");

        assertThat(answer.text()).doesNotContain("\"><script>");
    }

    @Test
    void unknownAddress_isAPageForBrowsersAndAProblemForPrograms() {
        var page = browser.get("/nowhere", "Accept", "text/html");
        var problem = browser.get("/nowhere");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.code()).isEqualTo("not-found");
        assertThat(problem.json().path("details").path("zh").asText()).isNotEmpty();
    }

    @Test
    void wrongMethod_is405() {
        assertThat(browser.post("/healthz", "text/plain", new byte[] {'x'}).code())
                .isEqualTo("method-not-allowed");
    }

    @Test
    void asset_isNotSentTwice() {
        var etag = browser.get("/assets/style.css").header("ETag");

        assertThat(browser.get("/assets/style.css", "If-None-Match", etag).status())
                .isEqualTo(304);
    }
}
