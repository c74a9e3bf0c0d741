package org.yinzheng.signing.verification;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignedContent;

/// The renditions of one licence, presented together, and whether they say the same: PDF, OFD, XML and QR credential
/// carry the same metadata under the short names of GB/T 36903 within what is signed. Only what an intact signature
/// covers is compared; whether each rendition is genuine is another question, answered by its own report.
///
/// @param files as they were given, such as file names
/// @param differences by short name, what each file says; empty text where one says nothing
public record Twins(String licenceId, List<String> files, SortedMap<String, Map<String, String>> differences) {
    private static final String CLAUSE = "GB/T 36903";
    /// A credential holds what a window needs, and of the rest the digest only.
    private static final String EXTRACT = "QR";

    public Twins {
        files = List.copyOf(files);
        differences = Collections.unmodifiableSortedMap(new TreeMap<>(differences));
    }

    /// @param reports by file; those that carry another licence, or none that is intact, are left out
    /// @return empty when fewer than two are left
    public static Optional<Twins> of(String licenceId, Map<String, Report> reports) {
        var files = new LinkedHashMap<String, Report.Judged>();
        reports.forEach((file, report) -> {
            if (report instanceof Report.Judged judged
                    && judged.licenceId().filter(licenceId::equals).isPresent()) {
                files.put(file, judged);
            }
        });
        return files.size() < 2
                ? Optional.empty()
                : Optional.of(new Twins(licenceId, List.copyOf(files.keySet()), differences(files)));
    }

    public boolean agree() {
        return differences.isEmpty();
    }

    /// For the report; names the fields, not what they say.
    public Check check() {
        return agree()
                ? Check.passed("twins", files.size() + " renditions say the same", CLAUSE)
                : Check.failed(
                        "twins",
                        "renditions differ in " + String.join(", ", differences.keySet()),
                        CLAUSE,
                        Flaw.TWINS_DIFFER);
    }

    private static SortedMap<String, Map<String, String>> differences(Map<String, Report.Judged> files) {
        var names = new TreeSet<String>();
        files.values().forEach(file -> names.addAll(metadata(file).keySet()));
        var differences = new TreeMap<String, Map<String, String>>();
        for (var name : names) {
            var said = new LinkedHashMap<String, String>();
            files.forEach((file, report) -> {
                var value = metadata(report).get(name);
                if (value != null || !report.format().equals(EXTRACT)) {
                    said.put(file, value == null ? "" : value);
                }
            });
            if (said.values().stream().distinct().count() > 1) {
                differences.put(name, said);
            }
        }
        return differences;
    }

    private static SortedMap<String, String> metadata(Report.Judged report) {
        return report.content().map(SignedContent::metadata).orElseGet(TreeMap::new);
    }

    @Override
    public String toString() {
        return "Twins[" + licenceId + ", " + files.size() + " files, " + differences.keySet() + "]";
    }
}
