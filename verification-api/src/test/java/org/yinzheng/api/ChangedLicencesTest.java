package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.testdata.DemoPeople;

/// What the pages say of licences that are not simply in force, in both languages, on a phone and in a window.
class ChangedLicencesTest {
    /// Nobody who signs in: what is disputed here is on no page of other tests.
    private static final DemoPeople.Citizen CITIZEN = DemoPeople.citizens().get(2);
    private static final DemoPeople.Company COMPANY = DemoPeople.companies().getFirst();

    private static RunningService running;
    private static Chromium chromium;
    private static Browser browser;
    private static String issuer;

    @BeforeAll
    static void start() throws Exception {
        running = RunningService.start();
        chromium = Chromium.start();
        browser = running.browser();
        issuer = browser.bearer(RunningService.ISSUER);
    }

    @AfterAll
    static void stop() {
        chromium.close();
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void disputed_isInForce_andSaysSo(String lang) {
        var licence = issue(Asked.residencePermit(CITIZEN));
        var claim = JsonNodeFactory.instance.objectNode().put("reason", "门牌号写错了");
        claim.putArray("fields").addObject().put("field", "KZ_ZZ").put("shouldBe", "云泽市柳浪路19号");
        post("/api/v1/licences/" + licence + "/disputes", claim);

        assertThat(answers(licence, lang, "disputed")).contains(lang.equals("zh") ? "异议" : "disputed");
        assertThat(standing(licence, lang, "disputed")).contains(lang.equals("zh") ? "异议" : "isputed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void superseded_leadsToItsSuccessor(String lang) {
        var licence = issue(Asked.residencePermit(CITIZEN));
        var correction = Asked.residencePermit(CITIZEN);
        correction.remove("type");
        correction.set("grounds", grounds());
        correction.withObject("/data").put("KZ_ZZ", "云泽市柳浪路19号");
        var successor = post("/api/v1/licences/" + licence + "/correction", correction)
                .json()
                .path("id")
                .asText();

        assertThat(answers(licence, lang, "superseded")).contains(successor);
        assertThat(standing(licence, lang, "superseded")).contains(successor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void combinedWithARevokedPart_namesThePart(String lang) {
        var food = issue(permit("食品经营许可证"));
        var tobacco = issue(permit("烟草专卖零售许可证"));
        var combined = permit("行业综合许可证");
        combined.withObject("/data").remove("KZ_HYZZ");
        List.of(food, tobacco).forEach(combined.putArray("parts")::add);
        var whole = issue(combined);
        post("/api/v1/licences/" + tobacco + "/revocation", grounds());

        assertThat(answers(whole, lang, "combined")).contains("烟草专卖零售许可证");
        assertThat(standing(whole, lang, "combined")).contains("烟草专卖零售许可证");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void copyForOneUse_saysForWhich(String lang) {
        var licence = issue(Asked.residencePermit(CITIZEN));
        var order = JsonNodeFactory.instance
                .objectNode()
                .put("purpose", "公积金贷款")
                .put("recipient", "云泽市住房公积金管理中心")
                .put("lastDay", LocalDate.now(ZoneId.of("Asia/Shanghai")).toString());
        var copy = post("/api/v1/licences/" + licence + "/copies", order).json();

        assertThat(answersTo(copy.path("href").asText(), lang, "copy"))
                .contains("公积金贷款")
                .contains("云泽市住房公积金管理中心");
    }

    /// Of the licence's PDF, as the address on a receipt shows it.
    private static String answers(String licence, String lang, String name) {
        return answersTo("/api/v1/licences/" + licence + "/renditions/pdf", lang, name);
    }

    private static String answersTo(String document, String lang, String name) {
        var pdf = browser.get(document, "Authorization", issuer).response().body();
        var id = browser.post("/api/v1/verifications", "application/pdf", pdf)
                .json()
                .path("id")
                .asText();
        return seen("/verifications/" + id, lang, "answer-" + name);
    }

    private static String standing(String licence, String lang, String name) {
        return seen("/v/" + licence, lang, "standing-" + name);
    }

    private static String seen(String path, String lang, String name) {
        try (var context = chromium.browser()
                .newContext(new NewContextOptions().setBaseURL(running.url().toString()))) {
            Page page = context.newPage();
            page.navigate(path + "?lang=" + lang);
            Chromium.picture(page, name + "-" + lang);
            return page.locator("main").innerText();
        }
    }

    private static String issue(ObjectNode request) {
        return post("/api/v1/licences", request).json().path("id").asText();
    }

    private static Browser.Answer post(String path, ObjectNode body) {
        var answer = browser.post(path, body, "Authorization", issuer, "Idempotency-Key", Asked.newKey());
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return answer;
    }

    private static ObjectNode permit(String type) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", type).put("holderId", COMPANY.creditCode()).put("holderName", COMPANY.name());
        json.set(
                "data",
                Machine.catalogue().type(type).samples().getFirst().data().deepCopy());
        return json.put("validFrom", "2026-11-01");
    }

    private static ObjectNode grounds() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reasonCode", "inspection")
                .put("legalBasis", "《行政许可法》第六十九条");
    }
}
