package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.CONTENT_REPLACED_AFTER_SIGNING;
import static org.yinzheng.testdata.corpus.pdf.Update.stream;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Once;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;
import org.yinzheng.testdata.corpus.pdf.Update.Listing;

/// P5: a document prepared before it was signed, and a small update that changes what it shows.
final class ShadowDocument {
    private static final String OTHER = "BT /F1 20 Tf 80 600 Td (Capital: 900 000) Tj ET";

    private final Attacks attacks = new Attacks("P5");
    private final Once<DocumentBytes> prepared;
    private final Signing signing;

    private ShadowDocument(Signing signing) {
        this.signing = signing;
        prepared = Once.of(() -> signing.signed(prepared(), signing.stamp("authority", Party.RSA)));
    }

    static List<Specimen> of(Signing signing) {
        var shadow = new ShadowDocument(signing);
        shadow.hideAndReplace();
        shadow.pageEntries();
        shadow.resources();
        shadow.catalog();
        shadow.information();
        return shadow.attacks.all();
    }

    /// What the signer sees is the first page's first content, below a picture; the rest waits.
    private static DocumentBytes prepared() {
        var update = new Update(Papers.pages(2));
        var font = update.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding"
                + "/BaseEncoding/WinAnsiEncoding/Differences[49/one]>>>>");
        var overlay = update.addStream(
                "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<>>", "1 g 60 500 400 100 re f");
        var image = update.addStream(
                "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
        var state = update.add("<</Type/ExtGState/ca 1/CA 1>>");
        var layer = update.add("<</Type/OCG/Name(seen)>>");
        var resources = update.add("<</Font<</F1 " + font + " 0 R>>/XObject<</Over " + overlay + " 0 R/Pic " + image
                + " 0 R>>/ExtGState<</G " + state + " 0 R>>/Properties<</L " + layer + " 0 R>>>>");
        var shown = update.addStream(
                "/Shown true",
                "/G gs BT /F1 20 Tf 80 700 Td (Capital: 100 000) Tj ET /Over Do q 9 0 0 9 60 60 cm /Pic Do Q"
                        + " /OC /L BDC 60 60 9 9 re f EMC");
        var hidden = update.addStream("/Hidden true", OTHER);
        var page = update.page();
        var other = update.add("<</Type/Page/Parent " + update.pages() + " 0 R/MediaBox[0 0 595 842]/Contents " + hidden
                + " 0 R/Resources " + resources + " 0 R/Other true>>");
        update.put(
                page,
                "<</Type/Page/Parent " + update.pages() + " 0 R/MediaBox[0 0 595 842]/Contents " + shown
                        + " 0 R/Resources " + resources + " 0 R/First true>>");
        update.extend(
                update.root(),
                "/PieceInfo<</Later " + other + " 0 R>>/OCProperties<</OCGs[" + layer + " 0 R]/D<</ON[" + layer
                        + " 0 R]>>>>");
        return update.write();
    }

    private void hideAndReplace() {
        for (var listing : List.of(Listing.TABLE, Listing.STREAM, Listing.COMPRESSED)) {
            var how = listing.name().toLowerCase(Locale.ROOT);
            shadow(
                    "content-replaced-" + how,
                    listing,
                    update -> update.put(update.holding("/Shown true"), stream("", OTHER)));
            shadow(
                    "content-exchanged-" + how,
                    listing,
                    update -> update.replace(
                            update.page(),
                            "/Contents " + update.holding("/Shown true"),
                            "/Contents " + update.holding("/Hidden true")));
            shadow(
                    "page-exchanged-" + how,
                    listing,
                    update -> update.replace(
                            update.pages(),
                            "[" + update.page() + " 0 R",
                            "[" + update.holding("/Other true") + " 0 R"));
        }
        for (var listing : List.of(Listing.TABLE, Listing.STREAM)) {
            var how = listing.name().toLowerCase(Locale.ROOT);
            shadow(
                    "table-alone-exchanges-contents-" + how,
                    listing,
                    update -> update.pointTo(
                            update.holding("/Shown true"), update.offsetOf(update.holding("/Hidden true"))));
            shadow(
                    "table-alone-exchanges-pages-" + how,
                    listing,
                    update -> update.pointTo(update.page(), update.offsetOf(update.holding("/Other true"))));
            shadow(
                    "table-alone-hides-the-picture-" + how,
                    listing,
                    update -> update.pointTo(
                            update.holding("/Subtype/Form/BBox"), update.offsetOf(update.holding("/Type/ExtGState"))));
        }
        shadow("content-emptied", update -> update.put(update.holding("/Shown true"), stream("", "")));
        shadow("content-freed", update -> update.put(update.holding("/Shown true"), "null"));
        shadow(
                "content-added-to",
                update -> update.replace(
                        update.page(),
                        "/Contents " + update.holding("/Shown true") + " 0 R",
                        "/Contents[" + update.holding("/Shown true") + " 0 R " + update.holding("/Hidden true")
                                + " 0 R]"));
        shadow(
                "content-now-in-an-external-file",
                update -> update.put(update.holding("/Shown true"), stream("/F(other.bin)", "")));
        shadow(
                "content-behind-another-filter",
                update -> update.put(
                        update.holding("/Shown true"),
                        stream("/Filter/ASCIIHexDecode", "30203020392039207265206620>")));
    }

