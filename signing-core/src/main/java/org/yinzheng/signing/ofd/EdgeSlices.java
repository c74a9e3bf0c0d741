package org.yinzheng.signing.ofd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.stamping.Place;

/// Cuts a seal across the edges of pages 骑缝章. Fanned out, the sheets show the whole seal: at right edges the
/// first page has the leftmost slice, at left edges the last page has it. More pages than a seal can be cut for
/// are cut in groups as even as can be, each with a seal of its own.
final class EdgeSlices {
    private static final double NARROWEST = 2;

    private EdgeSlices() {}

    /// @throws InvalidInput `place` for fewer than two pages, `seal-area`
    static List<SealMark> cut(Stampable document, Place.AcrossEdges place, double width, double height) {
        var sheets = document.sheets.stream()
                .filter(sheet -> place.pages().takes(sheet.number()))
                .toList();
        if (sheets.size() < 2) {
            throw new InvalidInput("place", "at", "a seal across edges takes two pages at least");
        }
        int most = Math.max(2, (int) (width / NARROWEST));
        int groups = Math.ceilDiv(sheets.size(), most);
        var marks = new ArrayList<SealMark>();
        for (int group = 0; group < groups; group++) {
            var part = sheets.subList(sheets.size() * group / groups, sheets.size() * (group + 1) / groups);
            for (int i = 0; i < part.size(); i++) {
                int slice = place.edge() == Place.Edge.RIGHT ? i : part.size() - 1 - i;
                marks.add(slice(part.get(i), place, slice, part.size(), width, height));
            }
        }
        return marks;
    }

    private static SealMark slice(
            Stampable.Sheet sheet, Place.AcrossEdges place, int slice, int slices, double width, double height) {
        double from = width * slice / slices;
        double until = width * (slice + 1) / slices;
        double x = place.edge() == Place.Edge.RIGHT ? sheet.box().width() - until : -from;
        double y = sheet.box().height() * place.fromTop() - height / 2;
        if (!(y >= 0
                && y + height <= sheet.box().height()
                && until - from <= sheet.box().width())) {
            throw new InvalidInput("seal-area", "at", "the seal would not lie within page " + sheet.number());
        }
        return new SealMark(
                sheet, new Page.Area(x, y, width, height), Optional.of(new Page.Area(from, 0, until - from, height)));
    }
}
