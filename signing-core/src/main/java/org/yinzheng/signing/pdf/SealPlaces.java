package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.stamping.Place;

/// Finds the spots that places mean in one document, each within its page and large enough for the seal as it is.
final class SealPlaces {
    /// A slice of a round seal across more pages would be a line.
    static final int MOST_SLICES = 20;

    private static final int MOST_SPOTS = 20_000;

    private final PdfDocument document;
    private final PageText text;
    private final SealPicture seal;
    private final Optional<FormField> field;

    /// @param field the one that is signed, when a place names it
    SealPlaces(PdfDocument document, PageText text, SealPicture seal, Optional<FormField> field) {
        this.document = document;
        this.text = text;
        this.seal = seal;
        this.field = field;
    }

    Sheet sheet(int page) {
        return Sheet.of(document.getPage(page));
    }

    /// @throws InvalidInput `seal-page`, `seal-area`, `place-not-found`, `place`
    List<Spot> find(Place place) throws IOException {
        var spots =
                switch (place) {
                    case Place.OnPage on -> List.of(Spot.whole(page(on.page()), around(on.x(), on.y())));
                    case Place.AtKeyword word -> atKeyword(word);
                    case Place.AtField named -> List.of(inField(named));
                    case Place.AtAnchor anchor -> List.of(atAnchor(anchor));
                    case Place.AcrossEdges edges -> acrossEdges(edges);
                };
        for (var spot : spots) {
            if (!sheet(spot.page()).holds(spot.area())) {
                throw new InvalidInput("seal-area", "at", "a seal lies within its page, page " + spot.page());
            }
        }
        return spots;
    }

    private int page(int given) {
        int pages = document.getNumberOfPages();
        int number = given == Place.LAST ? pages : given;
        if (number < 1 || number > pages) {
            throw new InvalidInput("seal-page", "at", "the document has no such page");
        }
        return number;
    }

    private Page.Area around(double x, double y) {
        return new Page.Area(x - seal.widthMm() / 2, y - seal.heightMm() / 2, seal.widthMm(), seal.heightMm());
    }

    private Page.Area around(Page.Area area) {
        return around(area.x() + area.width() / 2, area.y() + area.height() / 2);
    }

    private List<Spot> atKeyword(Place.AtKeyword place) throws IOException {
        var keyword = new Keyword(place.keyword());
        var spots = new ArrayList<Spot>();
        int count = 0;
        for (int number = 1; number <= document.getNumberOfPages(); number++) {
            for (var found : keyword.in(text.of(number, sheet(number)))) {
                count++;
                if (place.occurrence() == Place.EVERY || place.occurrence() == count) {
                    spots.add(Spot.on(number, around(found.area()), found.glyphs()));
                }
                if (place.occurrence() == count) {
                    return spots;
                }
                if (spots.size() > MOST_SPOTS) {
                    throw new InvalidInput("place", "at", "a keyword stands in at most " + MOST_SPOTS + " places");
                }
            }
        }
        if (spots.isEmpty()) {
            throw new InvalidInput(
                    "place-not-found", "at", count == 0 ? "no such keyword" : "the keyword occurs less often");
        }
        return spots;
    }

    /// In the middle of the field; one that is too small for the seal grows.
    private Spot inField(Place.AtField place) {
        var widget = field.orElseThrow(
                        () -> new InvalidInput("place-not-found", "at", "no such field: " + place.name()))
                .widget();
        var box = widget.getAsRectangle(PdfName.Rect);
        int number = pageOf(widget);
        if (box == null || number == 0 || box.getWidth() <= 0 || box.getHeight() <= 0) {
            throw new InvalidInput("seal-area", "at", "the field is shown on no page");
        }
        var shown = sheet(number).shown(box);
        var fits = shown.width() >= seal.widthMm() && shown.height() >= seal.heightMm();
        return Spot.whole(number, fits ? shown : around(shown));
    }

    private int pageOf(com.itextpdf.kernel.pdf.PdfDictionary widget) {
        var named = widget.getAsDictionary(PdfName.P);
        if (named != null && document.getPageNumber(named) > 0) {
            return document.getPageNumber(named);
        }
        for (int number = 1; number <= document.getNumberOfPages(); number++) {
            var annotations = document.getPage(number).getPdfObject().getAsArray(PdfName.Annots);
            if (FormField.dictionaries(annotations).contains(widget)) {
                return number;
            }
        }
        return 0;
    }

    private Spot atAnchor(Place.AtAnchor place) {
        var target = Anchor.find(document, place.name())
                .orElseThrow(() -> new InvalidInput("place-not-found", "at", "no named destination with a point"));
        return Spot.kept(target.page(), around(target.on(sheet(target.page()))));
    }

    /// As the edges of a fanned stack are stamped: its first page shows the slice that is nearest to the paper.
    private List<Spot> acrossEdges(Place.AcrossEdges place) {
        var pages = new ArrayList<Integer>();
        for (int number = 1; number <= document.getNumberOfPages(); number++) {
            if (place.pages().takes(number)) {
                pages.add(number);
            }
        }
        if (pages.size() < 2) {
            throw new InvalidInput("place", "at", "a seal across the edges needs two pages");
        }
        var spots = new ArrayList<Spot>(pages.size());
        int groups = (pages.size() + MOST_SLICES - 1) / MOST_SLICES;
        for (int group = 0; group < groups; group++) {
            int from = pages.size() * group / groups;
            int to = pages.size() * (group + 1) / groups;
            for (int i = from; i < to; i++) {
                spots.add(slice(place, pages.get(i), i - from, to - from));
            }
        }
        return spots;
    }

    private Spot slice(Place.AcrossEdges place, int number, int index, int slices) {
        var sheet = sheet(number);
        double width = seal.widthMm() / slices;
        boolean right = place.edge() == Place.Edge.RIGHT;
        double top = place.fromTop() * sheet.height() - seal.heightMm() / 2;
        var area = new Page.Area(right ? sheet.width() - width : 0, top, width, seal.heightMm());
        return new Spot(number, area, right ? index : slices - 1 - index, slices, List.of(), true);
    }
}
