package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.SampleApproval;
import org.yinzheng.testdata.SampleStock;

/// The demonstration's story, top to bottom: issue, convert, verify, forge, revoke. Each step says what was
/// expected and what came.
final class Demonstration {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STOCK = 40;
    private static final int WRONG_ROWS = 6;
    private static final long SEED = 20261121;

    /// @param asExpected whether every step came out as it should
    record Outcome(Table table, boolean asExpected) {}

    private final LocalService local;
    private final DemoOutput output;
    private final Clock clock;
    private final Consumer<String> say;
    private final Table table = new Table("步骤 step", "结果 result", "");
    private boolean asExpected = true;

    Demonstration(LocalService local, DemoOutput output, Clock clock, Consumer<String> say) {
        this.local = local;
        this.output = output;
        this.clock = clock;
        this.say = say;
    }

    Outcome run() throws IOException {
        try (var officer = local.as(DemoUsers.ISSUER);
                var clerk = local.as(DemoUsers.CLERK)) {
            var licences = issue(officer);
            stamp(officer);
            convert();
            verifyAll(clerk);
            forge(clerk);
            revoke(officer, clerk, licences.getLast());
        }
        return new Outcome(table, asExpected);
    }

    private List<Issued> issue(ApiClient officer) throws IOException {
        say.accept("经 API 制证 issuing through the API ...");
        // the year's first day: a second run on another day asks for the same licences
        var validFrom =
                LocalDate.now(clock.withZone(ZoneId.of("Asia/Shanghai"))).withDayOfYear(1);
        var folder = output.folder("issued");
        var licences = new ArrayList<Issued>();
        var again = 0;
        for (var named : DemoRequests.all(validFrom)) {
            var key = "demo:"
                    + Digest.sha256(named.request().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            var answer = officer.licences().issue(key, named.request());
            again += answer.alreadyIssued() ? 1 : 0;
            var id = answer.licence().path("id").asText();
            var name = "%02d-%s".formatted(licences.size() + 1, named.title());
            for (var format : Format.values()) {
                var file = folder.resolve(name + "." + format.extension());
                Files.write(
                        file,
                        officer.licences().rendition(id, format.extension()).toByteArray());
            }
            licences.add(new Issued(id, folder.resolve(name + ".pdf")));
        }
        var note = again == 0 ? "" : "其中 " + again + " 份此前已制发  already issued before: " + again;
        step(
                "经 API 制证 issued through the API",
                licences.size() + " 份 licences, PDF + OFD + XML + QR",
                note,
                licences.size() == 8);
        return licences;
    }

    /// An approval, which is no licence: as PDF with both signatures and a timestamp, and as OFD.
    private void stamp(ApiClient officer) throws IOException {
        say.accept("给批复盖章 stamping an approval ...");
        var approval = new SampleApproval(Typefaces.find(), "滨河路农贸市场改造项目");
        var paper = output.folder("to-stamp");
        var files = List.of(paper.resolve("批复.pdf"), paper.resolve("批复.ofd"));
        Files.write(files.getFirst(), approval.pdf().toByteArray());
        Files.write(files.getLast(), approval.ofd().toByteArray());
        var request = JSON.createObjectNode()
                .put(
                        "seal",
                        local.installation().settings().authorities().getFirst().sealId())
                .put("purpose", "建设项目批复")
                .put("level", "t");
        request.putArray("at").add("keyword:盖章处");
        var answer = officer.stamps().stamp("demo-stamp:" + approval.pdf().sha256(), request, files);
        var stamped = 0;
        for (var outcome : answer.path("outcomes")) {
            if (outcome.path("level").asText().equals("T")) {
                var file = output.folder("stamped")
                        .resolve("批复." + outcome.path("format").asText());
                Files.deleteIfExists(file);
                officer.stamps().fetch(outcome.path("href").asText(), file);
                stamped++;
            }
        }
        step("用印 stamped an approval", stamped + " 份 documents, PDF + OFD", "SM2 + RSA，时间戳 timestamp", stamped == 2);
    }

    private void convert() throws IOException {
        say.accept("转换纸质证照 converting paper licences ...");
        var stock = output.folder("paper");
        SampleStock.write(stock, SEED, STOCK);
        var report = local.installation()
                .conversion()
                .run(
                        stock.resolve("index.csv"),
                        stock.resolve("scans"),
                        output.root(),
                        new Actor("demo", "operator"),
                        (done, total, accepted, rejected) -> {});
        var converted = report.accepted() + report.alreadyConverted();
        step(
                "转换 converted from scans",
                converted + " 份 licences",
                report.alreadyConverted() == 0
                        ? ""
                        : "其中 " + report.alreadyConverted() + " 份此前已转换  converted before: " + report.alreadyConverted(),
                converted == STOCK - WRONG_ROWS);
        step(
                "退回 rejected, each with its reason",
                report.rejected() + " 行 rows",
                "rejected.csv",
                report.rejected() == WRONG_ROWS);
    }

    private void verifyAll(ApiClient clerk) throws IOException {
        say.accept("验证全部文件 verifying every file ...");
        var files = new ArrayList<Path>();
        for (var folder : List.of("issued", "stamped", "converted")) {
            try (Stream<Path> inside = Files.list(output.folder(folder))) {
                inside.sorted().forEach(files::add);
            }
        }
        var passed = 0;
        for (var file : files) {
            var answer = verify(clerk, file);
            if (answer.path("indication").asText().equals("TOTAL-PASSED")) {
                passed++;
            } else {
                say.accept(file + ": " + answer.path("indication").asText() + " " + answer.path("reasons"));
            }
        }
        var expected = Format.values().length * 8 + 2 * (1 + STOCK - WRONG_ROWS);
        step("验证 verified", passed + " / " + files.size() + " TOTAL-PASSED", "", passed == expected);
    }

    /// One byte of a signed PDF's content, changed: the smallest forgery there is.
    private void forge(ApiClient clerk) throws IOException {
        var original = first(output.folder("issued"));
        var bytes = Files.readAllBytes(original);
        bytes[bytes.length / 4] ^= 1;
        var forged = output.folder("forged").resolve(original.getFileName());
        Files.write(forged, bytes);
        var answer = verify(clerk, forged);
        var indication = answer.path("indication").asText();
        step(
                "伪造件 forged copy, one byte changed",
                indication,
                answer.path("reasons").toString(),
                indication.equals("TOTAL-FAILED"));
    }

    private void revoke(ApiClient officer, ApiClient clerk, Issued licence) throws IOException {
        officer.licences()
                .change(
                        licence.id(),
                        "revocation",
                        "demo-revocation-" + licence.id(),
                        JSON.createObjectNode()
                                .put("reasonCode", "holder-moved-away")
                                .put("legalBasis", "演示：居住证暂行条例第十条（示例）")
                                .put("note", ""));
        var answer = verify(clerk, licence.pdf());
        step(
                "吊销后 revoked, then verified",
                "真实 genuine: "
                        + answer.path("answers").path("genuine").path("value").asText()
                        + "，有效 in force: "
                        + answer.path("answers").path("inForce").path("value").asText(),
                licence.pdf().getFileName().toString(),
                answer.path("answers").path("inForce").path("value").asText().equals("NO"));
    }

    private static JsonNode verify(ApiClient clerk, Path file) throws IOException {
        return clerk.verifications().verify(DocumentBytes.owning(Files.readAllBytes(file)));
    }

    private static Path first(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> file.toString().endsWith(".pdf"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void step(String name, String result, String note, boolean expected) {
        table.row((expected ? "✔ " : "✘ ") + name, result, note);
        asExpected &= expected;
    }

    private record Issued(String id, Path pdf) {}
}
