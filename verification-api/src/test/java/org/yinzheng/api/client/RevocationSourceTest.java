package org.yinzheng.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.api.client.PublishingAuthority.SHA_1;
import static org.yinzheng.api.client.PublishingAuthority.pair;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Fetching over real HTTP from a server on this machine, lawful and hostile.
class RevocationSourceTest {
    private static final Instant NOW = PublishingAuthority.NOW;
    private static final PublishingAuthority AUTHORITY = new PublishingAuthority();
    private static final PublishingAuthority STRANGER = new PublishingAuthority();
    private static final X509Certificate ISSUER = AUTHORITY.certificate();

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private X509Certificate signer;
    private X509Certificate both;

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        signer = AUTHORITY.issue("signer", pair(), Optional.of(address("/a.crl")), Optional.empty());
        both = AUTHORITY.issue("both", pair(), Optional.of(address("/a.crl")), Optional.of(address("/ocsp")));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listOfAListedHost_isFetchedOnce_andKept() throws Exception {
        answer(exchange -> send(exchange, AUTHORITY.list(Optional.empty())));
        assertThat(reasons(listed())).isEmpty();
        assertThat(reasons(listed())).isEmpty();
        assertThat(asked).hasValue(1);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1).allMatch(file -> file.toString().endsWith(".crl"));
        }
    }

    @Test
    void revokedOnTheFetchedList_isAFlaw() throws Exception {
        answer(exchange -> send(exchange, AUTHORITY.list(Optional.of(signer))));
        assertThat(reasons(listed())).containsExactly(Flaw.REVOKED);
    }

    @Test
    void hostThatIsNotListed_isNeverAsked() throws Exception {
        answer(exchange -> send(exchange, AUTHORITY.list(Optional.empty())));
        for (var hosts : List.of(
                Set.<String>of(), Set.of("127.0.0.1"), Set.of("crl.example.cn"), Set.of("localhost:" + port()))) {
            assertThat(reasons(source(hosts))).containsExactly(Gap.TRY_LATER);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void nameThatLeadsToAPrivateAddress_isNotAskedUnlessTheAddressIsListed() throws Exception {
        answer(exchange -> send(exchange, AUTHORITY.list(Optional.empty())));
        var named =
                AUTHORITY.issue("n", pair(), Optional.of("http://localhost:" + port() + "/a.crl"), Optional.empty());
        try (var source = source(Set.of("localhost:" + port()))) {
            assertThat(source.find(named, ISSUER, NOW)).isEqualTo(RevocationData.NONE);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void hostileAnswers_areNothingKnown_andKeepNothing() throws Exception {
        List<Answer> hostile = List.of(
                exchange -> { // elsewhere
                    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/b.crl");
                    exchange.sendResponseHeaders(302, -1);
                },
                exchange -> send(exchange, STRANGER.list(Optional.empty())),
                exchange -> send(exchange, "<html>".getBytes(StandardCharsets.US_ASCII)),
                exchange -> { // without end
                    exchange.sendResponseHeaders(200, 0);
                    var block = new byte[1 << 20];
                    for (int i = 0; i < 40; i++) {
                        exchange.getResponseBody().write(block);
                    }
                },
                exchange -> { // drop by drop
                    exchange.sendResponseHeaders(200, 1000);
                    for (int i = 0; i < 100; i++) {
                        exchange.getResponseBody().write(0x30);
                        exchange.getResponseBody().flush();
                        Thread.sleep(100);
                    }
                },
                exchange -> Thread.sleep(5_000),
                exchange -> exchange.sendResponseHeaders(500, -1));
        server.createContext("/b.crl", exchange -> send(exchange, AUTHORITY.list(Optional.empty())));
        var current = new Answer[1];
        answer(exchange -> current[0].to(exchange));
        for (var one : hostile) {
            current[0] = one;
            assertThat(reasons(listed())).containsExactly(Gap.TRY_LATER);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void hostThatDoesNotAnswer_isLeftAloneForAWhile() throws Exception {
        answer(exchange -> exchange.sendResponseHeaders(503, -1));
        try (var source = listed()) {
            for (int i = 0; i < 5; i++) {
                assertThat(source.find(signer, ISSUER, NOW)).isEqualTo(RevocationData.NONE);
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void statusServiceThatRefuses_leavesTheListOfTheSameHost() throws Exception {
        List<Answer> refusing = List.of(
                exchange -> exchange.sendResponseHeaders(500, -1),
                exchange -> exchange.sendResponseHeaders(403, -1),
                exchange -> send(exchange, new byte[] {0x30, 3, 0x0a, 1, 6}), // unauthorized (RFC 6960 §2.3)
                exchange -> send(exchange, new byte[] {0x30, 3, 0x0a, 1, 3}), // tryLater
                exchange -> send(exchange, "<html>".getBytes(StandardCharsets.US_ASCII)),
                exchange -> send(exchange, status(STRANGER, CertificateStatus.GOOD)),
                exchange -> send(exchange, status(AUTHORITY, new UnknownStatus())));
        var current = new Answer[1];
        answer("/ocsp", exchange -> current[0].to(exchange));
        var list = new AtomicReference<>(AUTHORITY.list(Optional.empty()));
        answer(exchange -> send(exchange, list.get()));
        for (var one : refusing) {
            current[0] = one;
            assertThat(reasons(both, listed())).isEmpty();
            forget();
        }
        list.set(AUTHORITY.list(Optional.of(both)));
        assertThat(reasons(both, listed())).containsExactly(Flaw.REVOKED);
    }

    @Test
    void statusServiceThatDoesNotAnswer_leavesTheListOfAnotherHost() throws Exception {
        var slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.start();
        try {
            slow.createContext("/ocsp", exchange -> {
                try {
                    Thread.sleep(5_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            int port = slow.getAddress().getPort();
            var certificate = AUTHORITY.issue(
                    "slow", pair(), Optional.of(address("/a.crl")), Optional.of("http://127.0.0.1:" + port + "/ocsp"));
            answer(exchange -> send(exchange, AUTHORITY.list(Optional.empty())));

            assertThat(reasons(certificate, source(Set.of("127.0.0.1:" + port(), "127.0.0.1:" + port))))
                    .isEmpty();
        } finally {
            slow.stop(0);
        }
    }

    @Test
    void statusServiceThatAnswers_isEnough() throws Exception {
        answer("/ocsp", exchange -> send(exchange, status(AUTHORITY, CertificateStatus.GOOD)));
        answer(exchange -> send(exchange, AUTHORITY.list(Optional.empty())));

        assertThat(reasons(both, listed())).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void answerSignedWithSha1_isNotTheEndOfAsking() throws Exception {
        answer("/ocsp", exchange -> send(exchange, AUTHORITY.status(both, CertificateStatus.GOOD, SHA_1)));
        var list = new AtomicReference<>(AUTHORITY.list(Optional.empty()));
        answer(exchange -> send(exchange, list.get()));
        assertThat(reasons(both, listed())).isEmpty();
        assertThat(asked).hasValue(2);

        forget();
        list.set(AUTHORITY.list(Optional.empty(), SHA_1));
        assertThat(reasons(both, listed())).containsExactly(Gap.REVOCATION_DATA_WEAK);
        forget();
        list.set(AUTHORITY.list(Optional.of(both), SHA_1));
        assertThat(reasons(both, listed())).containsExactly(Flaw.REVOKED);
    }

    private static byte[] status(PublishingAuthority authority, CertificateStatus status) {
        return authority.status(
                authority.issue("both", pair(), Optional.empty(), Optional.empty()),
                status,
                PublishingAuthority.SHA_256);
    }

    private void forget() throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private void answer(Answer answer) {
        answer("/a.crl", answer);
    }

    private void answer(String path, Answer answer) {
        server.createContext(path, exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private List<Reason> reasons(RemoteRevocationSource source) {
        return reasons(signer, source);
    }

    private static List<Reason> reasons(X509Certificate certificate, RemoteRevocationSource source) {
        try (source) {
            var trust = new Trust(Set.of(ISSUER), Set.of(), List.of()).with(source);
            return PathCheck.check(certificate, List.of(), trust, NOW, NOW).stream()
                    .flatMap(check -> check.reason().stream())
                    .toList();
        }
    }

    private RemoteRevocationSource listed() {
        return source(Set.of("127.0.0.1:" + port()));
    }

    private RemoteRevocationSource source(Set<String> hosts) {
        return new RemoteRevocationSource(hosts, folder, AlgorithmPolicy.standard(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
