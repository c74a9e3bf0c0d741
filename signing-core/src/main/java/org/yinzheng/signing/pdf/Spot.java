package org.yinzheng.signing.pdf;

import java.util.List;
import org.yinzheng.signing.layout.Page;

/// One picture of the seal, or one slice of it.
///
/// @param page from 1
/// @param area of what is seen, on the page as it is shown
/// @param slice from 0, counted from the seal's left side
/// @param slices how many the seal is cut into; 1 for a whole one
/// @param own the text that it was put on and may cover
/// @param checked whether it matters which other text lies under it
record Spot(int page, Page.Area area, int slice, int slices, List<Glyph> own, boolean checked) {
    static Spot whole(int page, Page.Area area) {
        return new Spot(page, area, 0, 1, List.of(), true);
    }

    static Spot on(int page, Page.Area area, List<Glyph> own) {
        return new Spot(page, area, 0, 1, own, true);
    }

    /// Where the document's author keeps a place for the seal, what lies under it is meant to.
    static Spot kept(int page, Page.Area area) {
        return new Spot(page, area, 0, 1, List.of(), false);
    }
}
