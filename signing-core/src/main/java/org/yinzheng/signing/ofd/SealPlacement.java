package org.yinzheng.signing.ofd;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.ofd.PageText.Glyph;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Warning;

/// Finds where a seal goes. It has its real size everywhere and lies within the page.
final class SealPlacement {
    private static final int MOST_MARKS = 1000;
    /// What slack a seal that touches the page's edge is given, for numbers that were rounded.
    private static final double SLACK = 0.01;

    private final Stampable document;
    private final double width;
    private final double height;
    private final Map<Stampable.Sheet, List<List<Glyph>>> texts = new HashMap<>();
    private final List<SealMark> marks = new ArrayList<>();
    /// The keywords that seals were to be put on.
    private final Set<Glyph> meant = new HashSet<>();

    SealPlacement(Stampable document, Seal.Picture picture) {
        this.document = document;
        this.width = picture.widthMm();
        this.height = picture.heightMm();
    }

    /// @throws InvalidInput `seal-page`, `seal-area`, `place`, `place-not-found`
    void add(Place place) {
        switch (place) {
            case Place.OnPage spot -> add(document.sheet(spot.page()), spot.x(), spot.y());
            case Place.AtKeyword keyword -> addAtKeyword(keyword);
            case Place.AtAnchor anchor -> addAtAnchor(anchor.name());
            case Place.AcrossEdges edges -> add(EdgeSlices.cut(document, edges, width, height));
            case Place.AtField ignored ->
                throw new InvalidInput("place", "at", "an OFD has no form fields: choose a page, keyword or anchor");
        }
    }

    List<SealMark> marks() {
        return List.copyOf(marks);
    }

    /// What of the page's own text a seal lies on, but for the keywords that it was to be put on. How much and
    /// where, not what: it may be somebody's number.
    List<Warning> coveredText() {
        var warnings = new ArrayList<Warning>();
        for (var mark : marks) {
            var area = mark.placed().area();
            var shown = new Rectangle2D.Double(area.x(), area.y(), area.width(), area.height());
            long covered = text(mark.sheet()).stream()
                    .flatMap(List::stream)
                    .filter(glyph -> glyph.box().intersects(shown) && !meant.contains(glyph))
                    .count();
            if (covered > 0) {
                warnings.add(new Warning(
                        Warning.Kind.COVERS_TEXT,
                        "page " + mark.sheet().number() + ": the seal lies on " + covered + " characters"));
            }
        }
        return warnings;
    }

    private void addAtKeyword(Place.AtKeyword place) {
        var word = place.keyword()
                .codePoints()
                .filter(codePoint -> !Character.isWhitespace(codePoint) && codePoint != 0x3000)
                .map(PageText::plain)
                .toArray();
        if (word.length == 0) {
            throw new InvalidInput("place-not-found", "at", "a keyword has characters that can be seen");
        }
        int seen = 0;
        for (var sheet : document.sheets) {
            for (var found : occurrences(text(sheet), word)) {
                seen++;
                if (place.occurrence() == Place.EVERY || place.occurrence() == seen) {
                    meant.addAll(found);
                    var box = found.stream()
                            .map(Glyph::box)
                            .reduce(Rectangle2D::createUnion)
                            .orElseThrow();
                    add(sheet, box.getCenterX(), box.getCenterY());
                }
            }
        }
        if (seen == 0 || seen < place.occurrence()) {
            throw new InvalidInput("place-not-found", "at", "the document's text has the keyword " + seen + " times");
        }
    }

    private static List<List<Glyph>> occurrences(List<List<Glyph>> lines, int[] word) {
        var found = new ArrayList<List<Glyph>>();
        for (var line : lines) {
            for (int at = 0; at + word.length <= line.size(); at++) {
                var part = line.subList(at, at + word.length);
                if (matches(part, word)) {
                    found.add(part);
                    at += word.length - 1;
                }
            }
        }
        return found;
    }

    private static boolean matches(List<Glyph> part, int[] word) {
        for (int i = 0; i < word.length; i++) {
            if (part.get(i).codePoint() != word[i]) {
                return false;
            }
        }
        return true;
    }

    /// A bookmark's destination is where the seal's centre goes.
    private void addAtAnchor(String name) {
        var destination = document.document.one("Bookmarks").stream()
                .flatMap(bookmarks -> bookmarks.all("Bookmark"))
                .filter(bookmark -> bookmark.attribute("Name").orElse("").equals(name))
                .flatMap(bookmark -> bookmark.all("Dest"))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInput("place-not-found", "at", "the document has no bookmark of this name"));
        var sheet = document.sheets.stream()
                .filter(one -> one.id().equals(destination.attribute("PageID").orElse("")))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("place-not-found", "at", "the bookmark leads to no page"));
        // the author keeps this place for the seal: what lies under it is meant to
        text(sheet).forEach(meant::addAll);
        add(sheet, coordinate(destination, "Left"), coordinate(destination, "Top"));
    }

    private static double coordinate(XmlTree destination, String name) {
        var numbers = destination.attribute(name).map(Stampable::numbers).orElse(new double[0]);
        if (numbers.length != 1) {
            throw new InvalidInput("place-not-found", "at", "the bookmark names a page and no point of it");
        }
        return numbers[0];
    }

    /// @param x of the centre, from the sheet's corner
    private void add(Stampable.Sheet sheet, double x, double y) {
        var area = new Page.Area(x - width / 2, y - height / 2, width, height);
        if (!(area.x() >= -SLACK
                && area.y() >= -SLACK
                && area.x() + width <= sheet.box().width() + SLACK
                && area.y() + height <= sheet.box().height() + SLACK)) {
            throw new InvalidInput("seal-area", "at", "the seal would not lie within page " + sheet.number());
        }
        add(List.of(new SealMark(sheet, area, Optional.empty())));
    }

    private void add(List<SealMark> more) {
        marks.addAll(more);
        if (marks.size() > MOST_MARKS) {
            throw new InvalidInput("place", "at", "one stamp shows its seal at most " + MOST_MARKS + " times");
        }
    }

    private List<List<Glyph>> text(Stampable.Sheet sheet) {
        return texts.computeIfAbsent(sheet, one -> PageText.read(document, one));
    }
}
