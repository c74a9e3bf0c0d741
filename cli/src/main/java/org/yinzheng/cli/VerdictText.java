package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.ColorScheme;

/// One verdict for a person at a terminal: the same answer that `--json` gives, in a few lines.
final class VerdictText {
    private final ColorScheme colours;
    private final boolean details;

    VerdictText(ColorScheme colours, boolean details) {
        this.colours = colours;
        this.details = details;
    }

    void print(PrintWriter out, JsonNode answer) {
        var indication = answer.path("indication").asText();
        out.println(colours.text(mark(indication) + "  ") + answer.path("file").asText());
        out.println("     " + answer.path("format").asText() + "  完整性 integrity: "
                + answer.path("integrity").asText());
        sentences(out, answer.path("answers"));
        if (answer.has("twins")) {
            twins(out, answer.path("twins"));
        }
        for (var signature : answer.path("signatures")) {
            out.println("     签名 " + signature.path("name").asText() + "  "
                    + signature.path("kind").asText() + "  "
                    + signature.path("algorithm").asText() + "  "
                    + signature.path("integrity").asText() + "  "
                    + signature.path("signer").asText());
            for (var check : signature.path("checks")) {
                check(out, check);
            }
        }
        answer.path("checks").forEach(check -> check(out, check));
    }

    private void sentences(PrintWriter out, JsonNode answers) {
        for (var question : List.of("genuine", "inForce", "holder", "next")) {
            var text = answers.path(question);
            out.println(
                    "     " + text.path("zh").asText() + "  " + text.path("en").asText());
        }
    }

    private void twins(PrintWriter out, JsonNode twins) {
        var others = twins.path("files").size() - 1;
        if (twins.path("agree").asBoolean()) {
            out.println(
                    "     与同一证照的另 " + others + " 份文件内容一致  says the same as " + others + " other files of this licence");
            return;
        }
        out.println(colours.text("     @|bold,red ✘ 同一证照的几份文件内容不一致  the renditions of this licence differ|@"));
        twins.path("differences").properties().forEach(field -> field.getValue()
                .properties()
                .forEach(said -> out.println("       ! " + field.getKey() + " = "
                        + (said.getValue().asText().isEmpty()
                                ? "(无 absent)"
                                : said.getValue().asText())
                        + "  " + said.getKey())));
    }

    private void check(PrintWriter out, JsonNode check) {
        var passed = check.path("passed").asBoolean();
        if (details || !passed) {
            out.println("       " + (passed ? "· " : "! ") + check.path("step").asText() + ": "
                    + check.path("found").asText()
                    + (check.hasNonNull("reason") ? "  [" + check.path("reason").asText() + "]" : ""));
        }
    }

    private static String mark(String indication) {
        return switch (indication) {
            case "TOTAL-PASSED" -> "@|bold,green ✔ TOTAL-PASSED |@";
            case "TOTAL-FAILED", "MALFORMED" -> "@|bold,red ✘ " + indication + " |@";
            default -> "@|bold,yellow ? " + indication + " |@";
        };
    }
}
