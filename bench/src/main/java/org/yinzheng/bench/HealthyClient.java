package org.yinzheng.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Verifies one licence after the other, as a window does, and notes how long each took.
final class HealthyClient implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final HttpRequest request;
    private final List<Long> milliseconds = new ArrayList<>();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private final Thread thread;

    HealthyClient(URI server, byte[] licence) {
        this.request = HttpRequest.newBuilder(server.resolve("/api/v1/verifications"))
                .header("Content-Type", "application/pdf")
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofByteArray(licence))
                .build();
        this.thread = Thread.ofPlatform().start(this::run);
    }

    private void run() {
        try {
            while (true) {
                long begun = System.nanoTime();
                String outcome;
                try {
                    outcome = String.valueOf(
                            http.send(request, BodyHandlers.discarding()).statusCode());
                } catch (IOException lost) {
                    outcome = lost.getClass().getSimpleName();
                }
                note(outcome, (System.nanoTime() - begun) / 1_000_000);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            // asked to
        }
    }

    private synchronized void note(String outcome, long took) {
        outcomes.merge(outcome, 1, Integer::sum);
        milliseconds.add(took);
    }

    /// Since the last question: `p50 / p99 ms`, and how many ended how.
    synchronized String seen() {
        var sorted = milliseconds.stream().sorted().toList();
        var text = sorted.isEmpty()
                ? "none finished"
                : "%d / %d ms, %s".formatted(at(sorted, 0.5), at(sorted, 0.99), outcomes);
        milliseconds.clear();
        outcomes.clear();
        return text;
    }

    private static long at(List<Long> sorted, double share) {
        return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
    }

    @Override
    public void close() {
        thread.interrupt();
        http.close();
    }
}
