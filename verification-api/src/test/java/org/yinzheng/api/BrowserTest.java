package org.yinzheng.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yinzheng.testdata.DemoPeople;

/// The pages as people use them, in a real browser. Leaves pictures of every page in `target/screenshots`.
class BrowserTest {
    private static RunningService running;
    private static Chromium chromium;
    private static byte[] licence;
    private static String licenceId;

    private final List<String> complaints = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        running = RunningService.start();
        chromium = Chromium.start();
        var browser = running.browser();
        var issuer = browser.bearer(RunningService.ISSUER);
        var issued = browser.post(
                "/api/v1/licences",
                Asked.residencePermit(DemoPeople.citizens().getFirst()),
                "Authorization",
                issuer,
                "Idempotency-Key",
                Asked.newKey());
        licenceId = issued.json().path("id").asText();
        licence = browser.get("/api/v1/licences/" + licenceId + "/renditions/pdf", "Authorization", issuer)
                .response()
                .body();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        running.close();
    }

    @BeforeEach
    void openWindow() {
        page = chromium.browser()
                .newContext(new NewContextOptions()
                        .setBaseURL(running.url().toString())
                        .setLocale("zh-CN"))
                .newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void browserHadNothingToComplainAbout() {
        page.context().close();
        assertThat(complaints).isEmpty();
    }

    @Test
    void clerkDropsALicence_readsThatItIsGenuineAndInForce() {
        page.navigate("/clerk");
        picture("clerk");
        page.getByLabel("持证人号码").fill(DemoPeople.citizens().getFirst().id());
        page.getByLabel("用途").fill("开户核验");
        drop("居住证.pdf", licence);

        assertThat(verdict(0)).hasAttribute("data-value", "YES");
        assertThat(verdict(1)).hasAttribute("data-value", "YES");
        assertThat(verdict(2)).hasAttribute("data-code", "HOLDER_MATCHES");
        assertThat(page.locator(".answer").getByText("开户核验")).isVisible();
        assertThat(page.getByText("可以办理")).isVisible();
        page.locator("details").first().locator("summary").click();
        picture("clerk-genuine");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
        picture("clerk-genuine-print");
    }

    @Test
    void clerkChoosesAChangedLicence_readsThatItIsNot() {
        var changed = licence.clone();
        changed[changed.length / 3] ^= 1;
        page.navigate("/clerk");
        choose("改过的居住证.pdf", changed);

        assertThat(verdict(0)).hasAttribute("data-value", "NO");
        assertThat(page.getByText("请勿据此办理")).isVisible();
        picture("clerk-forged");
    }

    @Test
    void clerkNamesAnotherHolder_readsThatItIsNotTheirs() {
        page.navigate("/clerk");
        page.getByLabel("持证人号码").fill(DemoPeople.citizens().get(1).id());
        choose("居住证.pdf", licence);

        assertThat(verdict(0)).hasAttribute("data-value", "YES");
        assertThat(verdict(2)).hasAttribute("data-value", "NO");
        picture("clerk-another-holder");
    }

    @Test
    void clerkUsesTheKeyboardOnly_andGetsTheReceipt() {
        page.navigate("/clerk");
        page.getByLabel("持证人号码").focus();
        page.keyboard().press("Tab");
        assertThat(page.getByLabel("用途")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#file")).isFocused();
        choose("居住证.pdf", licence);
        var receipt = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("打开 PDF 回执"));
        receipt.focus();
        assertThat(receipt).isFocused();

        assertThat(running.browser().get(receipt.getAttribute("href")).header("Content-Type"))
                .isEqualTo("application/pdf");
    }

    @Test
    void answerIsThereAgain_underTheNumberOnTheReceipt() {
        var id = running.browser()
                .post("/api/v1/verifications", "application/pdf", licence)
                .json()
                .path("id")
                .asText();
        page.navigate("/verifications/" + id);

        assertThat(verdict(0)).hasAttribute("data-value", "YES");
        picture("verification");
    }

    @Test
    void clerkChoosesSomethingElse_readsWhatToDo() {
        page.navigate("/clerk");
        choose("<b>笔记.txt", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(verdict(0)).hasAttribute("data-value", "CANNOT_SAY");
        assertThat(page.getByText("请重新选择文件")).isVisible();
        assertThat(page.getByText("<b>笔记.txt")).isVisible();
        picture("clerk-other");
    }

    @Test
    void clerkWithoutScript_readsTheAnswerToo() {
        try (var plain = chromium.browser()
                .newContext(new NewContextOptions()
                        .setBaseURL(running.url().toString())
                        .setJavaScriptEnabled(false))) {
            var window = plain.newPage();
            window.navigate("/clerk?lang=en");
            window.setInputFiles("#file", new FilePayload("permit.pdf", "application/pdf", licence));
            window.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Verify"))
                    .click();

            assertThat(window.locator(".verdict").first()).hasAttribute("data-value", "YES");
            assertThat(window.getByText("Genuine?")).isVisible();
        }
    }

    @Test
    void citizenSignsIn_downloadsTheirLicence() throws IOException {
        page.navigate("/");
        picture("home");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("我的证照"))
                .first()
                .click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("登录")).click();
        assertThat(page.getByText("仅供演示")).isVisible();
        picture("sign-in");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName(DemoPeople.citizens().getFirst().name()))
                .click();
        page.waitForURL("**/my");
        picture("my");

        var download =
                page.waitForDownload(() -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("下载 PDF"))
                        .first()
                        .click());

        assertThat(Files.readAllBytes(download.path())).startsWith('%', 'P', 'D', 'F');
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("退出登录"))
                .click();
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("登录")))
                .isVisible();
    }

    @Test
    void citizenMakesACopy_andDownloadsIt_andTheClerkReadsWhatItIsFor() throws IOException {
        signIn(DemoPeople.citizens().getFirst().name());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("制作加注件"))
                .first()
                .click();
        page.getByLabel("用途").fill("公积金贷款");
        page.getByLabel("接收单位").fill("云泽市住房公积金管理中心");
        picture("copy-form");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("制作"))
                .click();
        assertThat(page.getByText("仅限办理公积金贷款使用").last()).isVisible();
        picture("copies");
        var download =
                page.waitForDownload(() -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("下载 PDF"))
                        .first()
                        .click());

        page.navigate("/clerk");
        page.getByLabel("用途").fill("子女入学");
        choose("加注件.pdf", Files.readAllBytes(download.path()));
        assertThat(verdict(0)).hasAttribute("data-code", "GENUINE_COPY");
        assertThat(verdict(2)).hasAttribute("data-code", "PURPOSE_DIFFERS");
        picture("clerk-copy");
    }

    @Test
    void citizenDisputes_andWithdraws() {
        signIn(DemoPeople.citizens().getFirst().name());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("提出异议"))
                .first()
                .click();
        page.getByLabel("应当是").fill("云泽市柳浪路19号");
        page.getByLabel("理由").fill("门牌号写错了");
        picture("dispute-form");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("提交异议"))
                .click();
        page.waitForURL("**/my");
        picture("my-disputed");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("查看异议"))
                .first()
                .click();
        picture("dispute-filed");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("撤回异议"))
                .click();
        page.waitForURL("**/my");
        assertThat(page.getByText("异议中")).hasCount(0);
    }

    private void signIn(String name) {
        page.navigate("/sign-in");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .click();
        page.waitForURL("**/my");
    }

    @Test
    void pageBehindTheQrCode_tellsStandingOnly() {
        page.navigate("/v/" + licenceId);

        assertThat(page.locator(".verdict")).hasAttribute("data-value", "IN_FORCE");
        assertThat(page.locator("main").textContent())
                .doesNotContain(DemoPeople.citizens().getFirst().name());
        picture("standing");
    }

    @Test
    void documentation_comesUpUnderTheSamePolicy() {
        page.navigate("/docs");

        assertThat(page.getByText("issueLicence")
                        .or(page.locator(".opblock-summary-path"))
                        .first())
                .isVisible();
        picture("docs");
    }

    private com.microsoft.playwright.Locator verdict(int index) {
        return page.locator(".verdict").nth(index);
    }

    private void choose(String name, byte[] content) {
        page.setInputFiles("#file", new FilePayload(name, "application/pdf", content));
        page.waitForSelector(".answer");
    }

    /// As a mouse does it: the page's own handlers see a drop with a file in it.
    private void drop(String name, byte[] content) {
        var transfer = page.evaluateHandle(
                """
                ([name, base64]) => {
                  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
                  const transfer = new DataTransfer();
                  transfer.items.add(new File([bytes], name, { type: "application/pdf" }));
                  return transfer;
                }
                """, List.of(name, java.util.Base64.getEncoder().encodeToString(content)));
        page.dispatchEvent("main", "drop", Map.of("dataTransfer", transfer));
        page.waitForSelector(".answer");
    }

    private void picture(String name) {
        Chromium.picture(page, name);
    }
}
