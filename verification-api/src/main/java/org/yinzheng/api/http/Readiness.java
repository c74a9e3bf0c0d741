package org.yinzheng.api.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Whether the parts that issuing needs are there, each asked by itself.
public final class Readiness {
    /// One part.
    ///
    /// @param name such as `token`
    /// @param trouble what is wrong and what to do, for the operator; empty while it is there. May block
    public record Probe(String name, Supplier<Optional<String>> trouble) {}

    private final List<Probe> probes;
    private final Map<String, Boolean> last = new ConcurrentHashMap<>();

    public Readiness(List<Probe> probes, Meters meters) {
        this.probes = List.copyOf(probes);
        meters.ready(this);
    }

    /// Blocks. What is wrong with each part; empty for the parts that are there.
    public Map<String, Optional<String>> ask() {
        var answers = new LinkedHashMap<String, Optional<String>>();
        for (var probe : probes) {
            var trouble = probe.trouble().get();
            last.put(probe.name(), trouble.isEmpty());
            answers.put(probe.name(), trouble);
        }
        return answers;
    }

    boolean lastKnown(String name) {
        return last.getOrDefault(name, false);
    }

    Set<String> names() {
        return probes.stream().map(Probe::name).collect(Collectors.toSet());
    }
}
