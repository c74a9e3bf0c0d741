package org.yinzheng.api.verification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.yinzheng.api.answer.Answers;
import org.yinzheng.api.answer.Lookup;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignedContent;
import org.yinzheng.signing.verification.Twins;

/// Several documents presented together: one answer for all, and whether they are renditions of one licence.
///
/// @param fields which differ, by the short names of GB/T 36903; what they say is personal data, and is not here
record Companions(State state, List<String> fields) {
    /// A document, what its signatures say, and what the registry says of the licence that it names.
    record Finding(String name, Report report, Lookup lookup, ReportJson.Digests digests) {}

    enum State {
        SAME("是同一证照的几份文件，内容一致。", "They are renditions of one licence and say the same."),
        DIFFERENT("几份文件不一致，不能当作同一证照。", "They do not say the same: they are not renditions of one licence."),
        NOT_COMPARED("不能确定是否为同一证照。", "Whether they are one licence is not established.");

        @SuppressWarnings("ImmutableEnumChecker") // a record of two texts
        private final Bilingual text;

        State(String zh, String en) {
            this.text = new Bilingual(zh, en);
        }
    }

    /// The one whose answers stand for all: what fails before what is open, a licence on record last.
    static Finding weakest(List<Finding> findings) {
        return findings.stream()
                .max(Comparator.comparingInt(Companions::weakness))
                .orElseThrow();
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

    static Companions compare(List<Finding> findings) {
        var identifiers = findings.stream()
                .flatMap(finding ->
                        finding.report() instanceof Report.Judged judged ? judged.licenceId().stream() : Stream.empty())
                .distinct()
                .toList();
        if (identifiers.size() > 1) {
            return new Companions(State.DIFFERENT, List.of(SignedContent.IDENTIFIER));
        }
        // two files may have one name
        var reports = new LinkedHashMap<String, Report>();
        findings.forEach(finding -> reports.put(String.valueOf(reports.size()), finding.report()));
        return identifiers.stream()
                .findFirst()
                .flatMap(id -> Twins.of(id, reports))
                .map(twins -> of(twins, findings.size()))
                .orElseGet(() -> new Companions(State.NOT_COMPARED, List.of()));
    }

    private static Companions of(Twins twins, int files) {
        if (!twins.agree()) {
            return new Companions(
                    State.DIFFERENT, List.copyOf(twins.differences().keySet()));
        }
        return new Companions(twins.files().size() == files ? State.SAME : State.NOT_COMPARED, List.of());
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("state", state.name());
        var names = json.putArray("fields");
        fields.forEach(names::add);
        json.put("zh", state.text.zh()).put("en", state.text.en());
        return json;
    }

    /// Documents that contradict each other do not answer for one another.
    Answers answers(Answers ofWeakest) {
        return state == State.DIFFERENT ? ofWeakest.withFlaw(Flaw.TWINS_DIFFER) : ofWeakest;
    }
}
