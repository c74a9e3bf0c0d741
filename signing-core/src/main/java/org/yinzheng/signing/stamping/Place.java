package org.yinzheng.signing.stamping;

import java.util.List;
import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;

/// Where a seal goes. Millimetres from the top left corner of the page *as it is shown*: rotation and crop box are the
/// stamper's affair. A seal has its real size always, so that a place is a point and never an area.
public sealed interface Place {
    /// The last page, whatever its number.
    int LAST = -1;
    /// Every occurrence of a keyword.
    int EVERY = 0;

    /// @param page from 1, or [#LAST]
    /// @param x where the seal's centre is, from the left
    /// @param y the same, from the top
    record OnPage(int page, double x, double y) implements Place {}

    /// The seal's centre lies on the centre of the word where it stands in the document's text.
    ///
    /// @param occurrence from 1 in reading order, or [#EVERY]
    record AtKeyword(String keyword, int occurrence) implements Place {}

    /// An empty signature field of the form, by its full name. PDF only: the seal is centred in it.
    record AtField(String name) implements Place {}

    /// A named place that the template left: a named destination of a PDF, a bookmark of an OFD.
    record AtAnchor(String name) implements Place {}

    /// 骑缝章: one seal cut into vertical slices, one for each page, along an edge of the pages.
    ///
    /// @param fromTop of the seal's centre, as a share of the page's height from 0 to 1
    record AcrossEdges(Edge edge, Pages pages, double fromTop) implements Place {}

    enum Edge {
        LEFT,
        RIGHT
    }

    /// Which pages a seal across the edges takes in: of leaves printed on both sides, one side has it.
    enum Pages {
        ALL,
        ODD,
        EVEN;

        public boolean takes(int page) {
            return this == ALL || (page % 2 == 1) == (this == ODD);
        }
    }

    /// Reads what people write: `page:1,150,240` and `page:last,150,240` (millimetres), `keyword:盖章处`,
    /// `keyword:盖章处#2`, `keyword:盖章处#every`, `field:Signature1`, `anchor:seal`, `edge:right`, `edge:left,odd,0.4`.
    ///
    /// @throws InvalidInput `place`
    static Place parse(String text) {
        int colon = text.indexOf(':');
        var rest = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "page" -> onPage(List.of(rest.split(",", -1)));
            case "keyword" -> atKeyword(rest);
            case "field" -> new AtField(named(rest));
            case "anchor" -> new AtAnchor(named(rest));
            case "edge" -> acrossEdges(List.of(rest.split(",", -1)));
            default -> throw wrong("begins with page:, keyword:, field:, anchor: or edge:");
        };
    }

    private static Place onPage(List<String> parts) {
        if (parts.size() != 3) {
            throw wrong("is page:NUMBER,X,Y with X and Y in millimetres from the top left, such as page:1,150,240");
        }
        var first = parts.getFirst().strip();
        int page = first.equals("last") ? LAST : (int) number(first);
        if (page != LAST && page < 1) {
            throw wrong("counts pages from 1");
        }
        return new OnPage(page, number(parts.get(1)), number(parts.get(2)));
    }

    private static Place atKeyword(String rest) {
        var counted = Pattern.compile("(.+)#([1-9]\\d{0,5}|every)").matcher(rest);
        if (!counted.matches()) {
            return new AtKeyword(named(rest), 1);
        }
        var which = counted.group(2);
        return new AtKeyword(counted.group(1), which.equals("every") ? EVERY : Integer.parseInt(which));
    }

    private static Place acrossEdges(List<String> parts) {
        var edge =
                switch (parts.getFirst().strip()) {
                    case "left" -> Edge.LEFT;
                    case "right" -> Edge.RIGHT;
                    default -> throw wrong("has an edge: edge:left or edge:right");
                };
        var pages = Pages.ALL;
        double fromTop = 0.5;
        for (var part : parts.subList(1, parts.size())) {
            switch (part.strip()) {
                case "all" -> pages = Pages.ALL;
                case "odd" -> pages = Pages.ODD;
                case "even" -> pages = Pages.EVEN;
                default -> fromTop = number(part);
            }
        }
        if (fromTop < 0 || fromTop > 1) {
            throw wrong("has a share of the page's height from 0 to 1");
        }
        return new AcrossEdges(edge, pages, fromTop);
    }

    private static String named(String text) {
        if (text.isBlank() || text.length() > 200) {
            throw wrong("names something, in 1 to 200 characters");
        }
        return text;
    }

    private static double number(String text) {
        if (!text.strip().matches("-?\\d{1,6}(\\.\\d{1,6})?")) {
            throw wrong("has plain numbers, such as 150 or 12.5");
        }
        return Double.parseDouble(text.strip());
    }

    private static InvalidInput wrong(String rule) {
        return new InvalidInput("place", "at", rule);
    }
}
