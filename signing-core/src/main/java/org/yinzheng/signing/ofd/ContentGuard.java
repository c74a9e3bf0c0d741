package org.yinzheng.signing.ofd;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.stamping.Warning;

/// Finds what a document does or holds besides what a person sees on its pages, before a seal vouches for it:
/// attached files, actions, objects that are not shown.
final class ContentGuard {
    private final Map<Warning.Kind, Integer> found = new EnumMap<>(Warning.Kind.class);

    private ContentGuard() {}

    /// @param accepted kinds with which the document is to be stamped all the same
    /// @throws InvalidInput `hidden-content` naming the other kinds
    static List<Warning> check(Stampable document, Set<Warning.Kind> accepted) {
        var guard = new ContentGuard();
        for (var part : document.ofd.parts()) {
            if (XmlTree.looksLikeXml(part.beginning(XmlTree.PROLOG))) {
                document.readable(part.name).ifPresent(root -> guard.look(root, ""));
            }
        }
        var refused = guard.found.keySet().stream()
                .filter(kind -> kind.isRefusable() && !accepted.contains(kind))
                .map(Warning.Kind::name)
                .toList();
        if (!refused.isEmpty()) {
            throw new InvalidInput(
                    "hidden-content",
                    "accept",
                    "the document has " + String.join(", ", refused) + ": it is stamped only when these are accepted");
        }
        var warnings = new ArrayList<Warning>();
        guard.found.forEach((kind, count) -> warnings.add(new Warning(kind, count + " in the document")));
        return warnings;
    }

    private void look(XmlTree element, String parent) {
        if (element.name.equals("Attachment") && parent.equals("Attachments")) {
            note(Warning.Kind.EMBEDDED_FILE);
        } else if (element.attribute("Visible").orElse("").equalsIgnoreCase("false")) {
            note(Warning.Kind.HIDDEN_LAYER);
        }
        if (parent.equals("Action")) {
            switch (element.name) {
                case "URI" -> note(Warning.Kind.EXTERNAL_REFERENCE);
                case "GotoA", "Sound", "Movie" -> note(Warning.Kind.ACTIVE_CONTENT);
                default -> {} // Goto leads to a place in the same document
            }
        }
        element.children.forEach(child -> look(child, element.name));
    }

    private void note(Warning.Kind kind) {
        found.merge(kind, 1, Integer::sum);
    }
}
