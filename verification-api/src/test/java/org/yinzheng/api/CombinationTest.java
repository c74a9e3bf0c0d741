package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.testdata.DemoPeople;

/// 一业一证 over HTTP and on the pages.
class CombinationTest {
    private static final DemoPeople.Company COMPANY = DemoPeople.companies().getFirst();
    private static final String COMBINED = "行业综合许可证";

    private static RunningService running;
    private static Browser browser;
    private static String issuer;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        issuer = browser.bearer(RunningService.ISSUER);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void partSuspendedThenCorrected_isToldWithTheWhole_byTypeAndMaskedNumber() {
        var food = issue(permit("食品经营许可证")).json();
        var tobacco = issue(permit("烟草专卖零售许可证")).json();
        var made = issue(combined(List.of(id(food), id(tobacco))));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        OpenApi.follows("Licence", made.json());
        assertThat(inForce(id(made.json())).path("code").asText()).isEqualTo("LICENCE_IN_FORCE");

        change(id(tobacco), "suspension");
        var answer = inForce(id(made.json()));
        assertThat(answer.path("code").asText()).isEqualTo("PART_SUSPENDED");
        assertThat(answer.path("value").asText()).isEqualTo("NO");
        assertThat(answer.path("zh").asText())
                .contains("烟草专卖零售许可证")
                .doesNotContain(tobacco.path("number").asText());
        var standing = browser.get("/api/v1/standing/" + id(made.json())).json();
        OpenApi.follows("StandingFact", standing);
        assertThat(standing.path("standing").asText()).isEqualTo("SUSPENDED");
        assertThat(standing.path("because").asText()).isEqualTo(id(tobacco));
        assertThat(browser.get("/v/" + id(made.json())).text()).contains("所含证照").contains("暂扣");

        change(id(tobacco), "resumption");
        var correction = permit("烟草专卖零售许可证");
        correction.remove("type");
        correction.set("grounds", grounds());
        var newer = browser.post(
                "/api/v1/licences/" + id(tobacco) + "/correction",
                correction,
                "Authorization",
                issuer,
                "Idempotency-Key",
                Asked.newKey());
        assertThat(newer.status()).as(newer.text()).isEqualTo(201);
        assertThat(inForce(id(made.json())).path("code").asText()).isEqualTo("PART_SUPERSEDED");
        assertThat(browser.get("/v/" + id(made.json())).text()).contains("/v/" + id(newer.json()));
        var cookie =
                "yinzheng_session=" + browser.bearer(RunningService.COMPANY).substring("Bearer ".length());
        assertThat(browser.get("/my", "Cookie", cookie).text()).contains("所含证照");
    }

    @Test
    void partNotInForceOrNotTheHolders_isRefused() {
        var food = issue(permit("食品经营许可证")).json();
        var tobacco = issue(permit("烟草专卖零售许可证")).json();
        var theirs =
                issue(Asked.residencePermit(DemoPeople.citizens().getFirst())).json();

        assertThat(issue(combined(List.of(id(food), id(theirs)))).code()).isEqualTo("part-unknown");
        assertThat(issue(combined(List.of(id(food), "nothing"))).code()).isEqualTo("part-unknown");
        assertThat(issue(combined(List.of(id(food)))).code()).isEqualTo("parts");
        change(id(tobacco), "revocation");
        var refused = issue(combined(List.of(id(food), id(tobacco))));
        assertThat(refused.code()).isEqualTo("part-not-in-force");
        assertThat(refused.status()).isEqualTo(409);
    }

    private static Browser.Answer issue(ObjectNode request) {
        return browser.post("/api/v1/licences", request, "Authorization", issuer, "Idempotency-Key", Asked.newKey());
    }

    private static ObjectNode permit(String type) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", type);
        json.put("holderId", COMPANY.creditCode());
        json.put("holderName", COMPANY.name());
        json.set(
                "data",
                Machine.catalogue().type(type).samples().getFirst().data().deepCopy());
        json.put("validFrom", "2026-11-01");
        return json;
    }

    private static ObjectNode combined(List<String> parts) {
        var json = permit(COMBINED);
        json.withObject("/data").remove("KZ_HYZZ");
        var list = json.putArray("parts");
        parts.forEach(list::add);
        return json;
    }

    private static void change(String id, String change) {
        assertThat(browser.post("/api/v1/licences/" + id + "/" + change, grounds(), "Authorization", issuer)
                        .status())
                .isEqualTo(200);
    }

    private static ObjectNode grounds() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reasonCode", "inspection")
                .put("legalBasis", "《行政许可法》第六十一条");
    }

    private static JsonNode inForce(String id) {
        return browser.post(
                        "/api/v1/verifications",
                        JsonNodeFactory.instance.objectNode().put("licenceId", id))
                .json()
                .at("/answers/inForce");
    }

    private static String id(JsonNode licence) {
        return licence.path("id").asText();
    }
}
