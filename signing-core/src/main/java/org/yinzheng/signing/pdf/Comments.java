package org.yinzheng.signing.pdf;

import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.jspecify.annotations.Nullable;

/// Annotations that a certification with P = 3 lets people add: notes and marks on the text that the reader's program
/// draws itself. One that brings its own appearance could show anything over what was certified, and one with an
/// action could do anything.
final class Comments {
    private static final Set<String> TYPES = Set.of("Text", "Popup", "Highlight", "Underline", "Squiggly", "StrikeOut");
    private static final Set<String> KEYS = Set.of(
            "Type",
            "Subtype",
            "Rect",
            "Contents",
            "P",
            "NM",
            "M",
            "F",
            "C",
            "CA",
            "T",
            "Popup",
            "Parent",
            "Subj",
            "CreationDate",
            "QuadPoints",
            "Name",
            "Open",
            "IRT",
            "RT",
            "StateModel",
            "State",
            "Border");

    private Comments() {}

    static boolean isHarmless(@Nullable COSBase added) {
        return added instanceof COSDictionary annotation
                && TYPES.contains(String.valueOf(annotation.getNameAsString(COSName.SUBTYPE)))
                && annotation.keySet().stream().allMatch(key -> KEYS.contains(key.getName()));
    }
}
