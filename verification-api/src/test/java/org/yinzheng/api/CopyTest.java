package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.testdata.DemoPeople;

/// 加注件 over HTTP and on the page.
class CopyTest {
    private static final DemoPeople.Citizen CITIZEN = DemoPeople.citizens().getFirst();

    private static RunningService running;
    private static Browser browser;
    private static String issuer;
    private static String citizen;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        issuer = browser.bearer(RunningService.ISSUER);
        citizen = browser.bearer(RunningService.CITIZEN);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void holdersCopy_isGenuine_forItsUseAndNoOther_whileTheLicenceIsInForce() {
        var licence = issue();
        var made = make(licence, citizen, order());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        OpenApi.follows("Copy", made.json());
        assertThat(made.json().path("madeAs").asText()).isEqualTo("HOLDER");
        var pdf = browser.send(browser.request(made.json().path("href").asText())
                        .header("Authorization", citizen)
                        .GET())
                .response()
                .body();
        var here = verify(pdf, Map.of("purpose", "办理公积金贷款"));
        assertThat(code(here, "genuine")).isEqualTo("GENUINE_COPY");
        assertThat(code(here, "inForce")).isEqualTo("COPY_IN_FORCE");
        assertThat(code(here, "holder")).isEqualTo("HOLDER_NOT_ASKED");
        assertThat(here.at("/standing/copy/purpose").asText()).isEqualTo("公积金贷款");
        assertThat(here.at("/answers/inForce/zh").asText())
                .contains("仅限办理公积金贷款使用")
                .contains("云泽市公积金中心");
        OpenApi.follows("Verification", here);

        var elsewhere = verify(pdf, Map.of("purpose", "子女入学", "holder", CITIZEN.id()));
        assertThat(code(elsewhere, "holder")).isEqualTo("PURPOSE_DIFFERS");
        assertThat(elsewhere.at("/answers/holder/value").asText()).isEqualTo("NO");
        assertThat(code(verify(pdf, Map.of()), "holder")).isEqualTo("PURPOSE_NOT_ASKED");
        assertThat(code(verify(pdf, Map.of("purpose", "公积金贷款", "holder", CITIZEN.id())), "holder"))
                .isEqualTo("HOLDER_MATCHES");

        change(licence, "suspension");
        var suspended = verify(pdf, Map.of("purpose", "公积金贷款"));
        assertThat(code(suspended, "genuine")).isEqualTo("GENUINE_COPY");
        assertThat(code(suspended, "inForce")).isEqualTo("LICENCE_SUSPENDED");
        assertThat(make(licence, citizen, order()).code()).isEqualTo("not-in-force");
    }

