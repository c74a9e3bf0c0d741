package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.api.signin.Role;

/// Every operation of the contract as every role: whatever the contract does not allow is refused and is in
/// the audit log.
class RolesTest {
    private static final Map<Role, String> PEOPLE = new EnumMap<>(Map.of(
            Role.ISSUER, RunningService.ISSUER,
            Role.CLERK, RunningService.CLERK,
            Role.CITIZEN, RunningService.CITIZEN,
            Role.OPERATOR, RunningService.OPERATOR,
            Role.SEAL_CUSTODIAN, RunningService.SEAL_CUSTODIAN,
            Role.SEAL_MAKER, RunningService.SEAL_MAKER,
            Role.SYSTEM_ADMIN, RunningService.SYSTEM_ADMIN,
            Role.SECURITY_ADMIN, RunningService.SECURITY_ADMIN,
            Role.AUDIT_ADMIN, RunningService.AUDIT_ADMIN));

    private static RunningService running;
    private static Browser browser;
    private static List<Operation> operations;

    /// @param roles none when it is open to all
    private record Operation(String id, String method, String path, Set<Role> roles) {
        boolean open() {
            return roles.isEmpty();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        running = RunningService.start();
        browser = running.browser();
        operations = operations();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void everyOperation_declaresItsRoles_andEveryRoleIsTried() throws Exception {
        assertThat(operations).hasSizeGreaterThan(60);
        assertThat(PEOPLE.keySet()).containsExactlyInAnyOrder(Role.values());
        try (var file = RolesTest.class.getResourceAsStream("/openapi.yaml")) {
            for (var path : new YAMLMapper().readTree(file).path("paths").properties()) {
                for (var method : path.getValue().properties()) {
                    var operation = method.getValue();
                    assertThat(operation.has("x-roles"))
                            .as(operation.path("operationId").asText())
                            .isNotEqualTo(operation.path("security").isArray()
                                    && operation.path("security").isEmpty());
                }
            }
        }
    }

    /// The service obeys the contract, and the other tests here read it: a wrong role in it would pass them all.
    @Test
    void contract_givesTheRolesThatAreWrittenDown() throws Exception {
        var written = new TreeMap<String, Set<Role>>();
        try (var file = Objects.requireNonNull(RolesTest.class.getResourceAsStream("/rights.txt"))) {
            var roles = Set.<Role>of();
            for (var line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(one -> !one.isBlank() && !one.startsWith("#"))
                    .toList()) {
                if (line.startsWith(" ")) {
                    for (var operation : line.strip().split(" ", -1)) {
                        assertThat(written.put(operation, roles)).as(operation).isNull();
                    }
                } else {
                    roles = line.equals("everybody")
                            ? Set.of()
                            : Stream.of(line.split(", ", -1))
                                    .map(name -> Role.find(name).orElseThrow())
                                    .collect(Collectors.toSet());
                }
            }
        }
        assertThat(operations)
                .allSatisfy(operation ->
                        assertThat(operation.roles()).as(operation.id()).isEqualTo(written.get(operation.id())));
        assertThat(operations).extracting(Operation::id).containsExactlyInAnyOrderElementsOf(written.keySet());
    }

    @Test
    void auditAdministrator_changesNothing() {
        assertThat(operations)
                .filteredOn(operation -> operation.roles().contains(Role.AUDIT_ADMIN))
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.method()).isEqualTo("GET"));
    }

    @Test
    void nobody_isRefusedWhereRolesAreAsked() {
        for (var operation : operations) {
            var status = call(operation, null).status();
            if (operation.open()) {
                assertThat(status).as(operation.id()).isNotIn(401, 403);
            } else {
                assertThat(status).as(operation.id()).isEqualTo(401);
            }
        }
    }

