package org.yinzheng.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.ext.web.Router;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.ByteBudget;
import org.yinzheng.api.http.Meters;
import org.yinzheng.api.notice.Courier;
import org.yinzheng.api.verification.Jobs;
import org.yinzheng.signing.Failure;

/// The HTTP service: starts, answers, and stops without dropping what it has begun. Made once, started once.
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final ServiceParts parts;
    private final ServiceConfig config;
    private final Meters meters = new Meters();
    private final Bridge bridge = new Bridge();
    private final Vertx vertx;
    private volatile @Nullable Router routes;
    private volatile @Nullable Jobs jobs;
    private volatile @Nullable Courier courier;
    private volatile @Nullable HttpServer server;

    public Service(ServiceParts parts, ServiceConfig config) {
        this.parts = parts;
        this.config = config;
        this.vertx = Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(metrics()))
                .withMetrics(new MicrometerMetricsFactory(meters.registry()))
                .build();
    }

    /// Returns when the service answers.
    ///
    /// @throws Failure.NotDone when the address is taken
    public void start() {
        var slow = new SlowClients(vertx, config.limits().receive());
        var listening = vertx.createHttpServer(options())
                .connectionHandler(slow::connected)
                .requestHandler(request -> {
                    slow.spoken(request);
                    var known = routes;
                    if (known == null) {
                        request.response().setStatusCode(503).end(); // between listening and being ready
                    } else {
                        known.handle(request);
                    }
                })
                .listen();
        try {
            server = await(listening);
            var wired = wire();
            jobs = wired.jobs();
            courier = wired.courier();
            routes = wired.router();
        } catch (CompletionException e) {
            vertx.close();
            if (e.getCause() instanceof BindException taken) {
                throw new Failure.NotDone(
                        "cannot listen on " + config.host() + ":" + config.port() + ": the address is taken", taken);
            }
            throw e;
        }
        LOG.info("listening on {}", url());
    }

    /// The port it listens on, once started.
    public int port() {
        var started = server;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started.actualPort();
    }

    /// As browsers reach it.
    public URI url() {
        return config.publicUrl().orElseGet(() -> URI.create("http://" + config.host() + ":" + port()));
    }

    /// Method and pattern of every route, for the test that holds them against the contract.
    Set<String> routes() {
        return Objects.requireNonNull(routes, "not started").getRoutes().stream()
                .filter(route -> route.getPath() != null && route.methods() != null)
                .flatMap(route -> route.methods().stream().map(method -> method + " " + route.getPath()))
                .collect(Collectors.toSet());
    }

    /// Takes no new connection, lets what is under way finish (at most [Limits#stop]), then closes.
    public void stop() {
        var started = server;
        long deadline = System.nanoTime() + config.limits().stop().toNanos();
        try {
            if (started != null) {
                await(started.shutdown(config.limits().stop().toMillis(), TimeUnit.MILLISECONDS));
            }
            var carrying = courier;
            if (carrying != null) {
                carrying.close();
            }
            var waiting = jobs;
            if (waiting != null) {
                waiting.stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            // a caller may have gone while its licence was being issued
            if (!bridge.stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                LOG.warn("stopped with work under way; it is reconciled at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            await(vertx.close());
        }
    }

    private Wiring.Wired wire() {
        var limits = config.limits();
        var budget = new ByteBudget(limits.uploadBytesInFlight());
        meters.uploads(budget);
        var bodies = new Bodies(vertx, budget, limits.uploadBytes(), limits.receive());
        return new Wiring(parts, config, vertx, meters, bridge, bodies, url(), ZoneId.systemDefault()).wire();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) config.limits().idle().toMillis())
                .setMaxHeaderSize(16 << 10)
                .setMaxFormFields(16)
                .setMaxFormAttributeSize(32 << 10)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true);
    }

    private static MetricsOptions metrics() {
        return new MicrometerMetricsOptions().setEnabled(true);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
