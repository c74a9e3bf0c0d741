package org.yinzheng.signing.ofd;

import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.stamping.Place;

/// Finds where a seal goes. It has its real size everywhere and lies within the page.
final class SealPlacement {
    private final Stampable document;
    private final double width;
    private final double height;

    SealPlacement(Stampable document, Seal.Picture picture) {
        this.document = document;
        this.width = picture.widthMm();
        this.height = picture.heightMm();
    }

    /// @throws InvalidInput `seal-page`, `seal-area`, `place-kind`, `keyword-not-found`, `anchor-not-found`
    List<SealMark> marks(Place place) {
        return switch (place) {
            case Place.OnPage spot -> List.of(centred(document.sheet(spot.page()), spot.x(), spot.y()));
            case Place.AtKeyword ignored -> throw new InvalidInput("place-kind", "at", "not here");
            case Place.AtAnchor ignored -> throw new InvalidInput("place-kind", "at", "not here");
            case Place.AcrossEdges ignored -> throw new InvalidInput("place-kind", "at", "not here");
            case Place.AtField ignored ->
                throw new InvalidInput(
                        "place-kind", "at", "an OFD has no form fields: choose a page, keyword or anchor");
        };
    }

    private SealMark centred(Stampable.Sheet sheet, double x, double y) {
        var area = new Page.Area(x - width / 2, y - height / 2, width, height);
        if (!(area.x() >= 0
                && area.y() >= 0
                && area.x() + width <= sheet.box().width()
                && area.y() + height <= sheet.box().height())) {
            throw new InvalidInput("seal-area", "at", "the seal lies within its page");
        }
        return new SealMark(sheet, area, Optional.empty());
    }
}
