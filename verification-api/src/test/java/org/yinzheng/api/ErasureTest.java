package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.postgres.PostgresErasures;
import org.yinzheng.signing.Digest;
import org.yinzheng.testdata.CheckDigits;
import org.yinzheng.testdata.DemoPeople;

/// A person's data is erased by two people; what is told of his licences afterwards.
class ErasureTest {
    private static final String ERASURES = "/api/v1/erasures";
    private static final MovedClock CLOCK = new MovedClock();
    /// Of erasures: when every time of keeping is over.
    private static final MovedClock LATER = new MovedClock();

    private static RunningService running;
    private static Browser browser;
    private static String system;
    private static String security;
    private static String issuer;
    private static int people;

    private String number = "";
    private String licence = "";

    @BeforeAll
    static void start() {
        LATER.pass(Duration.ofDays(5 * 366));
        running = RunningService.start(Limits.defaults(), ErasureTest::afterTheTimeOfKeeping);
        browser = running.browser();
        system = browser.bearer(RunningService.SYSTEM_ADMIN);
        security = browser.bearer(RunningService.SECURITY_ADMIN);
        issuer = browser.bearer(RunningService.ISSUER);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void somebodyWhoseLicenceEnded() {
        number =
                CheckDigits.citizenId("339901", DemoPeople.citizens().getFirst().birth(), 501 + 2 * people++);
        licence = issue();
        revoke(licence);
    }

    @Test
    void proposedByOneConfirmedByAnother_isErased_andTheNumberIsNowhere() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        root.setLevel(Level.DEBUG);
        root.addAppender(log);
        try {
            var proposed = propose(number);
            assertThat(proposed.status()).as(proposed.text()).isEqualTo(201);
            OpenApi.follows("Erasure", proposed.json());
            assertThat(proposed.json().at("/plan/licences/0/id").asText()).isEqualTo(licence);
            assertThat(proposed.json().at("/plan/documents").asInt()).isEqualTo(4);
            var id = proposed.json().path("id").asText();
            var again = propose(number);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json().path("id").asText()).isEqualTo(id);

            var seen = browser.get(ERASURES + "/" + id, "Authorization", security);
            OpenApi.follows("Erasure", seen.json());
            assertThat(seen.json().at("/plan/allowed").asBoolean()).isTrue();
            var confirmed = confirm(id, number, security);
            assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
            OpenApi.follows("Erasure", confirmed.json());
            assertThat(confirmed.json().path("state").asText()).isEqualTo("EXECUTED");
            assertThat(confirm(id, number, security).text()).isEqualTo(confirmed.text());
            assertThat(propose(number).code()).isEqualTo("erasure-nothing-there");

            var auditor = browser.bearer(RunningService.AUDIT_ADMIN);
            var orders = browser.get(ERASURES, "Authorization", auditor);
            assertThat(orders.json().at("/items/0/id").asText()).isEqualTo(id);
            var audit = browser.get("/api/v1/audit/entries?limit=200", "Authorization", auditor);
            assertThat(audit.json().path("items"))
                    .filteredOn(entry -> entry.path("subject").asText().equals(id))
                    .extracting(entry -> entry.path("action").asText()
                            + " "
                            + entry.path("actor").asText())
                    .containsExactly("erasure.confirm security-admin", "erasure.propose system-1");
            for (var answer : List.of(proposed, again, seen, confirmed, orders, audit)) {
                assertThat(answer.text()).doesNotContain(number);
            }
        } finally {
            root.detachAppender(log);
            root.setLevel(level);
        }
        assertThat(log.list)
                .isNotEmpty()
                .map(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains(number));
    }

    /// Whoever has an old document in hand is not told that it is forged.
    @Test
    void oldDocument_isGenuine_andItsLicenceErased() {
        var pdf = rendition("pdf");
        var ofd = rendition("ofd");
        assertThat(VerificationTest.codes(verify(List.of(pdf), Map.of("holder", number))))
                .containsExactly("GENUINE", "LICENCE_REVOKED", "HOLDER_MATCHES");
        erase();

        for (var file : List.of(pdf, ofd)) {
            assertThat(VerificationTest.codes(verify(List.of(file), Map.of())))
                    .containsExactly("GENUINE", "LICENCE_ERASED", "HOLDER_NOT_ASKED");
        }
        assertThat(VerificationTest.codes(verify(List.of(pdf, ofd), Map.of("holder", number))))
                .containsExactly("GENUINE", "LICENCE_ERASED", "HOLDER_ERASED");
        var changed = pdf.clone();
        changed[pdf.length / 2] ^= 1;
        assertThat(VerificationTest.codes(verify(List.of(changed), Map.of())).getFirst())
                .isNotEqualTo("GENUINE");
    }

    @Test
    void identifier_andDigest_answerErased() {
        var pdf = rendition("pdf");
        erase();

        var byId = browser.post("/api/v1/verifications", object().put("licenceId", licence));
        assertThat(VerificationTest.codes(byId.json()))
                .containsExactly("NO_DOCUMENT", "LICENCE_ERASED", "HOLDER_NOT_ASKED");
        var asked = object();
        asked.putObject("digest")
                .put("algorithm", "sha256")
                .put("value", Digest.sha256(pdf).hex());
        assertThat(VerificationTest.codes(
                        browser.post("/api/v1/verifications", asked).json()))
                .containsExactly("DOCUMENT_ERASED", "LICENCE_ERASED", "HOLDER_NOT_ASKED");
        var standing = browser.get("/api/v1/standing/" + licence);
        OpenApi.follows("StandingFact", standing.json());
        assertThat(standing.json().path("standing").asText()).isEqualTo("ERASED");
        var page = browser.get("/v/" + licence, "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("登记数据已删除").doesNotContain("林知远");
    }

    @Test
    void lookups_findNothing() {
        var printed = browser.get(path(), "Authorization", issuer)
                .json()
                .path("number")
                .asText();
        assertThat(search(object().put("holderId", number)).path("items")).hasSize(1);
        erase();

        assertThat(search(object().put("holderId", number)).path("items")).isEmpty();
        assertThat(search(object().put("type", "居住证").put("number", printed)).path("items"))
                .isEmpty();
        for (var gone : List.of("", "/history", "/renditions/pdf", "/renditions/ofd", "/renditions/xml", "/copies")) {
            assertThat(browser.get(path() + gone, "Authorization", issuer).status())
                    .as(gone)
                    .isEqualTo(404);
        }
    }

    @Test
    void samePersonTwice_isRefused_thoughTheirRoleChanged() {
        var first = browser.bearer(RunningService.SECURITY_ADMIN);
        var second = browser.bearer(RunningService.SECOND_SECURITY_ADMIN);
        var both = browser.bearer(RunningService.NEWCOMER);
        var grant = grant("system-admin", first, second);
        Machine.get().parts().audit().log().advance();
        var id = browser.post(ERASURES, holder(number), "Authorization", both)
                .json()
                .path("id")
                .asText();
        browser.post("/api/v1/grants/" + grant + "/end", object(), "Authorization", first);
        var other = grant("security-admin", first, second);

        assertThat(confirm(id, number, both).code()).isEqualTo("same-person");
        browser.post("/api/v1/grants/" + other + "/end", object(), "Authorization", first);
        CLOCK.pass(Duration.ofSeconds(2));
        assertThat(confirm(id, number, first).status()).isEqualTo(200);
    }

    @Test
    void wrongRole_neitherProposesNorConfirms() {
        var id = propose(number).json().path("id").asText();
        for (var user : List.of(
                RunningService.AUDIT_ADMIN,
                RunningService.SECURITY_ADMIN,
                RunningService.ISSUER,
                RunningService.OPERATOR,
                RunningService.CITIZEN)) {
            assertThat(browser.post(ERASURES, holder(number), "Authorization", browser.bearer(user))
                            .code())
                    .as(user)
                    .isEqualTo("role-missing");
        }
        for (var user : List.of(
                RunningService.SYSTEM_ADMIN,
                RunningService.AUDIT_ADMIN,
                RunningService.ISSUER,
                RunningService.OPERATOR)) {
            assertThat(confirm(id, number, browser.bearer(user)).code())
                    .as(user)
                    .isEqualTo("role-missing");
        }
        assertThat(confirm(id, number, browser.bearer(RunningService.CONFLICTED))
                        .code())
                .isEqualTo("roles-exclusive");
        assertThat(browser.post(ERASURES, holder(number)).code()).isEqualTo("token-missing");
        assertThat(state(id)).isEqualTo("PROPOSED");
    }

    @Test
    void licenceIssuedBetweenTheTwo_isNamedAsTheObstacle() {
        var id = propose(number).json().path("id").asText();
        var other = issue();
        var refused = confirm(id, number, security);
        assertThat(refused.code()).isEqualTo("erasure-forbidden");
        assertThat(refused.text()).contains(other, "终止后的保存期未满", "to be kept").doesNotContain(licence, number);
        assertThat(state(id)).isEqualTo("PROPOSED");
        withdraw(id, system);
        assertThat(propose(number).code()).isEqualTo("erasure-forbidden");

        revoke(other);
        var next = propose(number).json().path("id").asText();
        assertThat(confirm(next, number, security).status()).isEqualTo(200);
    }

    @Test
    void withdrawnOrder_isNotConfirmed() {
        var id = propose(number).json().path("id").asText();
        var withdrawn = withdraw(id, security);
        OpenApi.follows("Erasure", withdrawn.json());
        assertThat(withdrawn.json().path("state").asText()).isEqualTo("WITHDRAWN");
        assertThat(confirm(id, number, security).code()).isEqualTo("erasure-state");
        assertThat(browser.get(path(), "Authorization", issuer).status()).isEqualTo(200);
    }

    @Test
    void lapsedOrder_isNotConfirmed() {
        var id = propose(number).json().path("id").asText();
        LATER.pass(PostgresErasures.OPEN_FOR);
        assertThat(confirm(id, number, security).code()).isEqualTo("erasure-state");
        assertThat(browser.get(path(), "Authorization", issuer).status()).isEqualTo(200);
    }

    @Test
    void whatIsNoNumber_orAnotherOne_isRefused_withoutRepeatingIt() {
        var id = propose(number).json().path("id").asText();
        var other = DemoPeople.citizens().get(3).id();
        var refused = confirm(id, other, security);
        assertThat(refused.code()).isEqualTo("erasure-other-holder");
        assertThat(refused.text()).doesNotContain(other);
        var wrong = confirm(id, "110101199003071234", security);
        assertThat(wrong.code()).isEqualTo("holder-number-invalid");
        assertThat(wrong.text()).doesNotContain("110101199003071234");
        assertThat(propose("").code()).isEqualTo("holder-number-invalid");
        assertThat(browser.post(ERASURES, holder(number).put("execute", true), "Authorization", system)
                        .code())
                .isEqualTo("unknown-member");
        assertThat(confirm(UUID.randomUUID().toString(), number, security).status())
                .isEqualTo(404);
        assertThat(confirm("x", number, security).status()).isEqualTo(404);
        assertThat(state(id)).isEqualTo("PROPOSED");
    }

    private static ServiceParts afterTheTimeOfKeeping(ServiceParts parts) {
        var life = parts.life();
        return CLOCK.in(
                parts,
                new LifeParts(
                        life.life(),
                        life.disputes(),
                        life.notices(),
                        life.copies(),
                        Machine.get().erasures(LATER)));
    }

    private void erase() {
        var id = propose(number).json().path("id").asText();
        var confirmed = confirm(id, number, security);
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
    }

    private static Browser.Answer propose(String number) {
        Machine.get().parts().audit().log().advance();
        return browser.post(ERASURES, holder(number), "Authorization", system);
    }

    private static Browser.Answer confirm(String id, String number, String who) {
        Machine.get().parts().audit().log().advance();
        return browser.post(ERASURES + "/" + id + "/confirmation", holder(number), "Authorization", who);
    }

    private static Browser.Answer withdraw(String id, String who) {
        return browser.post(ERASURES + "/" + id + "/withdrawal", object(), "Authorization", who);
    }

    private static String state(String id) {
        Machine.get().parts().audit().log().advance();
        return browser.get(ERASURES + "/" + id, "Authorization", security)
                .json()
                .path("state")
                .asText();
    }

    private static String grant(String role, String first, String second) {
        var asked = object().put("subject", RunningService.NEWCOMER).put("role", role);
        var id = browser.post("/api/v1/grants", asked, "Authorization", first)
                .json()
                .path("id")
                .asText();
        browser.post("/api/v1/grants/" + id + "/confirmation", object(), "Authorization", second);
        CLOCK.pass(Duration.ofSeconds(2));
        return id;
    }

    private String issue() {
        var asked = Asked.residencePermit(DemoPeople.citizens().getFirst()).put("holderId", number);
        var issued =
                browser.post("/api/v1/licences", asked, "Authorization", issuer, "Idempotency-Key", Asked.newKey());
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return issued.json().path("id").asText();
    }

    private static void revoke(String id) {
        var grounds = object().put("reasonCode", "request").put("legalBasis", "依申请");
        var revoked = browser.post("/api/v1/licences/" + id + "/revocation", grounds, "Authorization", issuer);
        assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
    }

    private byte[] rendition(String format) {
        return browser.get(path() + "/renditions/" + format, "Authorization", issuer)
                .response()
                .body();
    }

    private String path() {
        return "/api/v1/licences/" + licence;
    }

    private static JsonNode search(ObjectNode what) {
        return browser.post("/api/v1/licences/search", what, "Authorization", issuer)
                .json();
    }

    private static JsonNode verify(List<byte[]> files, Map<String, String> fields) {
        var answer = browser.post(
                "/api/v1/verifications",
                "multipart/form-data; boundary=b",
                VerificationTest.multipart(files, fields),
                "Authorization",
                browser.bearer(RunningService.CLERK));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        OpenApi.follows("Verification", answer.json());
        return answer.json();
    }

    private static ObjectNode holder(String number) {
        return object().put("holderId", number);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
