package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.testdata.DemoPeople;

/// What happens to a licence after it is issued, over HTTP.
class LifeTest {
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
    void suspendedResumedRevoked_isToldToEverybody_andKeptInItsHistory() {
        var id = issue();

        assertThat(change(id, "suspension").status()).isEqualTo(200);
        assertThat(inForce(id)).isEqualTo("LICENCE_SUSPENDED");
        assertThat(change(id, "suspension").code()).isEqualTo("not-in-force");
        assertThat(change(id, "resumption").status()).isEqualTo(200);
        assertThat(inForce(id)).isEqualTo("LICENCE_IN_FORCE");
        assertThat(change(id, "revocation").status()).isEqualTo(200);
        assertThat(change(id, "revocation").status()).isEqualTo(200);
        assertThat(change(id, "resumption").code()).isEqualTo("not-in-force");

        var history =
                browser.get(path(id) + "/history", "Authorization", issuer).json();
        OpenApi.follows("History", history);
        assertThat(history.path("transitions"))
                .extracting(line -> line.path("to").asText())
                .containsExactly("IN_FORCE", "SUSPENDED", "IN_FORCE", "REVOKED");
        assertThat(history.at("/transitions/1/actor").asText()).isEqualTo(RunningService.ISSUER);
    }

    @Test
    void holder_readsTheHistoryWithoutNames_andChangesNothing() {
        var id = issue();
        change(id, "suspension");

        var history = browser.get(path(id) + "/history", "Authorization", citizen);

        assertThat(history.status()).isEqualTo(200);
        assertThat(history.text()).doesNotContain(RunningService.ISSUER);
        assertThat(browser.get(path(id) + "/history", "Authorization", other).status())
                .isEqualTo(404);
        assertThat(browser.post(path(id) + "/resumption", grounds(), "Authorization", citizen)
                        .code())
                .isEqualTo("role-missing");
    }

    @Test
    void anotherAuthoritysIssuer_findsNothingToChange() {
        var company = Asked.businessLicence(DemoPeople.companies().get(0));
        var id = browser.post("/api/v1/licences", company, "Authorization", issuer, "Idempotency-Key", Asked.newKey())
                .json()
                .path("id")
                .asText();
        var police = browser.bearer(RunningService.POLICE_ISSUER);

        for (var change : new String[] {"suspension", "resumption", "revocation"}) {
            assertThat(browser.post(path(id) + "/" + change, grounds(), "Authorization", police)
                            .code())
                    .as(change)
                    .isEqualTo("not-found");
        }
        assertThat(inForce(id)).isEqualTo("LICENCE_IN_FORCE");
    }

