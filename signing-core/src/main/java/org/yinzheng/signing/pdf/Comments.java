package org.yinzheng.signing.pdf;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/// Annotations with which people comment on a document (ISO 32000-2 §12.5.6). One with an action could do anything,
/// and is none of them.
final class Comments {
    /// Notes, and marks on text that is there.
    private static final Set<String> MARKS =
            Set.of("Text", "Popup", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret");
    private static final Set<String> DRAWINGS =
            Set.of("FreeText", "Stamp", "Ink", "Line", "Square", "Circle", "Polygon", "PolyLine");
    private static final Set<String> LINES = Set.of("Underline", "Squiggly", "StrikeOut");
    private static final Set<String> ICONS = Set.of("Text", "Caret");
    private static final Set<String> ACTIVE = Set.of("A", "AA", "FS", "OC", "PA", "Dest", "Movie", "Sound");
    private static final COSName QUADS = COSName.getPDFName("QuadPoints");
    private static final int NUMBERS_OF_A_QUAD = 8;

    /// In points.
    private static final double ICON = 36;
    private static final double THIN = 3.5;

    private Comments() {}

    static boolean isComment(@Nullable COSBase added) {
        return added instanceof COSDictionary annotation
                && (MARKS.contains(type(annotation)) || DRAWINGS.contains(type(annotation)))
                && annotation.keySet().stream().noneMatch(key -> ACTIVE.contains(key.getName()));
    }

    /// Whether something may be seen that the reader's program does not draw by itself: an appearance could show
    /// anything over what was signed, and text and stamps hide what lies below.
    static boolean drawsItself(@Nullable COSBase added) {
        return added instanceof COSDictionary annotation
                && (annotation.containsKey(COSName.AP) || DRAWINGS.contains(type(annotation)));
    }

    /// Whether what it draws itself is what a program would draw for such a mark: a colour through which the text is
    /// read, a line at each piece of text, a small sign where nothing is.
    ///
    /// @param besideSigned nothing that was signed lies where it is drawn
    static boolean isAsUsual(COSDictionary annotation, boolean besideSigned, Budget budget) {
        var marks = appearance(annotation).flatMap(form -> Drawing.of(form, budget));
        if (marks.isEmpty()) {
            return false;
        }
        var type = type(annotation);
        if (ICONS.contains(type)) {
            var place = place(annotation);
            return besideSigned && place.getWidth() <= ICON && place.getHeight() <= ICON;
        }
        return type.equals("Highlight") ? isSeenThrough(marks.get()) : isLines(annotation, marks.get());
    }

    private static boolean isSeenThrough(List<Drawing.Mark> marks) {
        return marks.stream()
                        .allMatch(mark ->
                                mark.kind() == Drawing.Kind.PATH && mark.ink().translucent())
                && (marks.size() <= 1
                        || marks.stream().allMatch(mark -> mark.ink().multiplied()));
    }

    private static boolean isLines(COSDictionary annotation, List<Drawing.Mark> marks) {
        var quads = annotation.getCOSArray(QUADS);
        return LINES.contains(type(annotation))
                && quads != null
                && marks.size() <= quads.size() / NUMBERS_OF_A_QUAD
                && marks.stream()
                        .allMatch(mark -> mark.kind() == Drawing.Kind.PATH
                                && !mark.ink().white()
                                && Math.min(mark.box().getWidth(), mark.box().getHeight()) <= THIN);
    }

    /// The only appearance, drawn in its own size; a second one would be seen under the pointer.
    private static Optional<COSStream> appearance(COSDictionary annotation) {
        var appearance = annotation.getCOSDictionary(COSName.AP);
        if (appearance == null
                || !appearance.keySet().stream().allMatch(COSName.N::equals)
                || !(appearance.getDictionaryObject(COSName.N) instanceof COSStream normal)) {
            return Optional.empty();
        }
        var box = Boxes.of(normal.getCOSArray(COSName.BBOX));
        var place = place(annotation);
        return box.getWidth() * 2 >= place.getWidth() && box.getHeight() * 2 >= place.getHeight()
                ? Optional.of(normal)
                : Optional.empty();
    }

    static Rectangle2D place(COSDictionary annotation) {
        return Boxes.of(annotation.getCOSArray(COSName.RECT));
    }

    private static String type(COSDictionary annotation) {
        return String.valueOf(annotation.getNameAsString(COSName.SUBTYPE));
    }
}
