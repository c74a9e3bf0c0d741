package org.yinzheng.signing.ofd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.stamping.Place;

/// What stamping needs to know of an OFD of one document: its pages, its bookmarks, and the signatures it
/// bears. XML files are parsed once.
final class Stampable {
    private static final int MOST_PAGES = 10_000;
    private static final double LARGEST = 1e6;
    private static final Pattern SPACE = Pattern.compile("\\s+");

    final OfdPackage ofd;
    /// Of Document.xml, without slashes at its ends.
    final String folder;
    /// The list of signatures, when there is one.
    final Optional<String> list;

    final List<Sheet> sheets;
    final XmlTree document;
    private final Map<String, XmlTree> trees = new HashMap<>();

    /// @param number from 1
    /// @param box the page's physical box. Its corner is the origin of the page's coordinates whatever its own
    /// two first numbers say; readers differ about pages where these are not zero
    /// @param path of Content.xml
    record Sheet(int number, String id, Page.Area box, String path) {}

    /// @throws InvalidInput `xml`, `ofd-package`
    Stampable(OfdPackage ofd) {
        this.ofd = ofd;
        var bodies = tree(OfdPackage.ENTRY).all("DocBody").toList();
        if (bodies.size() != 1) {
            throw XmlTree.broken("has " + bodies.size() + " documents where one can be stamped");
        }
        this.list = bodies.getFirst().one("Signatures").map(XmlTree::text).map(location -> inside("", location));
        var path = inside("", bodies.getFirst().required("DocRoot").text());
        this.folder = OfdPackage.folder(path);
        this.document = tree(path);
        this.sheets = readSheets();
    }

    /// @throws InvalidInput `xml`, `ofd-package` when it is not there
    XmlTree tree(String path) {
        return trees.computeIfAbsent(
                path, p -> XmlTree.parse(ofd.content(p).orElseThrow(() -> OfdPackage.broken("a file is missing"))));
    }

    /// Empty for what is no well-formed XML.
    Optional<XmlTree> readable(String path) {
        try {
            return Optional.of(tree(path));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    /// @param number from 1, or [Place#LAST]
    Sheet sheet(int number) {
        int index = number == Place.LAST ? sheets.size() : number;
        if (index < 1 || index > sheets.size()) {
            throw new InvalidInput("seal-page", "at", "the document has " + sheets.size() + " pages");
        }
        return sheets.get(index - 1);
    }

    private List<Sheet> readSheets() {
        var usual = document.required("CommonData").one("PageArea").flatMap(Stampable::physicalBox);
        var pages = document.required("Pages").all("Page").toList();
        if (pages.isEmpty() || pages.size() > MOST_PAGES) {
            throw XmlTree.broken("has no page, or more than " + MOST_PAGES);
        }
        var read = new ArrayList<Sheet>();
        for (var page : pages) {
            var id = page.attribute("ID").orElseThrow(() -> XmlTree.broken("names no page"));
            var path = inside(
                    folder, page.attribute("BaseLoc").orElseThrow(() -> XmlTree.broken("has a page without content")));
            var box = tree(path).one("Area").flatMap(Stampable::physicalBox).or(() -> usual);
            read.add(new Sheet(
                    read.size() + 1, id, box.orElseThrow(() -> XmlTree.broken("has a page without a size")), path));
        }
        return List.copyOf(read);
    }

    private static Optional<Page.Area> physicalBox(XmlTree area) {
        return area.one("PhysicalBox").map(box -> box(box.text()));
    }

    /// ST_Box: `x y width height`.
    static Page.Area box(String text) {
        var numbers = numbers(text);
        if (numbers.length != 4 || !(numbers[2] > 0 && numbers[3] > 0)) {
            throw XmlTree.broken("has a box that is none");
        }
        return new Page.Area(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    static double[] numbers(String text) {
        try {
            var numbers = SPACE.splitAsStream(text.strip())
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (Arrays.stream(numbers).allMatch(number -> Math.abs(number) < LARGEST)) {
                return numbers;
            }
            throw XmlTree.broken("has a number beyond every page");
        } catch (NumberFormatException e) {
            throw XmlTree.broken("has words where numbers belong");
        }
    }

    static String inside(String folder, String location) {
        return OfdPackage.resolve(folder, location).orElseThrow(() -> OfdPackage.broken("a path leads outside"));
    }
}
