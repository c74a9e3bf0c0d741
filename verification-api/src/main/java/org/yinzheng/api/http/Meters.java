package org.yinzheng.api.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.verdict.Indication;

/// What this service counts, beside what Vert.x counts about HTTP.
public final class Meters {
    /// How a request to issue ended.
    public enum Issue {
        ISSUED,
        ALREADY_ISSUED,
        REFUSED,
        NOT_DONE,
        UNKNOWN
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Issue, Counter> issues = new EnumMap<>(Issue.class);
    private final Map<Indication, Counter> verifications = new EnumMap<>(Indication.class);

    public Meters() {
        for (var issue : Issue.values()) {
            issues.put(
                    issue,
                    Counter.builder("yinzheng.issues")
                            .description("Requests to issue a licence, by how they ended")
                            .tag("outcome", issue.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (var indication : Indication.values()) {
            verifications.put(
                    indication,
                    Counter.builder("yinzheng.verifications")
                            .description("Verified documents, by indication")
                            .tag("indication", indication.wireName())
                            .register(registry));
        }
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /// 1 while `part` is there, 0 while it is away; as of the last time that anybody asked for readiness.
    void ready(Readiness readiness) {
        for (var part : readiness.names()) {
            Gauge.builder("yinzheng.ready", () -> readiness.lastKnown(part) ? 1 : 0)
                    .description("Whether a part of the system is there")
                    .tag("part", part)
                    .register(registry);
        }
    }

    public void places(String gate, Gate gauged) {
        Gauge.builder("yinzheng.gate.free", gauged, Gate::free)
                .description("Free places at a gate")
                .tag("gate", gate)
                .register(registry);
    }

    public void uploads(ByteBudget budget) {
        Gauge.builder("yinzheng.upload.bytes.left", budget, ByteBudget::left)
                .description("Bytes of uploads that may still come into memory")
                .register(registry);
    }

    /// How many seals that are in use have ended, or end soon: asked of the registry with each scrape.
    public void seals(Seals seals) {
        ending(seals, "ended", Seals.Endings::ended);
        ending(seals, "within-30-days", Seals.Endings::within30Days);
        ending(seals, "later", Seals.Endings::later);
    }

    private void ending(Seals seals, String when, ToDoubleFunction<Seals.Endings> count) {
        Gauge.builder("yinzheng.seals", () -> {
                    try {
                        return count.applyAsDouble(seals.endings());
                    } catch (Failure.NotDone away) {
                        return Double.NaN;
                    }
                })
                .description("Seals in use or suspended, by the end of the seal or of a signer's certificate")
                .tag("ends", when)
                .register(registry);
    }

    public void issue(Issue issue) {
        count(issues, issue);
    }

    void verified(Indication indication) {
        count(verifications, indication);
    }

    private static <K> void count(Map<K, Counter> counters, K key) {
        var counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }
}
