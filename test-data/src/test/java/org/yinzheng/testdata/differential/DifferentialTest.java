package org.yinzheng.testdata.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.testdata.corpus.Corpus;
import org.yinzheng.testdata.corpus.CorpusRunner;

/// The corpus before two other validators: every verdict that differs from ours is explained, and the explanations
/// stand in `docs/differential.md`. With `-Ddifferential.write` that file is written anew.
class DifferentialTest {
    private static final Path TABLE = Path.of("../docs/differential.md");
    private static final String HEAD = """
            # Our verdicts beside those of others

            The specimens of the corpus (`yinzheng selftest --list`) before EU DSS 6.4 with its own policy (PDF), OFDRW 2.3.1
            (OFD), xmlsec1 1.2 (XML), `openssl cms` 3.0 (CMS) and Nimbus JOSE 10 (JWS). A verdict on a PDF or OFD is the worst
            of its signatures. The last three know nothing of our trust: they are asked for the mathematics alone, which
            is compared with our integrity, in XML that of the first signature. `DifferentialTest` compares in every
            build, finds a rule for each difference, and fails when there is none. Class P12 (loops and bombs) is not
            shown to others: it costs them their memory.

            | class | ours | theirs | specimens | why they differ |
            |---|---|---|---|---|
            """;

    private record Line(String attackClass, String ours, String theirs, String why) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            return key().compareTo(other.key());
        }

        private String key() {
            return "%12s|%s|%s|%s".formatted(attackClass, ours, theirs, why);
        }

        String row(int count) {
            return "| %s | %s | %s | %d | %s |".formatted(attackClass, ours, theirs, count, why);
        }
    }

    @Test
    void everyDifferenceFromOtherValidators_isExplained(@TempDir Path directory) throws IOException {
        var corpus = Corpus.all();
        var others = new Others(corpus.authority().trust(), new Tool(directory));
        var lines = new TreeMap<Line, Integer>();
        var unexplained = new ArrayList<String>();
        for (var result : judged(corpus)) {
            var specimen = result.specimen();
            var document = specimen.document().get();
            var compared = others.compare(specimen, document, result.report().orElseThrow());
            var why = compared.agree() ? "—" : compared.explanation(document).orElse("");
            if (why.isEmpty()) {
                unexplained.add(specimen.name() + ": " + compared);
            }
            var kind = specimen.format() + " " + specimen.attackClass();
            lines.merge(new Line(kind, compared.ours(), compared.theirs(), why), 1, Integer::sum);
        }
        assertThat(unexplained).isEmpty();
        var table = HEAD + rows(lines);
        if (Boolean.getBoolean("differential.write")) {
            Files.writeString(TABLE, table);
        }
        assertThat(withoutCounts(Files.readString(TABLE)))
                .as("docs/differential.md is as found; write it anew with -Ddifferential.write=true")
                .isEqualTo(withoutCounts(table));
    }

    private static List<CorpusRunner.Result> judged(Corpus corpus) {
        var shown = corpus.specimens().stream()
                .filter(specimen -> !specimen.attackClass().equals("P12"))
                .filter(specimen ->
                        specimen.original().isEmpty() || !specimen.format().equals("OFD"))
                .toList();
        return new CorpusRunner(corpus.authority().trust(), Duration.ofSeconds(30)).run(shown, result -> {});
    }

    private static String rows(Map<Line, Integer> lines) {
        return lines.entrySet().stream()
                .map(entry -> entry.getKey().row(entry.getValue()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// More specimens of a kind that is there change nothing that has to be explained.
    private static List<String> withoutCounts(String table) {
        return table.lines().map(line -> line.replaceAll("\\| \\d+ \\|", "|")).toList();
    }
}
