package org.yinzheng.api.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.OcspResponse;
import org.yinzheng.signing.certificate.RevocationAddresses;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.policy.AlgorithmPolicy;

/// Revocation lists (GET) and OCSP (POST) over HTTP, from hosts that the operator lists and from no other: a document
/// names the address, and must not make us call on whom it likes. No redirect is followed and no proxy asked. A name
/// that
/// leads to a private address counts only when that address is listed too. Whatever goes wrong, nothing is known.
public final class RemoteRevocationSource implements RevocationSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteRevocationSource.class);
    /// For a whole answer: a verification must not wait for long.
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    /// A host that did not answer, and an address that refused, are left alone for so long.
    private static final Duration REST = Duration.ofMinutes(1);

    private static final int MOST_RESTING = 1_000;

    private static final int LARGEST_LIST = 32 << 20;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final AllowedHosts hosts;
    private final RevocationCache cache;
    private final AlgorithmPolicy policy;
    private final Clock clock;
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();

    /// @param hosts names or addresses, with a port when it is not that of http or https
    /// @param cache folder of what was fetched
    /// @param policy what is signed in a way that it does not allow is not the end of asking
    public RemoteRevocationSource(Collection<String> hosts, Path cache, AlgorithmPolicy policy, Clock clock) {
        this.hosts = new AllowedHosts(hosts);
        this.cache = new RevocationCache(cache);
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public RevocationData find(X509Certificate certificate, X509Certificate issuer, Instant needed) {
        var addresses = RevocationAddresses.of(certificate);
        var sources = Stream.<Fetcher<RevocationData>>concat(
                        addresses.ocsps().stream().map(uri -> () -> ocsp(uri, certificate, issuer)),
                        addresses.crls().stream().map(uri -> () -> crl(uri, certificate, issuer)))
                .toList();
        var found = RevocationData.NONE;
        for (var source : sources) {
            found = source.fetch().map(found::plus).orElse(found);
            if (found.tells(certificate, issuer, needed, policy)) {
                break;
            }
        }
        return found;
    }

    private Optional<RevocationData> ocsp(URI uri, X509Certificate certificate, X509Certificate issuer) {
        var question = RevocationAddresses.ocspRequest(certificate, issuer).toByteArray();
        var name = name(uri, question) + ".ocsp";
        return had(
                name,
                certificate,
                issuer,
                der -> RevocationData.read(List.of(), List.of(der)),
                () -> ask(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/ocsp-request")
                                .header("Accept", "application/ocsp-response")
                                .POST(BodyPublishers.ofByteArray(question)),
                        uri,
                        OcspResponse.LARGEST));
    }

    private Optional<RevocationData> crl(URI uri, X509Certificate certificate, X509Certificate issuer) {
        // a list is its issuer's: another authority's at the same address is another file
        var name = name(uri, Certificates.der(issuer)) + ".crl";
        return had(
                name,
                certificate,
                issuer,
                der -> RevocationData.read(List.of(der), List.of()),
                () -> ask(HttpRequest.newBuilder(uri).GET(), uri, LARGEST_LIST));
    }

    @FunctionalInterface
    private interface Parser {
        RevocationData parse(byte[] der);
    }

    @FunctionalInterface
    private interface Fetcher<T> {
        Optional<T> fetch();
    }

    /// From the cache while it is current, or fetched; kept only when it is what it should be.
    private Optional<RevocationData> had(
            String name, X509Certificate certificate, X509Certificate issuer, Parser parser, Fetcher<byte[]> fetcher) {
        var now = clock.instant();
        var cached = cache.get(name).map(parser::parse).filter(data -> data.tells(certificate, issuer, now));
        if (cached.isPresent()) {
            return cached;
        }
        var bytes = fetcher.fetch();
        var fetched = bytes.map(parser::parse).filter(data -> data.tells(certificate, issuer, now));
        if (fetched.isPresent()) {
            cache.put(name, bytes.get());
        }
        return fetched;
    }

    private Optional<byte[]> ask(HttpRequest.Builder request, URI uri, int largest) {
        var host = uri.getRawAuthority();
        var address = host + uri.getRawPath();
        if (!hosts.allow(uri) || rests(host) || rests(address)) {
            return Optional.empty();
        }
        var answer = http.sendAsync(
                request.timeout(PATIENCE).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
        try {
            var response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() == 200) {
                return Optional.of(response.body());
            }
            LOG.warn("revocation data of {}: status {}", host, response.statusCode());
            rest(address); // its neighbour may answer: a list beside a status service
        } catch (TimeoutException | ExecutionException e) {
            answer.cancel(true);
            LOG.warn("revocation data of {}: {}", host, e.getClass().getSimpleName());
            rest(host);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private boolean rests(String hostOrAddress) {
        return resting.getOrDefault(hostOrAddress, Instant.MIN).isAfter(clock.instant());
    }

    private void rest(String hostOrAddress) {
        if (resting.size() > MOST_RESTING) {
            resting.clear();
        }
        resting.put(hostOrAddress, clock.instant().plus(REST));
    }

    private static String name(URI uri, byte[] about) {
        var address = uri.toString().getBytes(StandardCharsets.UTF_8);
        var all = new byte[address.length + about.length];
        System.arraycopy(address, 0, all, 0, address.length);
        System.arraycopy(about, 0, all, address.length, about.length);
        return Digest.sha256(all).hex();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
