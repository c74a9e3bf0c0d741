package org.yinzheng.signing.pdf;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/// What was added to a page after a signature, and what it may hide. To sign once more is lawful, and so is a seal over
/// the text; a picture as large as the page hides what was signed (the "sneaky signature" of published attacks), and
/// only a reader's eyes can tell whether it does. A comment hides what lies below its rectangle.
final class LaterPictures {
    /// Of the page, all such pictures on it together.
    static final double MOST = 0.5;
    private static final int DEEPEST = 50;

    private final Budget budget;
    private final IdentityHashMap<COSArray, COSDictionary> pages = new IdentityHashMap<>();
    private final IdentityHashMap<COSArray, Double> covered = new IdentityHashMap<>();
    /// A page is looked at once for each way that leads to it, such as a named destination: its pictures count once.
    private final Set<COSDictionary> counted = Collections.newSetFromMap(new IdentityHashMap<>());

    private final IdentityHashMap<COSArray, Optional<List<Rectangle2D>>> signed = new IdentityHashMap<>();

    private final FieldPictures fields;

    /// @param common resources of the form
    LaterPictures(COSDictionary common, Budget budget) {
        this.budget = budget;
        fields = new FieldPictures(common, budget);
    }

    /// A page, or a node of the page tree, that is looked at now.
    ///
    /// @return which of the annotations that were there hide what was signed, since they were filled in or signed
    List<Integer> on(COSDictionary before, COSDictionary page) {
        var annotations = page.getCOSArray(COSName.ANNOTS);
        if (annotations == null) {
            return List.of();
        }
        var other = pages.put(annotations, page);
        var hiding = new ArrayList<Integer>();
        var earlier = before.getCOSArray(COSName.ANNOTS);
        // what is added to a list that pages share would be judged by one of them
        if (other != null && !other.equals(page) && annotations.size() > (earlier == null ? 0 : earlier.size())) {
            hiding.add(annotations.size() - 1);
        }
        for (int i = 0; earlier != null && i < Math.min(earlier.size(), annotations.size()); i++) {
            budget.step();
            if (earlier.getObject(i) instanceof COSDictionary one
                    && annotations.getObject(i) instanceof COSDictionary now
                    && (FieldKind.isUnsigned(one)
                            ? FieldKind.isSigned(now) && obscures(annotations, now)
                            : isFilled(one, now) && fields.hides(page, i, one, now))) {
                hiding.add(i);
            }
        }
        return hiding;
    }

    private static boolean isFilled(COSDictionary before, COSDictionary now) {
        return FieldKind.isWritable(before)
                && !(RevisionComparison.same(FieldKind.value(before), FieldKind.value(now))
                        && RevisionComparison.same(
                                before.getDictionaryObject(COSName.AS), now.getDictionaryObject(COSName.AS)));
    }

    /// @param annotations in which the widget lies; those of a form are not drawn
    boolean obscures(COSArray annotations, COSDictionary widget) {
        var page = pages.get(annotations);
        if (page == null || !isDrawn(widget)) {
            return false;
        }
        double added = counted.add(widget) ? area(widget.getCOSArray(COSName.RECT)) : 0;
        double area = covered.merge(annotations, added, Double::sum);
        return area > MOST * area(page);
    }

    /// Whether a comment is drawn where nothing is that was signed.
    ///
    /// @param before how many of the annotations were there when it was signed
    boolean isBesideSigned(COSArray annotations, int before, COSDictionary comment) {
        var marks = signed.computeIfAbsent(annotations, key -> marks(key, before));
        var place = Comments.place(comment);
        return marks.isPresent() && marks.get().stream().noneMatch(mark -> Boxes.touch(mark, place));
    }

    private Optional<List<Rectangle2D>> marks(COSArray annotations, int before) {
        var page = pages.get(annotations);
        return Optional.ofNullable(page).flatMap(one -> Drawing.of(one, budget)).map(drawn -> {
            var all = drawn.stream()
                    .filter(mark -> !mark.ink().white())
                    .flatMap(mark -> mark.pieces().stream())
                    .collect(Collectors.toCollection(ArrayList::new));
            for (int i = 0; i < before; i++) {
                if (annotations.getObject(i) instanceof COSDictionary annotation) {
                    all.add(Comments.place(annotation));
                }
            }
            return all;
        });
    }

    private static boolean isDrawn(COSDictionary widget) {
        var appearance = widget.getCOSDictionary(COSName.AP);
        return appearance != null
                && appearance.getDictionaryObject(COSName.N) instanceof COSStream picture
                && picture.getLength() > 0;
    }

    /// Of a page.
    static double area(COSDictionary page) {
        return area(box(page));
    }

    private static double area(@Nullable COSArray corners) {
        if (corners == null || corners.size() != 4) {
            return 0;
        }
        var rectangle = new PDRectangle(corners);
        return (double) rectangle.getWidth() * rectangle.getHeight();
    }

    /// Inherited when the page has none (ISO 32000-2 §7.7.3.4).
    private static @Nullable COSArray box(COSDictionary page) {
        var node = page;
        for (int depth = 0; node != null && depth < DEEPEST; depth++) {
            var box = node.getCOSArray(COSName.MEDIA_BOX);
            if (box != null) {
                return box;
            }
            node = node.getCOSDictionary(COSName.PARENT);
        }
        return null;
    }
}
