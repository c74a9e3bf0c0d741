package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Rights;
import org.yinzheng.api.signin.Role;

/// Rights are given by two people.
class GrantTest {
    private static final MovedClock CLOCK = new MovedClock();

    private static RunningService running;
    private static Browser browser;
    private static String first;
    private static String second;

    @BeforeAll
    static void start() {
        running = RunningService.start(Limits.defaults(), parts -> CLOCK.in(parts, parts.life()));
        browser = running.browser();
        first = browser.bearer(RunningService.SECURITY_ADMIN);
        second = browser.bearer(RunningService.SECOND_SECURITY_ADMIN);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void proposedByOneConfirmedByAnother_isARight_untilItIsTakenAway() {
        var newcomer = browser.bearer(RunningService.NEWCOMER);
        assertThat(disputes(newcomer).code()).isEqualTo("role-missing");
        var proposed = propose(RunningService.NEWCOMER, "issuer", first);
        assertThat(proposed.status()).as(proposed.text()).isEqualTo(201);
        OpenApi.follows("Grant", proposed.json());
        var id = proposed.json().path("id").asText();
        assertThat(disputes(newcomer).code()).isEqualTo("role-missing");

        assertThat(step(id, "confirmation", first).code()).isEqualTo("same-person");
        assertThat(step(id, "confirmation", second).json().path("state").asText())
                .isEqualTo("IN_FORCE");
        assertThat(disputes(newcomer).code())
                .as("rights are kept for two seconds")
                .isEqualTo("role-missing");
        CLOCK.pass(Duration.ofSeconds(2));
        assertThat(disputes(newcomer).status()).isEqualTo(200);
        assertThat(step(id, "confirmation", second).code()).isEqualTo("grant-state");
        assertThat(propose(RunningService.NEWCOMER, "issuer", second).code()).isEqualTo("grant-there");

        assertThat(step(id, "end", first).json().path("state").asText()).isEqualTo("ENDED");
        CLOCK.pass(Duration.ofSeconds(2));
        assertThat(disputes(newcomer).code()).isEqualTo("role-missing");
        var log = browser.get(
                        "/api/v1/audit/entries?subject=" + id,
                        "Authorization",
                        browser.bearer(RunningService.AUDIT_ADMIN))
                .json()
                .path("items");
        assertThat(log)
                .extracting(entry -> entry.path("action").asText())
                .containsExactly("grant.end", "grant.confirm", "grant.propose");
    }

    @Test
    void rightThatSomebodyWroteIntoTheDatabase_isNone_andNoStepMakesItOne() {
        var id = UUID.randomUUID();
        Machine.get().asOwner("""
                INSERT INTO role_grant (grant_id, subject, role, state, proposed_by, proposed_as, proposed_at, decided_by,
                       decided_as, decided_at)
                VALUES (?, 'intruder-1', 'issuer', 'IN_FORCE', 'a', 'security-admin', now(), 'b', 'security-admin', now())
                """, id);
        assertThat(rolesOf("intruder-1")).isEmpty();
        assertThat(step(id.toString(), "end", first).code()).isEqualTo("grant-changed");
        Machine.get().asOwner("DELETE FROM role_grant WHERE grant_id = ?", id);
    }

    @Test
    void rightThatSomebodyChangedInTheDatabase_isNone_untilItIsAsItWas() {
        var id = propose("somebody-3", "clerk", first).json().path("id").asText();
        var become = "UPDATE role_grant SET role = ? WHERE grant_id = ?";
        Machine.get().asOwner(become, "issuer", UUID.fromString(id));
        assertThat(step(id, "confirmation", second).code()).isEqualTo("grant-changed");
        assertThat(step(id, "refusal", second).code()).isEqualTo("grant-changed");
        Machine.get().asOwner(become, "clerk", UUID.fromString(id));
        assertThat(step(id, "confirmation", second).status()).isEqualTo(200);
        assertThat(rolesOf("somebody-3")).containsExactly("clerk");
        Machine.get().asOwner(become, "issuer", UUID.fromString(id));
        assertThat(rolesOf("somebody-3")).isEmpty();
        Machine.get().asOwner(become, "clerk", UUID.fromString(id));
        assertThat(step(id, "end", first).status()).isEqualTo(200);
    }

    private static Set<String> rolesOf(String subject) {
        return Machine.get().parts().rights().grants().rolesOf(subject);
    }

    @Test
    void administratorOfAnotherKind_isExclusive() {
        var id = propose("somebody-1", "audit-admin", first).json().path("id").asText();
        assertThat(propose("somebody-1", "system-admin", second).code()).isEqualTo("grant-exclusive");
        step(id, "confirmation", second);
        assertThat(propose("somebody-1", "security-admin", first).code()).isEqualTo("grant-exclusive");
        assertThat(propose("somebody-1", "clerk", first).status()).isEqualTo(201);
    }

    @Test
    void ownRight_isNotGiven_norConfirmed() {
        assertThat(propose(RunningService.SECURITY_ADMIN, "issuer", first).code())
                .isEqualTo("same-person");
        var id = propose(RunningService.SECURITY_ADMIN, "issuer", second)
                .json()
                .path("id")
                .asText();
        assertThat(step(id, "confirmation", first).code()).isEqualTo("same-person");
        assertThat(step(id, "refusal", first).json().path("state").asText()).isEqualTo("REFUSED");
        assertThat(step(id, "end", first).code()).isEqualTo("grant-state");
    }

    @Test
    void whatIsNoRight_isRefused() {
        assertThat(propose("somebody-2", "citizen", first).code()).isEqualTo("not-a-choice");
        assertThat(propose("somebody-2", "emperor", first).code()).isEqualTo("not-a-choice");
        assertThat(propose(" ", "clerk", first).code()).isEqualTo("subject");
        assertThat(step("x", "confirmation", first).status()).isEqualTo(404);
    }

    @Test
    void whereTokensAreNotBelieved_rolesComeFromGrantsAndTheSettings() {
        var parts = Machine.get().parts().rights();
        var rights = new Rights(parts.grants(), Rights.Source.GRANTS, Set.of("first-1"), Clock.systemUTC());

        assertThat(rights.of(identity("stranger-1", Role.ISSUER, Role.CITIZEN)).roles())
                .containsExactly(Role.CITIZEN);
        assertThat(rights.of(identity("first-1")).roles()).containsExactly(Role.SECURITY_ADMIN);
    }

    private static Identity identity(String subject, Role... roles) {
        return new Identity(
                subject, subject, Set.of(roles), java.util.Optional.empty(), java.util.Optional.empty(), false);
    }

    private static Browser.Answer disputes(String who) {
        return browser.get("/api/v1/disputes", "Authorization", who);
    }

    private static Browser.Answer propose(String subject, String role, String who) {
        return browser.post(
                "/api/v1/grants",
                JsonNodeFactory.instance.objectNode().put("subject", subject).put("role", role),
                "Authorization",
                who);
    }

    private static Browser.Answer step(String id, String step, String who) {
        return browser.post(
                "/api/v1/grants/" + id + "/" + step, JsonNodeFactory.instance.objectNode(), "Authorization", who);
    }
}
