package org.yinzheng.api.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.api.client.PublishingAuthority.NOW;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.api.client.PublishingAuthority;
import org.yinzheng.api.client.RemoteRevocationSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// A worker has no network: its question for revocation data goes through the pipe to the service, and from there over
/// real HTTP to a host that the operator lists.
@Timeout(120)
class WorkerRevocationTest {
    private static final PublishingAuthority AUTHORITY = new PublishingAuthority();
    private static final KeyPair KEY = PublishingAuthority.pair();

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<byte[]> published = new AtomicReference<>(new byte[0]);
    private HttpServer server;
    private X509Certificate signer;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/a.crl", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                exchange.sendResponseHeaders(200, published.get().length);
                exchange.getResponseBody().write(published.get());
            }
        });
        server.start();
        signer = AUTHORITY.issue("signer", KEY, Optional.of("http://" + host() + "/a.crl"), Optional.empty());
        published.set(AUTHORITY.list(Optional.empty()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listOfAListedHost_reachesTheWorker_andIsFetchedOnce() throws Exception {
        try (var source = source(Set.of(host()));
                var pool = pool(source)) {
            assertThat(reasons(pool)).isEmpty();
            assertThat(reasons(pool)).isEmpty();
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void revocationOnTheList_reachesTheWorker() throws Exception {
        published.set(AUTHORITY.list(Optional.of(signer)));
        try (var source = source(Set.of(host()));
                var pool = pool(source)) {
            assertThat(reasons(pool)).containsExactly(Flaw.REVOKED);
        }
    }

    @Test
    void hostThatIsNotListed_isNotAskedForAWorkerEither() throws Exception {
        try (var source = source(Set.of("crl.example.cn"));
                var pool = pool(source)) {
            assertThat(reasons(pool)).containsExactly(Gap.TRY_LATER);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void serviceThatFetchesNothing_leavesTheWorkerWithoutAnAnswer() throws Exception {
        try (var pool = pool(RevocationSource.NONE)) {
            assertThat(reasons(pool)).containsExactly(Gap.TRY_LATER);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void timeOfFetching_isNotTheDocuments() throws Exception {
        RevocationSource slow = (certificate, issuer, needed) -> {
            try {
                Thread.sleep(4_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return source(Set.of(host())).find(certificate, issuer, needed);
        };
        try (var pool = new VerifierPool(1, () -> trust(slow), Duration.ofSeconds(3))) {
            assertThat(reasons(pool)).isEmpty();
        }
    }

    private static VerifierPool pool(RevocationSource source) {
        return new VerifierPool(1, () -> trust(source), Duration.ofSeconds(60));
    }

    private static Trust trust(RevocationSource source) {
        return new Trust(Set.of(AUTHORITY.certificate()), Set.of(), List.of()).with(source);
    }

    private RemoteRevocationSource source(Set<String> hosts) {
        return new RemoteRevocationSource(hosts, folder, AlgorithmPolicy.standard(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private List<Reason> reasons(VerifierPool pool) throws JOSEException {
        return pool.verify(document(), NOW).reasons();
    }

    /// The smallest document that brings its signer's certificate.
    private DocumentBytes document() throws JOSEException {
        var chain = List.of(Base64.encode(Certificates.der(signer)));
        var jws = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256).x509CertChain(chain).build(), new Payload("{}"));
        jws.sign(new ECDSASigner((ECPrivateKey) KEY.getPrivate()));
        return DocumentBytes.owning(jws.serialize().getBytes(StandardCharsets.US_ASCII));
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }
}