    private void pageEntries() {
        for (var entry : List.of(
                "MediaBox[0 0 100 100]",
                "CropBox[0 0 100 100]",
                "Rotate 180",
                "UserUnit 10",
                "AA<</O<</S/JavaScript/JS(app.alert)>>>>",
                "Group<</S/Transparency/CS/DeviceGray>>",
                "Trans<</S/Fly>>")) {
            shadow(
                    "page-entry-" + word(entry),
                    update -> entry.startsWith("MediaBox")
                            ? update.replace(update.page(), "MediaBox[0 0 595 842]", entry)
                            : update.extend(update.page(), "/" + entry));
        }
        shadow("pages-in-another-order", update -> {
            var tree = update.body(update.pages());
            var kids = tree.substring(tree.indexOf("[") + 1, tree.indexOf("]"))
                    .strip()
                    .split(" (?=\\d+ 0 R)", -1);
            return update.put(update.pages(), tree.replaceAll("\\[.*\\]", "[" + kids[1] + " " + kids[0] + "]"));
        });
        shadow(
                "page-taken-away",
                update -> update.put(update.pages(), "<</Type/Pages/Count 1/Kids[" + update.page() + " 0 R]>>"));
        shadow(
                "page-shown-twice",
                update -> update.put(
                        update.pages(),
                        "<</Type/Pages/Count 2/Kids[" + update.page() + " 0 R " + update.page() + " 0 R]>>"));
        shadow("box-inherited-by-all", update -> update.extend(update.pages(), "/Rotate 90"));
    }

    private static String word(String entry) {
        return entry.replaceAll("[^A-Za-z].*", "").toLowerCase(Locale.ROOT);
    }

    private void resources() {
        replaced("picture-emptied", "/Subtype/Form/BBox", stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", ""));
        replaced(
                "picture-drawn-anew",
                "/Subtype/Form/BBox",
                stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<>>", "0 g 60 500 400 100 re f"));
        replaced(
                "image-replaced",
                "/Subtype/Image",
                stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "y"));
        replaced("transparency-changed", "/Type/ExtGState", "<</Type/ExtGState/ca 0/CA 0>>");
        inside("glyphs-renamed-in-the-encoding", "/Differences", "[49/one]", "[49/nine]");
        inside("typeface-exchanged", "/Differences", "/BaseFont/Helvetica", "/BaseFont/Symbol");
        inside("typeface-with-other-widths", "/Differences", "/Type/Font", "/Type/Font/FirstChar 0/Widths[0 0]");
        inside("text-of-the-typeface-for-copying", "/Differences", "/Type/Font", "/Type/Font/ToUnicode 1 0 R");
        inside("resources-without-picture", "/Properties", "/Over ", "/Ovex ");
        inside("layer-renamed", "/Type/OCG", "(seen)", "(other)");
        shadow(
                "layer-switched-off",
                update -> update.put(update.root(), update.body(update.root()).replace("/ON[", "/OFF[")));
    }

    private void replaced(String name, String what, String body) {
        shadow(name, update -> update.put(update.holding(what), body));
    }

    private void inside(String name, String what, String before, String after) {
        shadow(name, update -> update.replace(update.holding(what), before, after));
    }

    private void catalog() {
        for (var entry : List.of(
                "OpenAction<</S/JavaScript/JS(app.alert)>>",
                "AA<</WC<</S/JavaScript/JS(app.alert)>>>>",
                "Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert)>>]>>>>",
                "ViewerPreferences<</HideToolbar true>>",
                "PageMode/FullScreen",
                "PageLabels<</Nums[0<</P(No. 9)>>]>>",
                "Outlines<</Title(other)>>",
                "Collection<</View/T>>",
                "URI<</Base(http://example.invalid/)>>")) {
            shadow("catalog-entry-" + word(entry), update -> update.extend(update.root(), "/" + entry));
        }
        shadow("files-attached", update -> {
            var file = update.addStream("/Type/EmbeddedFile", "other");
            return update.extend(
                    update.root(),
                    "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F " + file + " 0 R>>>>]>>>>");
        });
        attacks.add(
                "shadow-form-that-draws-itself",
                "an update gives the form a description by which newer programs draw it anew",
                Expected.modified(Flaw.CHANGE_NOT_PERMITTED),
                () -> {
                    var update = new Update(prepared.get());
                    var description = update.addStream("", "<xdp/>");
                    return update.extend(update.form(), "/XFA " + description + " 0 R")
                            .write();
                });
    }

    private void information() {
        attacks.add(
                "title-changed",
                "the document information says something else",
                Expected.modified(CONTENT_REPLACED_AFTER_SIGNING),
                () -> new Update(signing.alone.get())
                        .replace(new Update(signing.alone.get()).info(), "Business licence", "Another licence")
                        .write());
        attacks.add(
                "licence-identifier-changed",
                "the document information names another licence",
                Expected.modified(CONTENT_REPLACED_AFTER_SIGNING),
                () -> new Update(signing.alone.get())
                        .replace(new Update(signing.alone.get()).info(), "1234567890", "9999999999")
                        .write());
    }

    private void shadow(String name, UnaryOperator<Update> change) {
        shadow(name, Listing.TABLE, change);
    }

    private void shadow(String name, Listing listing, UnaryOperator<Update> change) {
        attacks.add(
                "shadow-" + name,
                "signed with what waits in it, then an update that the signer did not see",
                Expected.modified(CONTENT_REPLACED_AFTER_SIGNING),
                () -> change.apply(new Update(prepared.get())).write(listing));
    }
}
