package org.yinzheng.signing.ofd;

import java.util.Optional;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.stamping.Placed;

/// A seal shown on one page: StampAnnot of GB/T 33190 §18.2.3.
///
/// @param seal the whole seal's area, from the corner of the sheet; of a seal across edges most of it is beside
/// the page
/// @param clip what of it is shown, from the corner of `seal`
record SealMark(Stampable.Sheet sheet, Page.Area seal, Optional<Page.Area> clip) {
    Placed placed() {
        return new Placed(
                sheet.number(),
                clip.map(part -> new Page.Area(seal.x() + part.x(), seal.y() + part.y(), part.width(), part.height()))
                        .orElse(seal));
    }
}