    @Test
    void standingOfACopy_isThatOfItsLicence_withWhatTheCopyIsFor() {
        var licence = issue();
        var copy = make(licence, citizen, order()).json();
        var standing = browser.get("/api/v1/standing/" + copy.path("id").asText());

        OpenApi.follows("StandingFact", standing.json());
        assertThat(standing.json().path("licenceId").asText()).isEqualTo(licence);
        assertThat(standing.json().at("/copy/purpose").asText()).isEqualTo("公积金贷款");
        assertThat(standing.json().at("/copy/expired").asBoolean()).isFalse();
        assertThat(browser.get("/api/v1/standing/JZ-" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void copyAfterItsLastDay_isGenuine_andNotToBeUsed() {
        var licence = issue();
        var copy = make(licence, citizen, order()).json();
        var pdf = document(copy);
        var later = Clock.offset(Clock.systemUTC(), Duration.ofDays(31));
        try (var inAMonth =
                RunningService.start(Limits.defaults(), _ -> Machine.get().countingCopiesBy(later))) {
            var there = inAMonth.browser();
            var answer = verify(there, pdf, Map.of("purpose", "公积金贷款", "holder", CITIZEN.id()));

            assertThat(code(answer, "genuine")).isEqualTo("GENUINE_COPY");
            assertThat(code(answer, "inForce")).isEqualTo("COPY_EXPIRED");
            assertThat(answer.at("/answers/inForce/value").asText()).isEqualTo("NO");
            assertThat(answer.at("/answers/next/zh").asText()).contains("重新制作加注件");
            assertThat(answer.at("/standing/copy/expired").asBoolean()).isTrue();
            var standing = there.get("/api/v1/standing/" + copy.path("id").asText());
            assertThat(standing.json().at("/copy/expired").asBoolean()).isTrue();
        }
        // the day before it was good
        assertThat(code(verify(pdf, Map.of("purpose", "公积金贷款")), "inForce")).isEqualTo("COPY_IN_FORCE");
    }

    @Test
    void copyOfAnotherCity_isHeldToTheUseThatItNames() {
        var copy = make(issue(), citizen, order()).json();
        var pdf = document(copy);
        var id = UUID.fromString(copy.path("id").asText().substring("JZ-".length()));
        Machine.get().withoutRecordOf(id, () -> {
            var fits = verify(pdf, Map.of("purpose", "公积金贷款", "holder", CITIZEN.id()));
            assertThat(code(fits, "genuine")).isEqualTo("GENUINE_COPY");
            assertThat(code(fits, "holder")).isEqualTo("HOLDER_NOT_ON_RECORD");
            var elsewhere = verify(pdf, Map.of("purpose", "子女入学", "holder", CITIZEN.id()));
            assertThat(code(elsewhere, "holder")).isEqualTo("PURPOSE_DIFFERS");
            assertThat(elsewhere.at("/answers/holder/zh").asText()).contains("仅限办理公积金贷款使用");
            assertThat(code(verify(pdf, Map.of()), "holder")).isEqualTo("PURPOSE_NOT_ASKED");
        });
        assertThat(code(verify(pdf, Map.of("purpose", "公积金贷款", "holder", CITIZEN.id())), "holder"))
                .isEqualTo("HOLDER_MATCHES");
    }

    @Test
    void changedCopy_isNotGenuine() {
        var pdf = document(make(issue(), citizen, order()).json());
        pdf[pdf.length / 3] ^= 1;

        assertThat(verify(pdf, Map.of()).at("/answers/genuine/value").asText()).isNotEqualTo("YES");
    }

    @Test
    void sameKey_makesOne_otherOrderIsRefused() {
        var licence = issue();
        var key = Asked.newKey();
        var first = make(licence, issuer, order(), key);
        assertThat(first.json().path("madeAs").asText()).isEqualTo("AUTHORITY");
        var again = make(licence, issuer, order(), key);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(make(licence, issuer, order().put("purpose", "其他"), key).code())
                .isEqualTo("idempotency-key-reused");
        assertThat(browser.get("/api/v1/licences/" + licence + "/copies", "Authorization", issuer)
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void strangers_seeAndMakeNothing() {
        var licence = issue();
        var copy = make(licence, citizen, order()).json();
        var other = browser.bearer(RunningService.OTHER_CITIZEN);

        assertThat(make(licence, other, order()).status()).isEqualTo(404);
        assertThat(browser.get(copy.path("href").asText(), "Authorization", other)
                        .status())
                .isEqualTo(404);
        assertThat(browser.get("/api/v1/copies/JZ-" + UUID.randomUUID(), "Authorization", citizen)
                        .status())
                .isEqualTo(404);
        assertThat(browser.get("/api/v1/copies/x", "Authorization", citizen).status())
                .isEqualTo(404);
    }

    @Test
    void badOrders_nameTheField() {
        var licence = issue();
        var today = LocalDate.now(ZoneId.of("Asia/Shanghai"));

        assertThat(make(licence, citizen, order().put("purpose", "仅限办理使用")).code())
                .isEqualTo("purpose");
        assertThat(make(licence, citizen, order().put("recipient", " ")).code()).isEqualTo("recipient");
        assertThat(make(
                                licence,
                                citizen,
                                order().put("lastDay", today.minusDays(2).toString()))
                        .code())
                .isEqualTo("last-day");
        assertThat(make(
                                licence,
                                citizen,
                                order().put("lastDay", today.plusYears(2).toString()))
                        .code())
                .isEqualTo("last-day");
    }

    @Test
    void madeOnThePage_isListedOnIt() {
        var licence = issue();
        var cookie = "yinzheng_session=" + citizen.substring("Bearer ".length());
        var page = "/my/licences/" + licence + "/copies";
        assertThat(browser.get(page, "Cookie", cookie).text()).contains("接收单位");
        var sent = browser.send(browser.request(page)
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("key=" + Asked.newKey() + "&purpose=school&recipient=city&lastDay="
                        + LocalDate.now(ZoneId.of("Asia/Shanghai")))));

        assertThat(sent.status()).isEqualTo(303);
        assertThat(browser.get(page, "Cookie", cookie).text())
                .contains("仅限办理school使用")
                .contains("期限内");
        assertThat(browser.get("/my", "Cookie", cookie).text()).contains("制作加注件");
    }

    @Test
    void madeCopy_isInTheAuditLog_withoutItsUse() {
        var licence = issue();
        var copy = make(licence, citizen, order()).json();
        var log = browser.get(
                        "/api/v1/audit/entries?action=licence.copy&subject=" + licence,
                        "Authorization",
                        browser.bearer(RunningService.AUDIT_ADMIN))
                .text();

        assertThat(log).contains(copy.path("id").asText()).doesNotContain("公积金");
    }

    private static byte[] document(JsonNode copy) {
        return browser.send(browser.request(copy.path("href").asText())
                        .header("Authorization", citizen)
                        .GET())
                .response()
                .body();
    }

    private static JsonNode verify(byte[] pdf, Map<String, String> fields) {
        return verify(browser, pdf, fields);
    }

    private static JsonNode verify(Browser browser, byte[] pdf, Map<String, String> fields) {
        var boundary = "b-" + UUID.randomUUID();
        var head = new StringBuilder();
        fields.forEach((name, value) -> head.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\""
                + name + "\"\r\n\r\n" + value + "\r\n"));
        head.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"copy.pdf\"\r\n"
                + "Content-Type: application/pdf\r\n\r\n");
        var body = BodyPublishers.concat(
                BodyPublishers.ofString(head.toString()),
                BodyPublishers.ofByteArray(pdf),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        return browser.send(browser.request("/api/v1/verifications")
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(body))
                .json();
    }

    private static String code(JsonNode verification, String question) {
        return verification.at("/answers/" + question + "/code").asText();
    }

    private static Browser.Answer make(String licence, String who, ObjectNode order) {
        return make(licence, who, order, Asked.newKey());
    }

    private static Browser.Answer make(String licence, String who, ObjectNode order, String key) {
        return browser.post(
                "/api/v1/licences/" + licence + "/copies", order, "Authorization", who, "Idempotency-Key", key);
    }

    private static ObjectNode order() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("purpose", "公积金贷款")
                .put("recipient", "云泽市公积金中心")
                .put(
                        "lastDay",
                        LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(30).toString());
    }

    private static void change(String licence, String change) {
        var grounds = JsonNodeFactory.instance
                .objectNode()
                .put("reasonCode", "inspection")
                .put("legalBasis", "《行政许可法》第六十一条");
        assertThat(browser.post("/api/v1/licences/" + licence + "/" + change, grounds, "Authorization", issuer)
                        .status())
                .isEqualTo(200);
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
}
