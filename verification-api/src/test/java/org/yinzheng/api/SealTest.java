package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.seals.GuardRails;
import org.yinzheng.testdata.DemoPeople;

/// A seal's life over HTTP.
class SealTest {
    private static final DemoPeople.Authority BODY = DemoPeople.MARKET_SUPERVISION;

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

    @Test
    void fourPeopleInTurn_bringASealIntoUse() {
        var applied = apply(application());
        var path = applied.header("Location");
        assertThat(applied.status()).isEqualTo(201);
        assertThat(applied.json().path("state").asText()).isEqualTo("PENDING");

        assertThat(step(path, RunningService.SECURITY_ADMIN, "approve").status())
                .isEqualTo(200);
        for (var suite : List.of("rsa", "sm2")) {
            assertThat(get(path + "/csr/" + suite, RunningService.SEAL_CUSTODIAN)
                            .text())
                    .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n");
        }
        assertThat(step(path, RunningService.SEAL_MAKER, "make").code()).isEqualTo("certificate-missing");
        assertThat(certificates(path, object().put("demonstration", true)).status())
                .isEqualTo(200);
        assertThat(step(path, RunningService.SEAL_MAKER, "make").status()).isEqualTo(200);
        assertThat(step(path, RunningService.SEAL_CUSTODIAN, "accept").code()).isEqualTo("same-person");
        var taken = step(path, RunningService.SECOND_CUSTODIAN, "accept");

        assertThat(taken.json().path("state").asText()).isEqualTo("IN_USE");
        var seal = get(path, RunningService.AUDIT_ADMIN);
        assertThat(seal.header("ETag"))
                .isEqualTo("\"" + seal.json().path("version").asLong() + "\"");
        assertThat(seal.json().path("history").findValuesAsText("step"))
                .containsExactly("apply", "approve", "make", "accept");
        assertThat(seal.json().at("/current/signers")).hasSize(2);
        assertThat(seal.json().path("ending").asBoolean()).isFalse();
        assertThat(seal.json().path("daysLeft").asInt()).isGreaterThan(300);
    }

