package org.yinzheng.signing.ofd;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;

/// The pages of each document by their identifiers, and whether a seal is drawn where everybody sees it in the same
/// place
/// (GB/T 33190 §18.2.3).
final class SealPages {
    private static final String STEP = "stamp-place";
    private static final String CLAUSE = "GB/T 33190 §18.2.3";

    private final OfdPackage ofd;
    /// By the document's path: how many of its pages bear an identifier.
    private final Map<String, Map<String, Integer>> documents = new HashMap<>();

    SealPages(OfdPackage ofd) {
        this.ofd = ofd;
    }

    /// What is no XML has no pages: a digest tells of it.
    private Map<String, Integer> pages(String document) {
        return documents.computeIfAbsent(document, path -> {
            var pages = new HashMap<String, Integer>();
            tree(ofd, path).ifPresent(root -> root.all("Pages")
                    .flatMap(list -> list.all("Page"))
                    .flatMap(page -> page.attribute("ID").stream())
                    .forEach(id -> pages.merge(id.strip(), 1, Integer::sum)));
            return pages;
        });
    }

    private static Optional<XmlTree> tree(OfdPackage ofd, String path) {
        try {
            return ofd.content(path).map(XmlTree::parse);
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    Check check(SignatureList.Entry entry, Description description) {
        var places = description.places();
        if (places.isEmpty()) {
            return Check.passed(STEP, "no seal is drawn", CLAUSE);
        }
        if (!entry.type().equals(SignatureList.SEAL)) {
            return Check.failed(STEP, "a seal is drawn that no stamp holds", CLAUSE, Gap.SEAL_NOT_STAMPED);
        }
        var pages = pages(entry.document());
        var unclear = new TreeSet<String>();
        for (var place : places) {
            if (pages.getOrDefault(place.page(), 0) != 1 || !isBox(place.boundary())) {
                unclear.add(place.page());
            }
        }
        return unclear.isEmpty()
                ? Check.passed(STEP, "drawn at " + places.size() + " places", CLAUSE)
                : Check.failed(
                        STEP,
                        "drawn on pages that are not there, not unique, or without a box: "
                                + SignatureJudge.names(unclear),
                        CLAUSE,
                        Gap.SEAL_PLACE_UNCLEAR);
    }

    private static boolean isBox(String boundary) {
        try {
            Stampable.box(boundary);
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }
}
