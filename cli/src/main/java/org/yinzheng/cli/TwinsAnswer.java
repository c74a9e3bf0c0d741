package org.yinzheng.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.Twins;

/// Remembers the licences that a run met, and compares each file with those before it that carry the same one.
final class TwinsAnswer {
    /// Files of one licence lie beside each other; a run over millions must not keep them all.
    private static final int MOST = 1000;

    private final Map<String, Map<String, Report>> met = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Report>> eldest) {
            return size() > MOST;
        }
    };

    /// @return with the files before it, when there are any
    Optional<Twins> compare(String file, Report report) {
        if (!(report instanceof Report.Judged judged) || judged.licenceId().isEmpty()) {
            return Optional.empty();
        }
        var id = judged.licenceId().get();
        var files = met.computeIfAbsent(id, ignored -> new LinkedHashMap<>());
        files.put(file, report);
        return Twins.of(id, files);
    }

    static ObjectNode json(Twins twins) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("licenceId", twins.licenceId());
        json.put("agree", twins.agree());
        var files = json.putArray("files");
        twins.files().forEach(files::add);
        var differences = json.putObject("differences");
        twins.differences().forEach((field, said) -> {
            var values = differences.putObject(field);
            said.forEach(values::put);
        });
        return json;
    }
}
