package org.yinzheng.api.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.client.AllowedHosts;
import org.yinzheng.registry.notice.Delivery;
import org.yinzheng.registry.notice.Notice;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.jose.JwkSet;
import org.yinzheng.signing.jose.JwsAlgorithm;
import org.yinzheng.signing.jose.JwsSigner;
import org.yinzheng.signing.key.SigningKey;

/// Empties the outbox: every notice is a security event token (RFC 8417) that is pushed to its webhook (RFC 8935),
/// signed with a key that is published. At least once, and of one licence in order.
public final class Courier implements AutoCloseable {
    /// What kind of token it is, and its media type.
    public static final String TYPE = "secevent+jwt";

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final String EVENTS = "urn:yinzheng:licence:";
    private static final int AT_ONCE = 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// Longer than a delivery can take: the token, the connection, the answer.
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration GIVE_UP = Duration.ofDays(7);

    private final Outbox outbox;
    private final JwsSigner signer;
    private final AllowedHosts hosts;
    private final URI issuer;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Thread thread;
    private volatile boolean stopping;

    private Courier(Outbox outbox, SigningKey key, AllowedHosts hosts, URI issuer, Clock clock) {
        this.outbox = outbox;
        this.signer = new JwsSigner(key, JwsAlgorithm.of(key.kind()));
        this.hosts = hosts;
        this.issuer = issuer;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("courier").daemon().unstarted(this::run);
    }

    /// @param key signs the tokens
    /// @param hosts to which tokens may go: asked anew for every delivery
    /// @param issuer under which this service is reached
    public static Courier start(Outbox outbox, SigningKey key, AllowedHosts hosts, URI issuer, Clock clock) {
        var courier = new Courier(outbox, key, hosts, issuer, clock);
        courier.thread.start();
        return courier;
    }

    /// The keys by which anybody checks the tokens (RFC 7517).
    public String keys() {
        return JwkSet.publish(List.of(signer.publicKey()));
    }

    private void run() {
        while (!stopping) {
            try {
                if (round() < AT_ONCE) {
                    Thread.sleep(PAUSE);
                }
            } catch (Failure away) {
                LOG.warn("notices wait: {}", away.getMessage());
                pause();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException bug) {
                LOG.error("a round of notices broke off", bug);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.multipliedBy(5));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Crash: what was taken is due again after its lease, delivered or not.
    private int round() {
        var taken = outbox.take(AT_ONCE, LEASE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            taken.forEach(delivery -> threads.execute(() -> deliver(delivery)));
        }
        return taken.size();
    }

    private void deliver(Delivery delivery) {
        try {
            var trouble = push(delivery);
            if (trouble.isEmpty()) {
                outbox.delivered(delivery);
            } else {
                outbox.failed(delivery, next(delivery), trouble.get());
            }
        } catch (Failure later) {
            LOG.warn("a notice is left for after its lease: {}", later.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("a notice could not be delivered", bug);
        }
    }

    /// @return what went wrong
    private Optional<String> push(Delivery delivery) {
        if (!hosts.allow(delivery.url())) {
            return Optional.of("the host is not allowed");
        }
        var request = HttpRequest.newBuilder(delivery.url())
                .timeout(PATIENCE)
                .header("Content-Type", "application/" + TYPE)
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(token(delivery)))
                .build();
        try {
            var status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300 ? Optional.empty() : Optional.of("HTTP status " + status);
        } catch (IOException e) {
            return Optional.of(e.getClass().getSimpleName());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("stopped");
        }
    }

    private String token(Delivery delivery) {
        var notice = delivery.notice();
        var claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", issuer.toString());
        claims.put("aud", delivery.url().toString());
        claims.put("jti", delivery.webhook() + "." + notice.id());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("toe", notice.at().getEpochSecond());
        claims.put("txn", String.valueOf(notice.id()));
        claims.putObject("sub_id")
                .put("format", "opaque")
                .put("id", notice.licence().value());
        var event = claims.putObject("events").putObject(EVENTS + wire(notice.kind()));
        event.put("licenceId", notice.licence().value());
        event.put(
                "standing",
                issuer.resolve("/api/v1/standing/" + notice.licence()).toString());
        notice.successor().ifPresent(id -> event.put("supersededBy", id.value()));
        notice.part().ifPresent(part -> event.put("part", part.id().value()).put("change", wire(part.kind())));
        return signer.sign(TYPE, claims);
    }

    private static String wire(Notice.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Twice as long after each attempt, for a week.
    private Optional<Duration> next(Delivery delivery) {
        if (clock.instant().isAfter(delivery.since().plus(GIVE_UP))) {
            return Optional.empty();
        }
        var wait = Duration.ofSeconds(1L << Math.min(delivery.attempts(), 12));
        return Optional.of(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
