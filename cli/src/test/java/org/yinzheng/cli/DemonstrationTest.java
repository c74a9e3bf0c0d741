package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.testdata.DemoPeople;

/// The main job end to end, on a real token, a real PostgreSQL and the real HTTP API: what a newcomer sees first.
class DemonstrationTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Path data = Path.of("");
    private static Path output = Path.of("");
    private static Terminal first = new Terminal(-1, "", "");

    @BeforeAll
    static void demonstrate() {
        data = folder.resolve("data");
        output = folder.resolve("demo-output");
        first = Terminal.run("demo", "--data", data, "--output", output);
    }

    @Test
    void emptyMachine_everyStepComesOutAsExpected() throws IOException {
        assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(ExitCode.DONE);
        assertThat(first.out())
                .contains("TOTAL-FAILED")
                .contains("HASH_FAILURE")
                .doesNotContain("✘");
        assertThat(files("issued")).hasSize(32);
        assertThat(files("stamped")).hasSize(2);
        assertThat(files("converted")).hasSize(68);
        assertThat(Files.readString(output.resolve("rejected.csv")).lines()).hasSize(7);
    }

    @Test
    void again_makesNothingTwice() {
        var again = Terminal.run("demo", "--data", data, "--output", folder.resolve("again"));

        assertThat(again.exitCode()).as(again.out() + again.err()).isEqualTo(ExitCode.DONE);
        assertThat(again.out()).contains("already issued before: 8").contains("converted before: 34");
    }

    @Test
    void foreignFolder_isNotEmptied() throws IOException {
        var foreign = Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "mine");

        assertThat(Terminal.run("demo", "--data", data, "--output", foreign).exitCode())
                .isEqualTo(ExitCode.FAILED);
        assertThat(foreign.resolve("thesis.txt")).exists();
    }

    @Test
    void verify_everythingIssuedAndConverted_passes() throws IOException {
        var run = Terminal.run(
                "verify",
                "--json",
                "--data",
                data,
                output.resolve("issued"),
                output.resolve("stamped"),
                output.resolve("converted"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(answers(run)).hasSize(102).allSatisfy(answer -> {
            assertThat(answer.path("indication").asText()).isEqualTo("TOTAL-PASSED");
            assertThat(answer.path("integrity").asText()).isEqualTo("INTACT");
        });
        var twins = answers(run).stream().map(answer -> answer.path("twins")).filter(JsonNode::isObject);
        // each but the first file of a licence, beside those before it
        assertThat(twins).hasSize(8 * 3 + 34).allSatisfy(found -> {
            assertThat(found.path("files")).hasSizeBetween(2, 4);
            assertThat(found.path("agree").asBoolean()).isTrue();
        });
    }

    @Test
    void stamp_putsTheSealWhereTheWordIs_andRepeatingItMakesNothingTwice() throws Exception {
        var paper = output.resolve("to-stamp").resolve("批复.pdf");
        var results = folder.resolve("by-command");
        Object[] command = {
            "stamp",
            "--json",
            "--data",
            data,
            "--seal",
            seal(),
            "--purpose",
            "建设项目批复",
            "--at",
            "keyword:盖章处",
            "--level",
            "lt",
            "--output",
            results,
            paper
        };
        var run = Terminal.run(command);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
        var outcome = answers(run).getFirst();
        assertThat(outcome.path("level").asText()).isEqualTo("LT");
        assertThat(outcome.path("placed")).hasSize(1);
        var stamped = Path.of(outcome.path("file").asText());
        assertThat(stamped).isEqualTo(results.resolve("批复.stamped.pdf"));
        var bytes = Files.readAllBytes(stamped);
        assertThat(Terminal.run("verify", "--data", data, stamped).exitCode()).isEqualTo(ExitCode.DONE);

        assertThat(answers(Terminal.run(command)).getFirst().path("use")).isEqualTo(outcome.path("use"));
        assertThat(stamped).hasBinaryContent(bytes);
    }

    @Test
    void stamp_documentWithoutTheWord_isRefusedWithTheReason() throws Exception {
        var run = Terminal.run(
                "stamp",
                "--data",
                data,
                "--seal",
                seal(),
                "--purpose",
                "建设项目批复",
                "--at",
                "keyword:无此词",
                output.resolve("to-stamp").resolve("批复.pdf"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("place-not-found");
    }

    @Test
    void verify_bundle_holdsWhatTheVerdictRestsOn_andIsJudgedAgain() throws IOException {
        var paper = output.resolve("stamped").resolve("批复.pdf");
        var bundle = folder.resolve("evidence.zip");
        var written = Terminal.run("verify", "--data", data, "--bundle", bundle, paper);
        assertThat(written.exitCode()).as(written.out() + written.err()).isEqualTo(ExitCode.DONE);

        var again = Terminal.run("verify", "--json", "--data", data, "--offline", bundle);
        assertThat(again.exitCode()).as(again.out()).isEqualTo(ExitCode.DONE);
        assertThat(answers(again).getFirst().path("integrity").asText()).isEqualTo("INTACT");

        var bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bundle, bytes);
        assertThat(Terminal.run("verify", "--data", data, bundle).exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void licence_copiedDisputedAndWithdrawn_throughTheCommands() throws IOException {
        var licence = answers(Terminal.run("verify", "--json", "--data", data, output.resolve("issued")))
                .getFirst()
                .path("licenceId")
                .asText();
        var copies = folder.resolve("copies");
        var copied = Terminal.run(
                "licence",
                "copy",
                licence,
                "--data",
                data,
                "--purpose",
                "公积金贷款",
                "--recipient",
                "云泽市住房公积金管理中心",
                "--until",
                LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(10),
                "--output",
                copies);
        assertThat(copied.exitCode()).as(copied.out() + copied.err()).isEqualTo(ExitCode.DONE);
        var offline = Terminal.run("verify", "--data", data, copies);
        assertThat(offline.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(offline.out()).contains("加注件", "仅限办理公积金贷款使用", "to be used until");

        var filed = Terminal.run(
                "licence", "dispute", licence, "--json", "--data", data, "--field", "number", "--why", "写错了");
        assertThat(filed.exitCode()).as(filed.out() + filed.err()).isEqualTo(ExitCode.DONE);
        var dispute = answers(filed).getFirst().path("id").asText();
        assertThat(Terminal.run("licence", "disputes", "--data", data).out()).contains(dispute);
        var withdrawn = Terminal.run("licence", "withdraw", dispute, "--data", data);
        assertThat(withdrawn.out()).contains("已撤回");
        assertThat(Terminal.run("licence", "disputes", "--data", data).out()).doesNotContain(dispute);
    }

    @Test
    void grant_proposedAndConfirmed_throughTheCommands() throws IOException {
        var proposed = Terminal.run("grant", "propose", "new-clerk", "clerk", "--json", "--data", data);
        assertThat(proposed.exitCode()).as(proposed.out() + proposed.err()).isEqualTo(ExitCode.DONE);
        var id = answers(proposed).getFirst().path("id").asText();
        assertThat(Terminal.run("grant", "confirm", id, "--data", data, "--as", "security-admin")
                        .exitCode())
                .isEqualTo(ExitCode.FAILED);
        assertThat(Terminal.run("grant", "confirm", id, "--data", data).out()).contains("IN_FORCE");
        assertThat(Terminal.run("grant", "list", "--data", data).out()).contains("new-clerk");
    }

    @Test
    void authority_dryRun_countsAndChangesNothing() {
        var counted = Terminal.run(
                "authority",
                "merge",
                "--data",
                data,
                "--from",
                DemoPeople.PUBLIC_SECURITY.creditCode(),
                "--into",
                DemoPeople.MARKET_SUPERVISION.creditCode(),
                "--legal-basis",
                "机构改革方案",
                "--dry-run");
        assertThat(counted.exitCode()).as(counted.out() + counted.err()).isEqualTo(ExitCode.DONE);
        assertThat(counted.out()).contains("将承接");
        assertThat(Terminal.run("authority", "mergers", "--data", data).out()).isBlank();
    }

    @Test
    void audit_proofOfALicence_holdsWithoutTheFolder_andForNoOtherKey() throws IOException {
        var keys =
                answers(Terminal.run("audit", "--data", data, "--json", "keys")).getFirst();
        var logKey = keys.path("log").asText();
        var licence = answers(Terminal.run("verify", "--json", "--data", data, output.resolve("issued")))
                .getFirst()
                .path("licenceId")
                .asText();
        var proof = folder.resolve("licence.tlog-proof");
        var proved = Terminal.run("audit", "--data", data, "prove", licence, "--out", proof);
        assertThat(proved.exitCode()).as(proved.err()).isEqualTo(ExitCode.DONE);

        var checked = Terminal.run("audit", "check", proof, "--log-key", logKey);
        assertThat(checked.exitCode()).as(checked.out() + checked.err()).isEqualTo(ExitCode.DONE);
        assertThat(checked.out()).contains("licence.issue").contains(licence);

        var witness = keys.path("witness").asText();
        var unseen = Terminal.run("audit", "check", proof, "--log-key", logKey, "--witness-key", witness);
        assertThat(unseen.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unseen.err()).contains("did not sign");

        Files.writeString(proof, Files.readString(proof).replaceFirst("index ", "index 1"));
        assertThat(Terminal.run("audit", "check", proof, "--log-key", logKey).exitCode())
                .isEqualTo(ExitCode.FAILED);
        assertThat(Terminal.run("audit", "check", proof, "--log-key", "nonsense")
                        .exitCode())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void verify_detachedSignature_isTakenInEitherOrder() throws Exception {
        var content = Files.writeString(folder.resolve("minutes.txt"), "会议纪要");
        var key = folder.resolve("key.pem");
        var certificate = folder.resolve("certificate.pem");
        var signature = folder.resolve("minutes.txt.p7s");
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=Demo",
                "-days",
                "30",
                "-keyout",
                key,
                "-out",
                certificate);
        openssl(
                "cms",
                "-sign",
                "-binary",
                "-md",
                "sha256",
                "-in",
                content,
                "-signer",
                certificate,
                "-inkey",
                key,
                "-outform",
                "DER",
                "-out",
                signature);

        for (var order : new Path[][] {{signature, content}, {content, signature}}) {
            var run = Terminal.run("verify", "--json", "--data", data, "--detached", order[0], order[1]);
            assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.INDETERMINATE);
            var answer = answers(run).getFirst();
            assertThat(answer.path("integrity").asText()).isEqualTo("INTACT");
            assertThat(answer.path("file").asText()).isEqualTo(signature.toString());
        }
        Files.writeString(content, "another");
        var changed = Terminal.run("verify", "--data", data, "--detached", signature, content);
        assertThat(changed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(Terminal.run("verify", "--detached", signature).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static void openssl(Object... arguments) throws Exception {
        var command = new ArrayList<String>(List.of("openssl"));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void verify_policyOfTheOperator_countsInsteadOfTheBuiltInOne() throws IOException {
        var paper = output.resolve("stamped").resolve("批复.pdf");
        var strict = Files.writeString(folder.resolve("policy.txt"), "digest | SHA-1 | 2013-12-31 | test | test");
        var run = Terminal.run("verify", "--json", "--data", data, "--policy", strict, paper);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.INDETERMINATE);
        assertThat(answers(run).getFirst().path("reasons").toString()).contains("ALGORITHM_NOT_LISTED");
    }

    @Test
    void verify_withoutTrust_isIndeterminateAndIntact() throws IOException {
        var run = Terminal.run("verify", "--json", "--data", folder.resolve("none"), output.resolve("issued"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.INDETERMINATE);
        assertThat(answers(run)).allSatisfy(answer -> {
            assertThat(answer.path("indication").asText()).isEqualTo("INDETERMINATE");
            // a credential does not bring its signer's key: without it nobody can tell
            var integrity = answer.path("file").asText().endsWith(".jws") ? "UNKNOWN" : "INTACT";
            assertThat(answer.path("integrity").asText()).isEqualTo(integrity);
        });
    }

    @Test
    void verify_forgedAndForeignFiles_saysWhatEachIs() throws IOException {
        var unsigned = folder.resolve("unsigned.pdf");
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            document.save(unsigned.toFile());
        }
        var text = Files.writeString(folder.resolve("notes.txt"), "no document");
        var forged = output.resolve("forged");

        assertThat(Terminal.run("verify", "--data", data, unsigned).exitCode()).isEqualTo(ExitCode.INDETERMINATE);
        var run =
                Terminal.run("verify", "--json", "--data", data, forged, unsigned, text, folder.resolve("absent.pdf"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(answers(run).stream().map(answer -> answer.path("indication").asText()))
                .containsExactly("TOTAL-FAILED", "NO-SIGNATURE", "MALFORMED", "MALFORMED");
        assertThat(answers(run).getFirst().path("reasons").toString()).contains("HASH_FAILURE");
    }

    @Test
    void issue_sameRequestTwice_makesOneLicence() throws IOException {
        var example = Terminal.run("issue", "--example", "居住证");
        var request = Files.writeString(folder.resolve("request.json"), example.out());

        var once = Terminal.run("issue", "--data", data, "--output", folder.resolve("out"), request);
        var twice = Terminal.run("issue", "--data", data, "--output", folder.resolve("out"), request);

        assertThat(once.exitCode()).as(once.err()).isEqualTo(ExitCode.DONE);
        assertThat(twice.out()).contains("already issued");
        try (Stream<Path> made = Files.list(folder.resolve("out"))) {
            assertThat(made).hasSize(4);
        }
    }

    @Test
    void issue_wrongCheckDigit_namesTheFieldAndNotTheNumber() throws IOException {
        var example = Terminal.run("issue", "--example", "居住证").out();
        var number = new ObjectMapper().readTree(example).path("holderId").asText();
        var wrong = number.substring(0, 17) + (number.endsWith("0") ? "1" : "0");
        var request = Files.writeString(folder.resolve("wrong.json"), example.replace(number, wrong));

        var run = Terminal.run("issue", "--data", data, request);

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("holderId").doesNotContain(wrong);
    }

    @Test
    void secondServerOnOneFolder_saysSoAndStops() throws IOException {
        try (var directory = DataDirectory.open(data)) {
            var second = Terminal.run("serve", "--data", directory.root());

            assertThat(second.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(second.err()).contains("another yinzheng works in");
        }
    }

    @Test
    void tokenKeys_everyKeyHasItsCustodyClass() throws IOException {
        var run = Terminal.run("token", "keys", "--json", "--data", data);

        assertThat(answers(run)).isNotEmpty().allSatisfy(key -> {
            var sm2 = key.path("kind").asText().equals("SM2");
            assertThat(key.path("custody").asText()).isEqualTo(sm2 ? "TOKEN_SEALED" : "TOKEN");
        });
    }

    @Test
    void unknownOption_isUsage() {
        assertThat(Terminal.run("verify", "--jsno", "x").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> inside = Files.list(output.resolve(name))) {
            return inside.toList();
        }
    }

    private static List<JsonNode> answers(Terminal run) throws IOException {
        var json = new ObjectMapper();
        var answers = new java.util.ArrayList<JsonNode>();
        for (var line : run.out().lines().toList()) {
            answers.add(json.readTree(line));
        }
        return answers;
    }

    private String seal() {
        return Settings.load(data.resolve("yinzheng.yaml"))
                .authorities()
                .getFirst()
                .sealId();
    }
}
