package org.yinzheng.api.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Next;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.SubIndication;

/// Writes `docs/reasons.md` from the enums. Run by hand when a test says that the file is stale:
/// `mvn -pl verification-api -am test -Dtest=ReasonsTest -Dsurefire.failIfNoSpecifiedTests=false -DwriteReasons`.
final class Reasons {
    static final Path FILE = Path.of("..", "docs", "reasons.md");

    private final StringBuilder text = new StringBuilder();

    private Reasons() {}

    static void write() throws IOException {
        Files.writeString(FILE, page());
    }

    static String page() {
        return new Reasons().all();
    }

    private String all() {
        text.append("""
                # Reason codes 理由代码

                Generated from the code (`Flaw`, `Gap`, `GenuineCode`, `StandingCode`, `HolderCode`); do not edit. A verification answers three questions,
                each YES 是, NO 否 or CANNOT_SAY 不能确定, with one of these codes. Codes are stable: programs may switch on them.

                The *type* of a reason decides the indication: a flaw makes TOTAL-FAILED, a gap INDETERMINATE (NO-SIGNATURE and MALFORMED have one gap
                each). A gap never says that a document is forged; a flaw never leads to "try again later".
                *Effect* is what the reason says about the bytes: `MODIFIED` they are not those that were signed; `UNDECIDED` it keeps us from telling; `NONE`
                nothing, it is about who signed and when.

                """);
        steps();
        section("Is it genuine? NO 否：flaws, TOTAL-FAILED", List.of(Flaw.values()));
        section("Is it genuine? CANNOT_SAY 不能确定：gaps, INDETERMINATE", List.of(Gap.values()));
        codes("Is it genuine? without such a reason 是否真实", GenuineCode.values());
        codes("Is it in force? 是否有效", StandingCode.values());
        codes("Does it belong to this holder? 是否属于此人", HolderCode.values());
        return text.toString();
    }

    private void section(String title, List<? extends Reason> reasons) {
        text.append("## ").append(title).append("\n\n");
        Map<SubIndication, List<Reason>> groups = new EnumMap<>(SubIndication.class);
        for (var reason : reasons) {
            groups.computeIfAbsent(reason.subIndication(), ignored -> new ArrayList<>())
                    .add(reason);
        }
        groups.forEach((group, inside) -> {
            text.append("### ").append(group.name()).append("\n\n");
            text.append("| code | effect | 说明 | meaning | next |\n|---|---|---|---|---|\n");
            inside.forEach(reason -> row(
                    "`" + reason.name() + "`",
                    reason.effect().name(),
                    reason.text().zh(),
                    reason.text().en(),
                    reason.next().name()));
            text.append('\n');
        });
    }

    private void codes(String title, AnswerCode[] codes) {
        text.append("## ").append(title).append("\n\n");
        text.append("| code | answer | 说明 | meaning | 下一步 | next |\n|---|---|---|---|---|---|\n");
        for (var code : codes) {
            row(
                    "`" + code.name() + "`",
                    code.value().name(),
                    code.text().zh(),
                    code.text().en(),
                    code.next().zh(),
                    code.next().en());
        }
        text.append('\n');
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /// What a clerk does next, by the name that the tables of reasons use.
    private void steps() {
        text.append("## What to do next 下一步\n\n| step | 说明 | meaning |\n|---|---|---|\n");
        for (var step : Next.values()) {
            row(step.name(), step.text().zh(), step.text().en());
        }
        text.append('\n');
    }
}
