package org.yinzheng.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Fetching over real HTTP from a server on this machine, lawful and hostile.
class RevocationSourceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final X500Name ISSUER = new X500Name("CN=issuer");
    private static final KeyPair KEY = pair();
    private static final KeyPair STRANGER = pair();

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private X509Certificate issuer;
    private X509Certificate signer;

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        issuer = certificate(ISSUER, KEY, true, "");
        signer = certificate(new X500Name("CN=signer"), pair(), false, "http://127.0.0.1:" + port() + "/a.crl");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listOfAListedHost_isFetchedOnce_andKept() throws Exception {
        answer(exchange -> send(exchange, list(KEY, false)));
        assertThat(reasons(listed())).isEmpty();
        assertThat(reasons(listed())).isEmpty();
        assertThat(asked).hasValue(1);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1).allMatch(file -> file.toString().endsWith(".crl"));
        }
    }

    @Test
    void revokedOnTheFetchedList_isAFlaw() throws Exception {
        answer(exchange -> send(exchange, list(KEY, true)));
        assertThat(reasons(listed())).containsExactly(Flaw.REVOKED);
    }

    @Test
    void hostThatIsNotListed_isNeverAsked() throws Exception {
        answer(exchange -> send(exchange, list(KEY, false)));
        for (var hosts : List.of(
                Set.<String>of(), Set.of("127.0.0.1"), Set.of("crl.example.cn"), Set.of("localhost:" + port()))) {
            assertThat(reasons(source(hosts))).containsExactly(Gap.TRY_LATER);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void nameThatLeadsToAPrivateAddress_isNotAskedUnlessTheAddressIsListed() throws Exception {
        answer(exchange -> send(exchange, list(KEY, false)));
        var named = certificate(new X500Name("CN=n"), pair(), false, "http://localhost:" + port() + "/a.crl");
        try (var source = source(Set.of("localhost:" + port()))) {
            assertThat(source.find(named, issuer, NOW)).isEqualTo(RevocationData.NONE);
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
                exchange -> send(exchange, list(STRANGER, false)),
                exchange -> send(exchange, "<html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
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
        server.createContext("/b.crl", exchange -> send(exchange, list(KEY, false)));
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
                assertThat(source.find(signer, issuer, NOW)).isEqualTo(RevocationData.NONE);
            }
        }
        assertThat(asked).hasValue(1);
    }

    private void answer(Answer answer) {
        server.createContext("/a.crl", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private List<Reason> reasons(RemoteRevocationSource source) {
        try (source) {
            var trust = new Trust(Set.of(issuer), Set.of(), List.of()).with(source);
            return PathCheck.check(signer, List.of(), trust, NOW, NOW).stream()
                    .flatMap(check -> check.reason().stream())
                    .toList();
        }
    }

    private RemoteRevocationSource listed() {
        return source(Set.of("127.0.0.1:" + port()));
    }

    private RemoteRevocationSource source(Set<String> hosts) {
        return new RemoteRevocationSource(hosts, folder, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private byte[] list(KeyPair key, boolean revoking) throws IOException {
        var builder = new X509v2CRLBuilder(ISSUER, Date.from(NOW.minusSeconds(3600)));
        builder.setNextUpdate(Date.from(NOW.plus(Duration.ofDays(1))));
        if (revoking) {
            builder.addCRLEntry(signer.getSerialNumber(), Date.from(NOW.minusSeconds(7200)), 1);
        }
        return builder.build(signature(key)).getEncoded();
    }

    private static X509Certificate certificate(X500Name subject, KeyPair key, boolean authority, String address)
            throws IOException {
        var builder = new JcaX509v3CertificateBuilder(
                ISSUER,
                BigInteger.valueOf((subject.hashCode() & 0xffff) | 1),
                Date.from(NOW.minus(Duration.ofDays(9))),
                Date.from(NOW.plus(Duration.ofDays(9))),
                subject,
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!address.isEmpty()) {
            var name = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address));
            var point = new DistributionPoint(new DistributionPointName(name), null, null);
            builder.addExtension(
                    Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
        }
        return Certificates.parse(builder.build(signature(KEY)).getEncoded());
    }

    private static ContentSigner signature(KeyPair key) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
