package org.yinzheng.api.verification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import org.yinzheng.api.answer.Answers;
import org.yinzheng.api.answer.Lookup;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Report;

/// Whether several documents are renditions of one licence.
record Twins(State state) {
    /// A document, what its signatures say, and what the registry says of the licence that it names.
    record Finding(String name, Report report, Lookup lookup, ReportJson.Digests digests) {}

    enum State {
        SAME("是同一证照的几份文件。", "They are renditions of one licence."),
        DIFFERENT("不是同一证照：标识不同。", "They are not one licence: their identifiers differ."),
        NOT_COMPARED("不能确定是否为同一证照。", "Whether they are one licence is not established.");

        private final Bilingual text;

        State(String zh, String en) {
            this.text = new Bilingual(zh, en);
        }
    }

    /// The one whose answers stand for all: what fails before what is open.
    static Finding weakest(List<Finding> findings) {
        return findings.stream().max(Comparator.comparingInt(Twins::weakness)).orElseThrow();
    }

    private static int weakness(Finding finding) {
        if (finding.lookup() instanceof Lookup.Known known && Answers.establishes(finding.report(), known)) {
            return -1;
        }
        return switch (finding.report().indication()) {
            case TOTAL_PASSED -> 0;
            case INDETERMINATE -> 1;
            case NO_SIGNATURE -> 2;
            case MALFORMED -> 3;
            case TOTAL_FAILED -> 4;
        };
    }

    /// The same only when the registry stored each of them for one licence: it made them from the same data.
    static Twins compare(List<Finding> findings) {
        var identifiers = findings.stream()
                .flatMap(finding -> finding.report() instanceof Report.Judged judged
                        ? judged.licenceId().stream()
                        : java.util.stream.Stream.empty())
                .distinct()
                .toList();
        if (identifiers.size() > 1) {
            return new Twins(State.DIFFERENT);
        }
        var stored =
                findings.stream().allMatch(finding -> finding.lookup() instanceof Lookup.Known known && known.stored());
        return new Twins(stored ? State.SAME : State.NOT_COMPARED);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("state", state.name());
        json.put("zh", state.text.zh()).put("en", state.text.en());
        return json;
    }

    /// Documents of different licences do not answer for one another.
    Answers answers(Answers ofWeakest) {
        return state == State.DIFFERENT ? ofWeakest.withFlaw(Flaw.TWINS_DIFFER) : ofWeakest;
    }
}
