package org.yinzheng.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.testdata.DemoPeople;

/// What hostile clients do to the verification service, and what a window notices of it meanwhile. Real processes, real
/// sockets: `java -cp ... org.yinzheng.bench.VerifyLoad [parallel uploads] [slow clients]`. Prints a table for
/// `docs/benchmarks.md`.
public final class VerifyLoad {
    private static final String PATH = "/api/v1/verifications";
    private static final long GIGABYTE = 1L << 30;
    private static final int PROMISES = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final byte[] licence;

    private VerifyLoad(URI server, byte[] licence) {
        this.server = server;
        this.licence = licence;
    }

    public static void main(String[] arguments) throws Exception {
        int uploads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int slow = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        var data = Files.createTempDirectory("verify-load").resolve("data");
        List<String> promised;
        System.out.println("| scenario | outcome | most memory | healthy client p50 / p99 |\n|---|---|---|---|");
        try (var service = ServedProcess.start(data)) {
            var load = new VerifyLoad(service.url(), issue(service.url()));
            try (var healthy = new HealthyClient(service.url(), load.licence)) {
                report("nobody else, 10 s", service, healthy, () -> {
                    Thread.sleep(10_000);
                    return "";
                });
                report("upload of 1 GB", service, healthy, load::gigabyte);
                report(uploads + " parallel uploads", service, healthy, () -> load.flood(uploads));
                report(slow + " slow-loris clients", service, healthy, () -> load.slow(slow));
                report("afterwards, 10 s", service, healthy, () -> {
                    Thread.sleep(10_000);
                    return "";
                });
            }
            promised = load.promise();
        } // killed
        try (var again = ServedProcess.start(data)) {
            System.out.println("| kill -9 with " + PROMISES + " promised | after the restart: "
                    + new VerifyLoad(again.url(), new byte[0]).settled(promised) + " | "
                    + again.peakMegabytes() + " MB | |");
        }
        System.exit(0);
    }

    private static void report(String name, ServedProcess service, HealthyClient healthy, Callable<String> scenario)
            throws Exception {
        healthy.seen();
        service.peakMegabytes();
        var outcome = scenario.call();
        Thread.sleep(500);
        System.out.println(
                "| " + name + " | " + outcome + " | " + service.peakMegabytes() + " MB | " + healthy.seen() + " |");
    }

    private static byte[] issue(URI server) {
        var citizen = DemoPeople.citizens().getFirst();
        var request = new ObjectMapper()
                .createObjectNode()
                .put("type", "居住证")
                .put("holderName", citizen.name())
                .put("holderId", citizen.id())
                .put(
                        "validFrom",
                        LocalDate.now(ZoneId.of("Asia/Shanghai"))
                                .withDayOfYear(1)
                                .toString());
        request.putObject("data")
                .put("KZ_XB", citizen.sex())
                .put("KZ_MZ", citizen.nation())
                .put("KZ_CSRQ", citizen.birth().toString())
                .put("KZ_ZZ", citizen.address());
        try (var officer = ApiClient.signedIn(server, "issuing-officer")) {
            var issued = officer.licences().issue("verify-load", request).licence();
            return officer.licences()
                    .rendition(issued.path("id").asText(), "pdf")
                    .toByteArray();
        }
    }

    /// In chunks, so that its length is not known beforehand.
    private String gigabyte() throws IOException {
        long sent = 0;
        try (var socket = connect()) {
            socket.getOutputStream().write(head("Transfer-Encoding: chunked"));
            var chunk = new byte[64 << 10];
            var framed = (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                while (sent < GIGABYTE) {
                    socket.getOutputStream().write(framed);
                    socket.getOutputStream().write(chunk);
                    socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    sent += chunk.length;
                }
            } catch (IOException cutOff) {
                // the answer may have come before
            }
            return status(socket) + " after " + (sent >> 20) + " MB";
        }
    }

    private String flood(int clients) throws InterruptedException {
        var outcomes = new ConcurrentHashMap<String, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                threads.execute(() -> outcomes.merge(upload(), 1, Integer::sum));
            }
        }
        return new TreeMap<>(outcomes).toString();
    }

    private String upload() {
        try (var socket = connect()) {
            socket.setSoTimeout(180_000);
            socket.getOutputStream().write(head("Content-Length: " + licence.length));
            socket.getOutputStream().write(licence);
            return status(socket);
        } catch (IOException lost) {
            return lost.getClass().getSimpleName();
        }
    }

    /// Half of them send half a head, the others half a body; all wait for what becomes of it.
    private String slow(int clients) throws InterruptedException {
        var outcomes = new ConcurrentHashMap<String, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                var part = i % 2 == 0
                        ? "GET / HT".getBytes(StandardCharsets.US_ASCII)
                        : head("Content-Length: " + licence.length);
                threads.execute(() -> outcomes.merge(trickle(part), 1, Integer::sum));
            }
        }
        return new TreeMap<>(outcomes).toString();
    }

    private String trickle(byte[] part) {
        try (var socket = connect()) {
            socket.setSoTimeout(180_000);
            socket.getOutputStream().write(part);
            return status(socket);
        } catch (IOException lost) {
            return lost.getClass().getSimpleName();
        }
    }

    private List<String> promise() throws IOException, InterruptedException {
        var promised = new ArrayList<String>();
        for (int i = 0; i < PROMISES; i++) {
            var answer = http.send(
                    HttpRequest.newBuilder(server.resolve(PATH))
                            .header("Content-Type", "application/pdf")
                            .header("Prefer", "respond-async")
                            .POST(BodyPublishers.ofByteArray(licence))
                            .build(),
                    BodyHandlers.discarding());
            answer.headers().firstValue("Location").ifPresent(promised::add);
        }
        return promised;
    }

    private String settled(List<String> promised) throws IOException, InterruptedException {
        var states = new TreeMap<String, Integer>();
        for (var location : promised) {
            Optional<String> state = Optional.empty();
            while (state.isEmpty() || state.get().equals("pending")) {
                state = Optional.of(json(http.send(
                                HttpRequest.newBuilder(server.resolve(location)).build(), BodyHandlers.ofString()))
                        .path("state")
                        .asText());
                Thread.sleep(20);
            }
            states.merge(state.get(), 1, Integer::sum);
        }
        return states.toString();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 60_000);
        return socket;
    }

    private static byte[] head(String framing) {
        return ("POST " + PATH
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n"
                        + framing + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String status(Socket socket) throws IOException {
        var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        var first = answer.readLine();
        if (first == null) {
            return "closed";
        }
        var retry = false;
        for (var line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
            retry |= line.toLowerCase(java.util.Locale.ROOT).startsWith("retry-after");
        }
        return first.split(" ", -1)[1] + (retry ? " Retry-After" : "");
    }
}
