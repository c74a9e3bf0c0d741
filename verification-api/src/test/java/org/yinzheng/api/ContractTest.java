package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContractTest {
    /// Pages and their files, and the demonstration's provider, for people; the log's files and the witness, of C2SP.
    private static final Set<String> PAGES = Set.of(
            "GET /",
            "GET /clerk",
            "POST /clerk",
            "GET /my",
            "GET /my/licences/:licenceId/dispute",
            "POST /my/licences/:licenceId/dispute",
            "POST /my/licences/:licenceId/dispute/withdrawal",
            "GET /my/licences/:licenceId/copies",
            "POST /my/licences/:licenceId/copies",
            "GET /v/:licenceId",
            "GET /verifications/:id",
            "GET /sign-in",
            "POST /sign-in",
            "POST /sign-out",
            "POST /demo-idp/token",
            "GET /demo-idp/jwks",
            "GET /demo-idp/.well-known/openid-configuration",
            "GET /docs",
            "GET /docs/start.js",
            "GET /docs/swagger-ui-bundle.js",
            "GET /docs/swagger-ui.css",
            "GET /docs/LICENSE",
            "GET /assets/style.css",
            "GET /assets/clerk.js",
            "GET /assets/mark.svg",
            "GET /audit/log/checkpoint",
            "GET /witness/key",
            "POST /witness/add-checkpoint");

    private static RunningService running;

    @BeforeAll
    static void start() {
        running = RunningService.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void everyRoute_isAnOperationOrAPage() throws Exception {
        var promised = operations().stream()
                .map(operation -> operation.method() + " " + operation.path().replaceAll("\\{(.*?)}", ":$1"))
                .collect(Collectors.toCollection(TreeSet::new));
        promised.addAll(PAGES);

        assertThat(running.service().routes()).containsExactlyInAnyOrderElementsOf(promised);
    }

    @Test
    void everyOperation_answersAsItsContractAllows() throws Exception {
        for (var operation : operations()) {
            var path = operation.path().replace("{format}", "pdf").replaceAll("\\{[^}]*}", "x");
            var browser = running.browser();
            var answer = browser.send(browser.request(path)
                    .header("Content-Type", "application/json")
                    .method(operation.method(), BodyPublishers.noBody()));

            assertThat(operation.statuses()).as(operation.toString()).contains(String.valueOf(answer.status()));
            assertThat(answer.status()).as(operation.toString()).isNotIn(405, 500);
        }
    }

    @Test
    void servedContract_namesTheAddressUnderWhichItIsServed() throws Exception {
        var contract =
                new YAMLMapper().readTree(running.browser().get("/openapi.yaml").text());

        assertThat(contract.path("servers").path(0).path("url").asText())
                .isEqualTo(running.url().toString());
    }

    private record Operation(String method, String path, Set<String> statuses) {}

    private static List<Operation> operations() throws Exception {
        var operations = new ArrayList<Operation>();
        try (var file = ContractTest.class.getResourceAsStream("/openapi.yaml")) {
            for (var path : new YAMLMapper().readTree(file).path("paths").properties()) {
                for (var method : path.getValue().properties()) {
                    operations.add(new Operation(
                            method.getKey().toUpperCase(Locale.ROOT), path.getKey(), statuses(method.getValue())));
                }
            }
        }
        assertThat(operations).hasSizeGreaterThan(10);
        return operations;
    }

    private static Set<String> statuses(JsonNode operation) {
        var statuses = new TreeSet<String>();
        operation.path("responses").fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }
}