    @Test
    void changeOfWhatWasNotSeen_is412() {
        var id = issue();
        var seen = browser.get(path(id), "Authorization", issuer).header("ETag");
        change(id, "suspension");

        var late = browser.post(path(id) + "/revocation", grounds(), "Authorization", issuer, "If-Match", seen);

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("licence-changed");
        assertThat(inForce(id)).isEqualTo("LICENCE_SUSPENDED");
        var now = browser.get(path(id), "Authorization", issuer).header("ETag");
        assertThat(browser.post(path(id) + "/revocation", grounds(), "Authorization", issuer, "If-Match", now)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void sameKey_isDoneOnce_andNotForSomethingElse() {
        var id = issue();
        var key = Asked.newKey();

        for (int i = 0; i < 2; i++) {
            assertThat(browser.post(
                                    path(id) + "/suspension",
                                    grounds(),
                                    "Authorization",
                                    issuer,
                                    "Idempotency-Key",
                                    key)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(browser.post(path(id) + "/resumption", grounds(), "Authorization", issuer, "Idempotency-Key", key)
                        .code())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void disputedByItsHolder_thenCorrected_leadsToTheNewOne() {
        var id = issue();
        var filed = file(id, citizen);
        OpenApi.follows("Dispute", filed.json());
        assertThat(filed.status()).isEqualTo(201);
        assertThat(inForce(id)).isEqualTo("LICENCE_DISPUTED");
        assertThat(file(id, issuer).code()).isEqualTo("dispute-open");
        var document = browser.get(path(id) + "/renditions/pdf", "Authorization", citizen);
        var verified = browser.post(
                "/api/v1/verifications", "application/pdf", document.response().body());
        assertThat(verified.json().at("/answers/genuine/value").asText()).isEqualTo("YES");
        assertThat(verified.json().at("/answers/inForce/code").asText()).isEqualTo("LICENCE_DISPUTED");

        var corrected = correct(id);

        OpenApi.follows("Licence", corrected.json());
        assertThat(corrected.status()).isEqualTo(201);
        var successor = corrected.json().path("id").asText();
        var standing = browser.get("/api/v1/standing/" + id).json();
        OpenApi.follows("StandingFact", standing);
        assertThat(standing.path("supersededBy").asText()).isEqualTo(successor);
        assertThat(browser.get("/v/" + id).text()).contains("/v/" + successor);
        assertThat(inForce(successor)).isEqualTo("LICENCE_IN_FORCE");
        var dispute =
                browser.get(filed.header("Location"), "Authorization", citizen).json();
        assertThat(dispute.path("state").asText()).isEqualTo("CORRECTED");
        assertThat(dispute.path("successor").asText()).isEqualTo(successor);
        assertThat(correct(id).code()).isEqualTo("not-replaceable");
    }

    @Test
    void rejected_isToldWithItsReason_andNotTwice() {
        var id = issue();
        var place = file(id, citizen).header("Location");
        assertThat(browser.get("/api/v1/disputes", "Authorization", issuer).text())
                .contains(id);
        assertThat(browser.get("/api/v1/disputes?overdue=true", "Authorization", issuer)
                        .text())
                .doesNotContain(id);
        assertThat(browser.get(place, "Authorization", other).status()).isEqualTo(404);

        var reason = JsonNodeFactory.instance.objectNode().put("reason", "档案记载与证照一致");
        assertThat(browser.post(place + "/rejection", reason, "Authorization", issuer)
                        .status())
                .isEqualTo(200);

        assertThat(browser.post(place + "/rejection", reason, "Authorization", issuer)
                        .code())
                .isEqualTo("dispute-decided");
        assertThat(browser.get(place, "Authorization", citizen)
                        .json()
                        .path("decision")
                        .asText())
                .contains("档案");
        assertThat(inForce(id)).isEqualTo("LICENCE_IN_FORCE");
    }

    @Test
    void disputeOfSomebodyElsesLicence_orOfNoField_isRefused() {
        var id = issue();

        assertThat(file(id, other).code()).isEqualTo("not-found");
        var noField = claim();
        noField.withArray("/fields").removeAll().addObject().put("field", "KZ_NONE");
        assertThat(browser.post(
                                path(id) + "/disputes",
                                noField,
                                "Authorization",
                                citizen,
                                "Idempotency-Key",
                                Asked.newKey())
                        .code())
                .isEqualTo("field-unknown");
    }

    @Test
    void withdrawnByWhoeverFiledIt_isNoLongerDisputed() {
        var id = issue();
        var dispute = file(id, citizen).json().path("id").asText();
        assertThat(withdraw(dispute, issuer).code()).isEqualTo("dispute-not-yours");
        assertThat(withdraw(dispute, other).status()).isEqualTo(404);

        var withdrawn = withdraw(dispute, citizen);
        assertThat(withdrawn.status()).as(withdrawn.text()).isEqualTo(200);
        OpenApi.follows("Dispute", withdrawn.json());
        assertThat(withdrawn.json().path("state").asText()).isEqualTo("WITHDRAWN");
        assertThat(inForce(id)).isEqualTo("LICENCE_IN_FORCE");
        assertThat(withdraw(dispute, citizen).code()).isEqualTo("dispute-decided");
        assertThat(file(id, citizen).status()).isEqualTo(201);
    }

    @Test
    void withdrawnOnThePage_isNoLongerDisputed() {
        var id = issue();
        file(id, citizen);
        var cookie = "yinzheng_session=" + citizen.substring("Bearer ".length());
        var page = "/my/licences/" + id + "/dispute";
        assertThat(browser.get(page, "Cookie", cookie).text()).contains("撤回异议").contains("柳浪路19号");

        var sent = browser.send(browser.request(page + "/withdrawal")
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("")));
        assertThat(sent.status()).isEqualTo(303);
        assertThat(inForce(id)).isEqualTo("LICENCE_IN_FORCE");
    }

    private static Browser.Answer withdraw(String dispute, String who) {
        return browser.post(
                "/api/v1/disputes/" + dispute + "/withdrawal",
                JsonNodeFactory.instance.objectNode(),
                "Authorization",
                who);
    }

    @Test
    void filedOnThePage_isShownOnIt() {
        var id = issue();
        var cookie = "yinzheng_session=" + citizen.substring("Bearer ".length());
        var page = "/my/licences/" + id + "/dispute";
        assertThat(browser.get(page, "Cookie", cookie).text()).contains("应当是").contains("KZ_ZZ");

        var sent = browser.send(browser.request(page)
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("key=" + Asked.newKey() + "&field=KZ_ZZ&shouldBe=&reason=wrong")));

        assertThat(sent.status()).isEqualTo(303);
        assertThat(browser.get("/my", "Cookie", cookie).text()).contains("异议中");
        assertThat(browser.get("/v/" + id).text()).contains("异议中");
        var foreign = browser.send(browser.request(page)
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("key=x&field=KZ_ZZ&shouldBe=&reason=wrong")));
        assertThat(foreign.status()).isEqualTo(403);
    }

    @Test
    void severalHolders_eachReadsIt() {
        var request = Asked.residencePermit(CITIZEN);
        var spouse = DemoPeople.citizens().get(1);
        request.putArray("others")
                .addObject()
                .put("role", "SPOUSE")
                .put("holderId", spouse.id())
                .put("holderName", spouse.name());
        var made =
                browser.post("/api/v1/licences", request, "Authorization", issuer, "Idempotency-Key", Asked.newKey());

        assertThat(made.status()).isEqualTo(201);
        OpenApi.follows("Licence", made.json());
        var id = made.json().path("id").asText();
        assertThat(browser.get(path(id), "Authorization", other).status()).isEqualTo(200);
        assertThat(browser.get("/api/v1/me/licences", "Authorization", other).text())
                .contains(id);
    }

    private static String issue() {
        return browser.post(
                        "/api/v1/licences",
                        Asked.residencePermit(CITIZEN),
                        "Authorization",
                        issuer,
                        "Idempotency-Key",
                        Asked.newKey())
                .json()
                .path("id")
                .asText();
    }

    private static Browser.Answer correct(String id) {
        var request = Asked.residencePermit(CITIZEN);
        request.remove("type");
        request.set("grounds", grounds());
        request.withObject("/data").put("KZ_ZZ", "云泽市柳浪路19号");
        return browser.post(
                path(id) + "/correction", request, "Authorization", issuer, "Idempotency-Key", Asked.newKey());
    }

    private static Browser.Answer file(String id, String who) {
        return browser.post(path(id) + "/disputes", claim(), "Authorization", who, "Idempotency-Key", Asked.newKey());
    }

    private static Browser.Answer change(String id, String change) {
        return browser.post(path(id) + "/" + change, grounds(), "Authorization", issuer);
    }

    private static String inForce(String id) {
        var question = JsonNodeFactory.instance.objectNode().put("licenceId", id);
        JsonNode answer = browser.post("/api/v1/verifications", question).json();
        return answer.at("/answers/inForce/code").asText();
    }

    private static ObjectNode grounds() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reasonCode", "inspection")
                .put("legalBasis", "《行政许可法》第六十一条");
    }

    private static ObjectNode claim() {
        var claim = JsonNodeFactory.instance.objectNode().put("reason", "门牌号写错了");
        claim.putArray("fields").addObject().put("field", "KZ_ZZ").put("shouldBe", "云泽市柳浪路19号");
        return claim;
    }

    private static String path(String id) {
        return "/api/v1/licences/" + id;
    }
}
