package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.testdata.CheckDigits;
import org.yinzheng.testdata.DemoPeople;

class LicenceTest {
    private static final DemoPeople.Citizen CITIZEN = DemoPeople.citizens().get(0);

    private static RunningService running;
    private static Browser browser;
    private static String issuer;
    private static String citizen;
    private static String other;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        issuer = browser.bearer(RunningService.ISSUER);
        citizen = browser.bearer(RunningService.CITIZEN);
        other = browser.bearer(RunningService.OTHER_CITIZEN);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void issued_isFoundFetchedAndVerified() {
        var answer = issue(Asked.newKey());
        var id = answer.json().path("id").asText();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/licences/" + id);
        for (var format : new String[] {"pdf", "ofd"}) {
            var document = browser.get("/api/v1/licences/" + id + "/renditions/" + format, "Authorization", citizen);
            var verified = browser.post(
                    "/api/v1/verifications",
                    "application/octet-stream",
                    document.response().body());

            assertThat(document.header("Content-Disposition")).startsWith("attachment");
            assertThat(verified.json().path("indication").asText()).isEqualTo("TOTAL-PASSED");
            assertThat(verified.json().at("/answers/genuine/value").asText()).isEqualTo("YES");
            assertThat(verified.json().at("/answers/inForce/value").asText()).isEqualTo("YES");
            assertThat(verified.json().at("/standing/licenceId").asText()).isEqualTo(id);
        }
    }

    @Test
    void holdersNumber_leavesMasked() {
        var answer = issue(Asked.newKey());

        assertThat(answer.text()).doesNotContain(CITIZEN.id());
        assertThat(answer.json().at("/holder/maskedId").asText()).contains("**");
    }

