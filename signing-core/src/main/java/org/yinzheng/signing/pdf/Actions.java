package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfObject;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.stamping.Warning;

/// What an action and those that follow it would do (ISO 32000-2 §12.6.4).
final class Actions {
    private static final int LONGEST_CHAIN = 1000;

    /// They show another place of the same document, or what a reader's own menu does.
    private static final Set<String> HARMLESS = Set.of("GoTo", "GoToDp", "Named", "Thread", "Trans");

    private static final Map<String, Warning.Kind> KNOWN = Map.of(
            "Launch", Warning.Kind.EXTERNAL_REFERENCE,
            "GoToR", Warning.Kind.EXTERNAL_REFERENCE,
            "SubmitForm", Warning.Kind.EXTERNAL_REFERENCE,
            "ImportData", Warning.Kind.EXTERNAL_REFERENCE,
            "GoToE", Warning.Kind.EMBEDDED_FILE);

    private Actions() {}

    /// @param given what stands where an action may stand; a destination is none
    /// @param automatic whether nobody has to click
    /// @param found is given the kind, and the action's name
    static void examine(@Nullable PdfObject given, boolean automatic, BiConsumer<Warning.Kind, String> found) {
        Set<PdfObject> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<PdfDictionary>();
        add(given, open);
        while (!open.isEmpty()) {
            var action = open.removeFirst();
            if (!seen.add(action)) {
                continue;
            }
            if (seen.size() > LONGEST_CHAIN) {
                found.accept(Warning.Kind.ACTIVE_CONTENT, "a chain of more than " + LONGEST_CHAIN + " actions");
                return;
            }
            var name = action.getAsName(PdfName.S);
            var type = name == null ? "an action without a type" : name.getValue();
            if (type.equals("URI")) {
                if (automatic || !isLink(action)) {
                    found.accept(Warning.Kind.EXTERNAL_REFERENCE, "URI");
                }
            } else if (!HARMLESS.contains(type)) {
                // scripts, media, layers switched, and what nobody has heard of
                found.accept(KNOWN.getOrDefault(type, Warning.Kind.ACTIVE_CONTENT), type);
            }
            var next = action.get(PdfName.Next);
            if (next instanceof PdfArray array) {
                for (int i = 0; i < array.size(); i++) {
                    add(array.get(i), open);
                }
            } else {
                add(next, open);
            }
        }
    }

    private static void add(@Nullable PdfObject given, ArrayDeque<PdfDictionary> open) {
        if (given instanceof PdfDictionary action) {
            open.add(action);
        }
    }

    private static boolean isLink(PdfDictionary action) {
        var uri = action.getAsString(PdfName.URI);
        var text = uri == null ? "" : uri.toUnicodeString().strip().toLowerCase(Locale.ROOT);
        return text.startsWith("http://")
                || text.startsWith("https://")
                || text.startsWith("mailto:")
                || text.startsWith("tel:");
    }
}