    @Test
    void stepByARoleThatDoesNotDoIt_is403_andOutOfTurnIs409() {
        var path = apply(application()).header("Location");

        assertThat(step(path, RunningService.SEAL_CUSTODIAN, "approve").code()).isEqualTo("role-missing");
        assertThat(step(path, RunningService.CLERK, "approve").code()).isEqualTo("role-missing");
        var early = step(path, RunningService.SEAL_MAKER, "make");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.code()).isEqualTo("seal-state");
        assertThat(step(path, RunningService.SECURITY_ADMIN, "refuse").code()).isEqualTo("required");
        assertThat(step(path, RunningService.SECURITY_ADMIN, "teleport").code()).isEqualTo("seal-step");
    }

    @Test
    void sealSeenBeforeAChange_is412() {
        var path = apply(application()).header("Location");
        var seen = get(path, RunningService.SECURITY_ADMIN).header("ETag");
        assertThat(step(path, RunningService.SECURITY_ADMIN, "approve", "If-Match", seen)
                        .status())
                .isEqualTo(200);

        var late = step(path, RunningService.SECURITY_ADMIN, "refuse", "不符", "If-Match", seen);

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("seal-changed");
    }

    @Test
    void anotherAuthoritysCustodian_seesNoSealOfOurs() {
        var path = apply(application()).header("Location");

        for (var part : List.of("", "/picture/png", "/uses", "/blast-radius", "/csr/sm2")) {
            assertThat(get(path + part, RunningService.POLICE_CUSTODIAN).code())
                    .as(part)
                    .isEqualTo("not-found");
        }
        assertThat(step(path, RunningService.POLICE_CUSTODIAN, "suspend", "试试").code())
                .isEqualTo("not-found");
        assertThat(get("/api/v1/seals", RunningService.POLICE_CUSTODIAN).json().path("items"))
                .noneSatisfy(
                        seal -> assertThat(seal.at("/keeper/name").asText()).isEqualTo(BODY.name()));
        var theirs = browser.post(
                "/api/v1/seals", application(), "Authorization", browser.bearer(RunningService.POLICE_CUSTODIAN));
        assertThat(theirs.code()).isEqualTo("not-your-authority");
    }

    @Test
    void list_hasEverySealOnce() {
        apply(application());
        var found = get("/api/v1/seals", RunningService.SEAL_MAKER).json().path("items");

        assertThat(found).isNotEmpty();
        assertThat(found.findValuesAsText("id")).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void personsSeal_showsTheNumberMasked() {
        var citizen = DemoPeople.citizens().getFirst();
        var application = application().put("kind", "05").put("name", citizen.name());
        application
                .putObject("holder")
                .put("kind", "PERSON")
                .put("id", citizen.id())
                .put("name", citizen.name());
        application.putObject("keeper").put("creditCode", BODY.creditCode()).put("name", BODY.name());

        var answer = apply(application);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.text()).doesNotContain(citizen.id());
        assertThat(answer.json().at("/holder/maskedId").asText()).contains("**");
    }

    @Test
    void applicationThatBreaksARule_namesTheField() {
        var today = LocalDate.now(ZoneOffset.UTC);
        assertRefused("seal-kind", "kind", application().put("kind", "77"));
        assertRefused("seal-name", "name", application().put("name", " 云泽市某局 "));
        assertRefused("seal-id", "id", application().put("id", "12"));
        assertRefused(
                "seal-validity",
                "validUntil",
                application().put("validUntil", today.minusDays(3).toString()));
        assertRefused(
                "seal-validity",
                "validUntil",
                application().put("validUntil", today.plusYears(11).toString()));
        var person = application();
        person.putObject("holder")
                .put("kind", "PERSON")
                .put("id", BODY.creditCode())
                .put("name", "某");
        assertRefused("form", "holder.id", person);
        assertThat(apply(application().put("colour", "red")).code()).isEqualTo("unknown-member");
        assertThat(apply(application().put("name", "云".repeat(31))).code()).isEqualTo("seal-name-length");
    }

    @Test
    void identifierThatAnotherSealHas_is409() {
        var application = application().put("id", "33990177000001");
        assertThat(apply(application).status()).isEqualTo(201);

        assertThat(apply(application).code()).isEqualTo("seal-id-taken");
    }

    @Test
    void picture_isAPngOfItsSize_andAnSvg() throws Exception {
        var path = apply(application()).header("Location");
        var png = get(path + "/picture/png", RunningService.SEAL_CUSTODIAN);
        var svg = get(path + "/picture/svg", RunningService.SEAL_CUSTODIAN);

        var image = ImageIO.read(new ByteArrayInputStream(png.response().body()));
        assertThat(image.getWidth()).isEqualTo(image.getHeight());
        assertThat(svg.text()).contains("width=\"42mm\"");
        assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(get(path + "/picture/gif", RunningService.SEAL_CUSTODIAN).code())
                .isEqualTo("not-found");
    }

    @Test
    void certificateForAnotherKey_is422() {
        var one = approved();
        var other = approved();
        var pem = new String(
                Machine.get()
                        .certificates(Machine.get()
                                .parts()
                                .seals()
                                .seals()
                                .find(other.substring(other.lastIndexOf('/') + 1))
                                .orElseThrow())
                        .getFirst()
                        .toByteArray(),
                StandardCharsets.US_ASCII);
        var body = object();
        body.putArray("certificates").add(pem);

        var answer = certificates(one, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("certificate-key-mismatch");
        assertThat(certificates(other, body).status()).isEqualTo(200);
    }

    @Test
    void guardRails_areChangedBySecurityAlone_andKeepTheirRules() {
        var path = apply(application()).header("Location");
        var change = object().put("reason", "只盖 PDF");
        change.putObject("guardRails").put("dailyQuota", 5).putArray("kinds").add("PDF");
        assertThat(rails(path, RunningService.SECURITY_ADMIN, change).code()).isEqualTo("seal-rails");
        ((ObjectNode) change.path("guardRails")).putArray("authorities").add(BODY.creditCode());

        assertThat(rails(path, RunningService.SEAL_CUSTODIAN, change).code()).isEqualTo("role-missing");
        var changed = rails(path, RunningService.SECURITY_ADMIN, change);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().at("/guardRails/dailyQuota").asInt()).isEqualTo(5);
        assertThat(get(path, RunningService.AUDIT_ADMIN).json().path("history").findValuesAsText("step"))
                .containsExactly("apply", "change-rails");
    }

    @Test
    void issuedLicence_isAUseOfItsSeal() {
        var seal = Machine.get().seal(GuardRails.of(new CreditCode(BODY.creditCode())));
        var path = "/api/v1/seals/" + seal.id();

        assertThat(get(path + "/uses", RunningService.AUDIT_ADMIN).json().path("items"))
                .isEmpty();
        assertThat(get(path + "/blast-radius", RunningService.SEAL_CUSTODIAN)
                        .json()
                        .path("total")
                        .asInt(-1))
                .isZero();
        assertThat(get("/api/v1/seal-uses", RunningService.AUDIT_ADMIN).code()).isEqualTo("seal-use-query");
        assertThat(get("/api/v1/seal-uses?digest=abc", RunningService.AUDIT_ADMIN)
                        .code())
                .isEqualTo("digest-form");
        assertThat(get("/api/v1/seal-uses?actor=x&from=yesterday", RunningService.AUDIT_ADMIN)
                        .code())
                .isEqualTo("not-a-time");
        var licence = browser.post(
                "/api/v1/licences",
                Asked.residencePermit(DemoPeople.citizens().get(0)),
                "Authorization",
                browser.bearer(RunningService.ISSUER),
                "Idempotency-Key",
                Asked.newKey());
        var id = licence.json().path("id").asText();
        var uses = get("/api/v1/seal-uses?licence=" + id, RunningService.AUDIT_ADMIN)
                .json()
                .path("items");
        assertThat(uses).hasSize(1);
        assertThat(uses.path(0).path("kind").asText()).isEqualTo("LICENCE");
        assertThat(uses.path(0).path("state").asText()).isEqualTo("DONE");
    }

    @Test
    void metrics_countSealsByTheirEnd() {
        Machine.get().seal(GuardRails.of(new CreditCode(BODY.creditCode())));

        assertThat(browser.get("/metrics").text())
                .containsPattern("yinzheng_seals\\{ends=\"later\"} [1-9]")
                .contains("yinzheng_seals{ends=\"within-30-days\"} 0.0");
    }

    private static String approved() {
        var path = apply(application()).header("Location");
        assertThat(step(path, RunningService.SECURITY_ADMIN, "approve").status())
                .isEqualTo(200);
        return path;
    }

    private static void assertRefused(String code, String field, JsonNode application) {
        var answer = apply(application);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
    }

    private static ObjectNode application() {
        var application = object().put("kind", "01").put("name", BODY.name());
        application
                .putObject("holder")
                .put("kind", "AUTHORITY")
                .put("id", BODY.creditCode())
                .put("name", BODY.name());
        return application.put(
                "validUntil", LocalDate.now(ZoneOffset.UTC).plusYears(2).toString());
    }

    private static Browser.Answer apply(JsonNode application) {
        return browser.post(
                "/api/v1/seals", application, "Authorization", browser.bearer(RunningService.SEAL_CUSTODIAN));
    }

    private static Browser.Answer certificates(String path, JsonNode body) {
        return browser.put(
                path + "/certificates", body, "Authorization", browser.bearer(RunningService.SEAL_CUSTODIAN));
    }

    private static Browser.Answer rails(String path, String user, JsonNode body) {
        return browser.put(path + "/guard-rails", body, "Authorization", browser.bearer(user));
    }

    private static Browser.Answer get(String path, String user) {
        return browser.get(path, "Authorization", browser.bearer(user));
    }

    private static Browser.Answer step(String path, String user, String step) {
        return step(path, user, step, "");
    }

    private static Browser.Answer step(String path, String user, String step, String header, String value) {
        return step(path, user, step, "", header, value);
    }

    private static Browser.Answer step(String path, String user, String step, String reason, String... headers) {
        var all = new java.util.ArrayList<>(List.of("Authorization", browser.bearer(user)));
        all.addAll(List.of(headers));
        var body = object().put("step", step);
        if (!reason.isEmpty()) {
            body.put("reason", reason);
        }
        return browser.post(path + "/steps", body, all.toArray(String[]::new));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