    @Test
    void sameKeySameRequest_isTheSameLicence() {
        var key = Asked.newKey();
        var first = issue(key);
        var second = issue(key);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void sameKeyOtherData_is409() {
        var key = Asked.newKey();
        issue(key);
        var changed = Asked.residencePermit(CITIZEN);
        changed.put("validFrom", "2026-11-02");

        var answer = browser.post("/api/v1/licences", changed, "Authorization", issuer, "Idempotency-Key", key);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void keyMissing_is400() {
        var answer = browser.post("/api/v1/licences", Asked.residencePermit(CITIZEN), "Authorization", issuer);

        assertThat(answer.code()).isEqualTo("header-missing");
    }

    @Test
    void wrongCheckDigit_is422AndNamesTheFieldNotTheNumber() {
        var spoilt = CheckDigits.spoilt(CITIZEN.id());
        var request = Asked.residencePermit(CITIZEN).put("holderId", spoilt);

        var answer = ask(request);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("check-digit");
        assertThat(answer.json().path("field").asText()).isEqualTo("holderId");
        assertThat(answer.text()).doesNotContain(spoilt);
    }

    @Test
    void characterThatNoFontHas_is422AndNamesTheField() {
        var request = Asked.residencePermit(CITIZEN);
        request.withObject("/data").put("KZ_ZZ", "临湖区柳浪街道\uDBC0\uDC00路18号");

        var answer = ask(request);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("missing-glyph");
        assertThat(answer.json().path("field").asText()).isNotEmpty();
    }

    @Test
    void memberThatTheContractDoesNotKnow_is422() {
        assertThat(ask(Asked.residencePermit(CITIZEN).put("holderID", "x")).code())
                .isEqualTo("unknown-member");
    }

    @Test
    void notJson_is400() {
        var answer = browser.post(
                "/api/v1/licences",
                "application/json",
                "{\"type\":\"a\",\"type\":\"b\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "Authorization",
                issuer,
                "Idempotency-Key",
                Asked.newKey());

        assertThat(answer.code()).isEqualTo("body-not-json");
    }

    @Test
    void othersLicence_is404() {
        var path = "/api/v1/licences/" + issue(Asked.newKey()).json().path("id").asText();

        assertThat(browser.get(path, "Authorization", citizen).status()).isEqualTo(200);
        assertThat(browser.get(path, "Authorization", other).code()).isEqualTo("not-found");
        assertThat(browser.get(path + "/renditions/pdf", "Authorization", other).status())
                .isEqualTo(404);
        assertThat(browser.get("/api/v1/me/licences", "Authorization", other).text())
                .doesNotContain(CITIZEN.name());
    }

    @Test
    void otherAuthoritysLicence_is404ToAnIssuer() {
        var police = browser.bearer(RunningService.POLICE_ISSUER);
        var business = ask(Asked.businessLicence(DemoPeople.companies().get(0)));
        var path = "/api/v1/licences/" + business.json().path("id").asText();

        assertThat(browser.get(path, "Authorization", issuer).status()).isEqualTo(200);
        assertThat(browser.get(path, "Authorization", police).status()).isEqualTo(404);
        assertThat(browser.post(path + "/revocation", revocation(), "Authorization", police)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void search_findsByHolderAndByNumber() {
        var licence = issue(Asked.newKey()).json();
        var byHolder = JsonNodeFactory.instance.objectNode().put("holderId", CITIZEN.id());
        var byNumber = JsonNodeFactory.instance
                .objectNode()
                .put("type", "居住证")
                .put("number", licence.path("number").asText());

        assertThat(search(byHolder).text()).contains(licence.path("id").asText());
        assertThat(search(byNumber).json().at("/items/0/id")).isEqualTo(licence.path("id"));
    }

    @Test
    void pages_holdEveryLicenceOnce() {
        for (int i = 0; i < 3; i++) {
            issue(Asked.newKey());
        }
        var seen = new java.util.ArrayList<String>();
        var path = "/api/v1/me/licences";
        for (var next = path; !next.isEmpty(); ) {
            var page = browser.get(next, "Authorization", citizen).json();
            page.path("items").forEach(item -> seen.add(item.path("id").asText()));
            next = page.has("next") ? path + "?cursor=" + page.path("next").asText() : "";
        }
        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(3);
        assertThat(browser.get(path + "?cursor=nonsense", "Authorization", citizen)
                        .code())
                .isEqualTo("cursor");
    }

    @Test
    void revoked_isRevokedEverywhere() {
        var id = issue(Asked.newKey()).json().path("id").asText();
        var path = "/api/v1/licences/" + id;
        var document = browser.get(path + "/renditions/pdf", "Authorization", citizen)
                .response()
                .body();

        var revoked = browser.post(path + "/revocation", revocation(), "Authorization", issuer);
        var standing = browser.get("/api/v1/standing/" + id);
        var verified = browser.post("/api/v1/verifications", "application/pdf", document)
                .json();

        assertThat(revoked.json().path("standing").asText()).isEqualTo("REVOKED");
        assertThat(standing.json().path("standing").asText()).isEqualTo("REVOKED");
        assertThat(standing.text()).doesNotContain(CITIZEN.name()).doesNotContain("holder");
        assertThat(verified.at("/answers/genuine/value").asText()).isEqualTo("YES");
        assertThat(verified.at("/answers/inForce/value").asText()).isEqualTo("NO");
        assertThat(browser.get("/v/" + id).text()).contains("吊销").doesNotContain(CITIZEN.name());
    }

    @Test
    void rendition_isNotSentToWhoHasIt() {
        var path = "/api/v1/licences/" + issue(Asked.newKey()).json().path("id").asText() + "/renditions/pdf";
        var etag = browser.get(path, "Authorization", citizen).header("ETag");

        assertThat(browser.get(path, "Authorization", citizen, "If-None-Match", etag)
                        .status())
                .isEqualTo(304);
        assertThat(browser.get(path.replace("pdf", "doc"), "Authorization", citizen)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void unknownIdentifier_is404() {
        assertThat(browser.get("/api/v1/standing/1.2.3").code()).isEqualTo("not-found");
        assertThat(browser.get("/v/1.2.3").status()).isEqualTo(404);
    }

    @Test
    void metrics_countIssuesAndVerifications() {
        issue(Asked.newKey());
        browser.post("/api/v1/verifications", "application/octet-stream", new byte[] {'x'});

        assertThat(browser.get("/metrics").text())
                .contains("yinzheng_issues_total{outcome=\"issued\"}")
                .containsPattern("yinzheng_verifications_total\\{indication=\"MALFORMED\"} [1-9]")
                .contains("yinzheng_ready{part=\"token\"} 1.0")
                .contains("yinzheng_ready{part=\"database\"} 1.0");
    }

    private static com.fasterxml.jackson.databind.JsonNode revocation() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reasonCode", "forged-application")
                .put("legalBasis", "《行政许可法》第六十九条");
    }

    private static Browser.Answer search(com.fasterxml.jackson.databind.JsonNode query) {
        return browser.post("/api/v1/licences/search", query, "Authorization", issuer);
    }

    private static Browser.Answer issue(String key) {
        return browser.post(
                "/api/v1/licences", Asked.residencePermit(CITIZEN), "Authorization", issuer, "Idempotency-Key", key);
    }

    private static Browser.Answer ask(com.fasterxml.jackson.databind.JsonNode request) {
        return browser.post("/api/v1/licences", request, "Authorization", issuer, "Idempotency-Key", Asked.newKey());
    }
}
