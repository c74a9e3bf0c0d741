package org.yinzheng.signing.pdf;

import java.awt.geom.Rectangle2D;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/// What a signed document holds and does not show: files, scripts, layers that are off, writing that cannot be seen.
/// Scans with recognised text and drawings with layers are lawful and have it, too: whoever judges is told, and
/// nothing is judged.
final class Unseen {
    /// Actions that show something else than what was signed, or act by themselves (ISO 32000-2 §12.6.4).
    private static final Map<String, String> ACTIONS = Map.of(
            "JavaScript", "a script",
            "Launch", "a program that is started",
            "SubmitForm", "data that are sent",
            "ImportData", "data that are fetched",
            "Hide", "an action that hides",
            "SetOCGState", "an action that switches layers",
            "GoToE", "a document within",
            "RichMediaExecute", "media");
    private static final COSName LAYERS = COSName.getPDFName("OCProperties");
    private static final COSName REFERENCE = COSName.getPDFName("Ref");
    private static final int DEEPEST = 20;
    /// Their content is read, for as long as that takes: more of a long document would cost more than its signature.
    private static final int MOST_PAGES = 10;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /// Its own: no verdict rests on what is found here, so it must not use up a verdict's.
    private final Budget budget = new Budget(PATIENCE);

    private final Set<String> found = new TreeSet<>();
    private int pages;

    private Unseen() {}

    /// The last thing that is asked of a file: what it unpacks is no longer there for anything else.
    ///
    /// @return kinds of what there is, in English; what is found in time
    static List<String> in(PdfFile file) {
        var unseen = new Unseen();
        try {
            file.catalog().ifPresent(unseen::layers);
            file.objects().values().forEach(object -> unseen.look(object, 0));
        } catch (Budget.Exceeded e) {
            // told is what was found by then
        }
        return List.copyOf(unseen.found);
    }

    private void layers(COSDictionary catalog) {
        var properties = catalog.getCOSDictionary(LAYERS);
        var usual = properties == null ? null : properties.getCOSDictionary(COSName.D);
        if (usual != null
                && (!isEmpty(usual.getCOSArray(COSName.OFF))
                        || COSName.OFF.equals(usual.getDictionaryObject(COSName.BASE_STATE)))) {
            found.add("layers that are off");
        }
    }

    private static boolean isEmpty(@Nullable COSArray array) {
        return array == null || array.size() == 0;
    }

    /// Indirect objects are looked at on their own.
    private void look(@Nullable COSBase object, int depth) {
        budget.step();
        if (depth > DEEPEST || object instanceof COSObject) {
            return;
        }
        if (object instanceof COSArray array) {
            array.forEach(one -> look(one, depth + 1));
        } else if (object instanceof COSDictionary dictionary) {
            dictionary(dictionary);
            dictionary.getValues().forEach(one -> look(one, depth + 1));
        }
    }

    private void dictionary(COSDictionary dictionary) {
        if (dictionary.getDictionaryObject(COSName.S) instanceof COSName action) {
            Optional.ofNullable(ACTIONS.get(action.getName())).ifPresent(found::add);
        }
        if (dictionary.getCOSDictionary(COSName.EF) != null) {
            found.add("attached files");
        }
        if (dictionary instanceof COSStream
                && (dictionary.containsKey(COSName.F) || dictionary.containsKey(REFERENCE))) {
            found.add("content in another file");
        }
        if (COSName.PAGE.equals(dictionary.getDictionaryObject(COSName.TYPE)) && ++pages <= MOST_PAGES) {
            Drawing.of(dictionary, budget).ifPresent(this::marks);
        }
    }

    private void marks(List<Drawing.Mark> marks) {
        var picture = -1;
        for (int i = 0; i < marks.size(); i++) {
            var mark = marks.get(i);
            if (mark.kind() == Drawing.Kind.TEXT
                    && !mark.box().isEmpty()
                    && mark.ink().white()) {
                found.add("text that is white or not painted");
            }
            if (mark.kind() == Drawing.Kind.PICTURE && !mark.ink().translucent() && isLarger(marks, i, picture)) {
                picture = i;
            }
        }
        if (picture >= 0 && isText(marks.subList(0, picture), marks.get(picture).box())) {
            found.add("text under a picture");
        }
    }

    private static boolean isLarger(List<Drawing.Mark> marks, int one, int other) {
        return other < 0 || area(marks.get(one)) >= area(marks.get(other));
    }

    private static double area(Drawing.Mark mark) {
        return mark.box().getWidth() * mark.box().getHeight();
    }

    private static boolean isText(List<Drawing.Mark> marks, Rectangle2D place) {
        return marks.stream().anyMatch(mark -> mark.kind() == Drawing.Kind.TEXT && place.contains(mark.box()));
    }
}
