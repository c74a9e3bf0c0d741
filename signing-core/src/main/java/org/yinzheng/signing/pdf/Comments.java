package org.yinzheng.signing.pdf;

import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.jspecify.annotations.Nullable;

/// Annotations with which people comment on a document (ISO 32000-2 §12.5.6). One with an action could do anything,
/// and is none of them.
final class Comments {
    private static final Set<String> MARKS =
            Set.of("Text", "Popup", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret");
    private static final Set<String> DRAWINGS =
            Set.of("FreeText", "Stamp", "Ink", "Line", "Square", "Circle", "Polygon", "PolyLine");
    private static final Set<String> ACTIVE = Set.of("A", "AA", "FS", "OC", "PA", "Dest", "Movie", "Sound");

    private Comments() {}

    static boolean isComment(@Nullable COSBase added) {
        return added instanceof COSDictionary annotation
                && (isMark(annotation) || DRAWINGS.contains(type(annotation)))
                && annotation.keySet().stream().noneMatch(key -> ACTIVE.contains(key.getName()));
    }

    /// A note, or a mark on text that is there.
    static boolean isMark(@Nullable COSBase added) {
        return added instanceof COSDictionary annotation && MARKS.contains(type(annotation));
    }

    /// Whether something may be seen that the reader's program does not draw by itself: an appearance could show
    /// anything over what was signed, and text and stamps hide what lies below.
    static boolean drawsItself(@Nullable COSBase added) {
        return added instanceof COSDictionary annotation
                && (annotation.containsKey(COSName.AP) || DRAWINGS.contains(type(annotation)));
    }

    private static String type(COSDictionary annotation) {
        return String.valueOf(annotation.getNameAsString(COSName.SUBTYPE));
    }
}