    @Test
    void everyRole_mayWhatTheContractSays_andTheRestIsRefusedAndLogged() {
        var auditor = browser.bearer(RunningService.AUDIT_ADMIN);
        PEOPLE.forEach((role, person) -> {
            var token = browser.bearer(person);
            var forbidden = new HashSet<String>();
            for (var operation : operations) {
                var answer = call(operation, token);
                if (operation.open() || operation.roles().contains(role)) {
                    assertThat(answer.status()).as(role + " " + operation.id()).isNotIn(401, 403, 500);
                } else {
                    assertThat(answer.status()).as(role + " " + operation.id()).isEqualTo(403);
                    assertThat(answer.code()).as(role + " " + operation.id()).isEqualTo("role-missing");
                    forbidden.add(operation.id());
                }
            }
            // other tests of this process may have been refused pages
            assertThat(refused(person, auditor))
                    .as(role.name())
                    .containsAll(forbidden)
                    .doesNotContainAnyElementsOf(operations.stream()
                            .map(Operation::id)
                            .filter(id -> !forbidden.contains(id))
                            .toList());
        });
    }

    @Test
    void administratorOfTwoKinds_mayNothing_andIsLogged() {
        var token = browser.bearer(RunningService.CONFLICTED);
        for (var operation : operations) {
            if (!operation.open()) {
                assertThat(call(operation, token).code()).as(operation.id()).isEqualTo("roles-exclusive");
            }
        }
        assertThat(refused(RunningService.CONFLICTED, browser.bearer(RunningService.AUDIT_ADMIN)))
                .hasSize((int) operations.stream()
                        .filter(operation -> !operation.open())
                        .count());
    }

    @Test
    void administratorsSignIn_isLoggedOnceForEachToken() {
        var auditor = browser.bearer(RunningService.AUDIT_ADMIN);
        var before = signIns(auditor);
        var token = browser.bearer(RunningService.SYSTEM_ADMIN);
        browser.get("/api/v1/grants", "Authorization", token);
        browser.get("/api/v1/seals", "Authorization", token);

        assertThat(signIns(auditor)).isEqualTo(before + 1);
    }

    private static int signIns(String auditor) {
        return browser.get(
                        "/api/v1/audit/entries?limit=200&action=administrator.sign-in&actor="
                                + RunningService.SYSTEM_ADMIN,
                        "Authorization",
                        auditor)
                .json()
                .path("items")
                .size();
    }

    /// Which operations the log says that somebody was refused.
    private static Set<String> refused(String person, String auditor) {
        var operations = new HashSet<String>();
        var address = "/api/v1/audit/entries?limit=200&action=access.refused&actor=" + person;
        JsonNode page = browser.get(address, "Authorization", auditor).json();
        while (true) {
            page.path("items")
                    .forEach(item -> operations.add(item.path("subject").asText()));
            if (!page.has("next")) {
                return operations;
            }
            page = browser.get(address + "&cursor=" + page.path("next").asText(), "Authorization", auditor)
                    .json();
        }
    }

    private static Browser.Answer call(Operation operation, @org.jspecify.annotations.Nullable String token) {
        var path = operation.path().replace("{format}", "pdf").replaceAll("\\{[^}]*}", "x");
        var request = browser.request(path).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", token);
        }
        return browser.send(
                operation.method().equals("GET")
                        ? request.GET()
                        : request.method(operation.method(), BodyPublishers.ofString("{}")));
    }

    private static List<Operation> operations() throws Exception {
        var operations = new ArrayList<Operation>();
        try (var file = RolesTest.class.getResourceAsStream("/openapi.yaml")) {
            for (var path : new YAMLMapper().readTree(file).path("paths").properties()) {
                for (var method : path.getValue().properties()) {
                    var roles = EnumSet.noneOf(Role.class);
                    method.getValue()
                            .path("x-roles")
                            .forEach(name -> roles.add(Role.find(name.asText()).orElseThrow()));
                    operations.add(new Operation(
                            method.getValue().path("operationId").asText(),
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            roles));
                }
            }
        }
        return operations;
    }
}
