package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfObject;
import com.itextpdf.kernel.pdf.PdfStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.stamping.Warning;

/// Looks for what a signer does not see: scripts and other actions, files within, layers that are off, content that
/// lies elsewhere. Looks wherever something can set an action off (ISO 32000-2 §12.6.2–12.6.3), not at every object:
/// an action that nothing leads to does nothing.
final class HiddenContent {
    private static final int MOST_OF_A_KIND = 20;
    private static final int LONGEST_DETAIL = 200;
    private static final int MOST_OUTLINES = 100_000;
    private static final Set<String> MEDIA = Set.of("Screen", "Movie", "Sound", "RichMedia", "3D");
    private static final PdfName REFERENCE = new PdfName("Ref");

    private final PdfDictionary catalog;
    private final Set<Warning> found = new LinkedHashSet<>();
    private final Set<PdfObject> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private HiddenContent(PdfDocument document) {
        this.catalog = document.getCatalog().getPdfObject();
    }

    /// @return what is there and was accepted
    /// @throws InvalidInput `hidden-content` when something is there that was not
    static List<Warning> check(PdfDocument document, Collection<FormField> fields, Set<Warning.Kind> accepted) {
        var content = new HiddenContent(document);
        content.inCatalog();
        fields.forEach(field -> content.actions(field.dictionary(), "form"));
        for (int number = 1; number <= document.getNumberOfPages(); number++) {
            content.onPage(document.getPage(number).getPdfObject(), "page " + number);
        }
        var refused = content.found.stream()
                .filter(one -> one.kind().isRefusable() && !accepted.contains(one.kind()))
                .collect(Collectors.groupingBy(
                        Warning::kind,
                        () -> new java.util.EnumMap<>(Warning.Kind.class),
                        Collectors.mapping(Warning::detail, Collectors.toList())));
        if (!refused.isEmpty()) {
            var kinds = refused.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue().getFirst() + ")")
                    .collect(Collectors.joining(", "));
            throw new InvalidInput(
                    "hidden-content", "accept", "the document holds what is not seen, not accepted: " + kinds);
        }
        return List.copyOf(content.found);
    }

    private void inCatalog() {
        Actions.examine(catalog.get(PdfName.OpenAction), true, (kind, type) -> add(kind, "at opening: " + type));
        additional(catalog, "document");
        var names = catalog.getAsDictionary(PdfName.Names);
        if (names != null && !isEmpty(names.getAsDictionary(PdfName.JavaScript))) {
            add(Warning.Kind.ACTIVE_CONTENT, "document: JavaScript");
        }
        if (names != null && !isEmpty(names.getAsDictionary(PdfName.EmbeddedFiles))) {
            add(Warning.Kind.EMBEDDED_FILE, "document: attached files");
        }
        if (catalog.containsKey(PdfName.Collection)) {
            add(Warning.Kind.EMBEDDED_FILE, "document: a portfolio");
        }
        associated(catalog, "document");
        outlines();
        layers(catalog.getAsDictionary(PdfName.OCProperties));
    }

    private void outlines() {
        var open = new ArrayDeque<PdfDictionary>();
        var root = catalog.getAsDictionary(PdfName.Outlines);
        if (root != null) {
            open.add(root);
        }
        int count = 0;
        while (!open.isEmpty()) {
            var item = open.removeLast();
            if (!seen.add(item)) {
                continue;
            }
            if (++count > MOST_OUTLINES) {
                throw new InvalidInput("pdf-form", "", "a document has at most " + MOST_OUTLINES + " bookmarks");
            }
            Actions.examine(item.get(PdfName.A), false, (kind, type) -> add(kind, "bookmark: " + type));
            for (var key : List.of(PdfName.Next, PdfName.First)) {
                var linked = item.getAsDictionary(key);
                if (linked != null) {
                    open.add(linked);
                }
            }
        }
    }

    private void layers(@Nullable PdfDictionary properties) {
        var usual = properties == null ? null : properties.getAsDictionary(PdfName.D);
        if (properties == null || usual == null) {
            return;
        }
        var off = usual.getAsArray(PdfName.OFF);
        var groups = properties.getAsArray(PdfName.OCGs);
        int on = size(usual.getAsArray(PdfName.ON));
        if (size(off) > 0) {
            add(Warning.Kind.HIDDEN_LAYER, "document: " + size(off) + " layers are off");
        } else if (PdfName.OFF.equals(usual.getAsName(PdfName.BaseState)) && size(groups) > on) {
            add(Warning.Kind.HIDDEN_LAYER, "document: layers are off unless switched on");
        } else if (size(usual.getAsArray(PdfName.AS)) > 0) {
            FormField.dictionaries(groups).stream()
                    .map(group -> group.getAsDictionary(PdfName.Usage))
                    .filter(HiddenContent::hidesSometimes)
                    .findFirst()
                    .ifPresent(
                            usage -> add(Warning.Kind.HIDDEN_LAYER, "document: a layer is not shown, or not printed"));
        }
    }

    private static boolean hidesSometimes(@Nullable PdfDictionary usage) {
        if (usage == null) {
            return false;
        }
        var view = usage.getAsDictionary(PdfName.View);
        var print = usage.getAsDictionary(PdfName.Print);
        return (view != null && PdfName.OFF.equals(view.getAsName(PdfName.ViewState)))
                || (print != null && PdfName.OFF.equals(print.getAsName(PdfName.PrintState)));
    }

    private void onPage(PdfDictionary page, String where) {
        additional(page, where);
        associated(page, where);
        for (var annotation : FormField.dictionaries(page.getAsArray(PdfName.Annots))) {
            var kind = annotation.getAsName(PdfName.Subtype);
            if (PdfName.FileAttachment.equals(kind)) {
                add(Warning.Kind.EMBEDDED_FILE, where + ": an attached file");
            } else if (kind != null && MEDIA.contains(kind.getValue())) {
                add(Warning.Kind.ACTIVE_CONTENT, where + ": " + kind.getValue());
            }
            associated(annotation, where);
            actions(annotation, where);
        }
        var contents = page.get(PdfName.Contents);
        for (int i = 0; i < (contents instanceof PdfArray array ? array.size() : 1); i++) {
            if ((contents instanceof PdfArray array ? array.get(i) : contents) instanceof PdfStream stream) {
                elsewhere(stream, where);
            }
        }
        resources(page, where);
    }

    /// Pictures and forms, also those that forms are made of, and whatever a page inherits.
    private void resources(PdfDictionary page, String where) {
        var open = new ArrayDeque<PdfDictionary>();
        int depth = 0;
        for (var node = page; node != null && depth < 50; node = node.getAsDictionary(PdfName.Parent), depth++) {
            var resources = node.getAsDictionary(PdfName.Resources);
            if (resources != null) {
                open.add(resources);
            }
        }
        while (!open.isEmpty()) {
            var pictures = open.removeFirst().getAsDictionary(PdfName.XObject);
            if (pictures == null || !seen.add(pictures)) {
                continue;
            }
            for (var key : pictures.keySet()) {
                var picture = pictures.getAsStream(key);
                if (picture == null || !seen.add(picture)) {
                    continue;
                }
                elsewhere(picture, where);
                var inner = picture.getAsDictionary(PdfName.Resources);
                if (inner != null) {
                    open.add(inner);
                }
            }
        }
    }

    /// Content that is not in the document cannot be signed with it (ISO 32000-2 §7.3.8.2, §8.10.4).
    private void elsewhere(PdfStream stream, String where) {
        if (stream.containsKey(PdfName.F) || stream.containsKey(REFERENCE) || stream.containsKey(PdfName.OPI)) {
            add(Warning.Kind.EXTERNAL_REFERENCE, where + ": content in another file");
        }
    }

    private void actions(PdfDictionary owner, String where) {
        Actions.examine(owner.get(PdfName.A), false, (kind, type) -> add(kind, where + ": " + type));
        additional(owner, where);
    }

    private void additional(PdfDictionary owner, String where) {
        var triggers = owner.getAsDictionary(PdfName.AA);
        if (triggers != null) {
            triggers.values()
                    .forEach(action -> Actions.examine(action, true, (kind, type) -> add(kind, where + ": " + type)));
        }
    }

    private void associated(PdfDictionary owner, String where) {
        if (size(owner.getAsArray(PdfName.AF)) > 0) {
            add(Warning.Kind.EMBEDDED_FILE, where + ": associated files");
        }
    }

    private static boolean isEmpty(@Nullable PdfDictionary tree) {
        if (tree == null) {
            return true;
        }
        return size(tree.getAsArray(PdfName.Kids)) + size(tree.getAsArray(PdfName.Names)) == 0;
    }

    private static int size(@Nullable PdfArray array) {
        return array == null ? 0 : array.size();
    }

    private void add(Warning.Kind kind, String detail) {
        if (found.stream().filter(one -> one.kind() == kind).count() < MOST_OF_A_KIND) {
            found.add(new Warning(kind, detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL))));
        }
    }
}
