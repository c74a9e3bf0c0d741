package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.CONTENT_ADDED_AFTER_SIGNING;
import static org.yinzheng.signing.verdict.Flaw.CONTENT_REPLACED_AFTER_SIGNING;
import static org.yinzheng.signing.verdict.Flaw.SIGNATURES_OVERLAP;
import static org.yinzheng.signing.verdict.Flaw.UPDATE_UNREADABLE;

import java.util.List;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Cut;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;
import org.yinzheng.testdata.corpus.pdf.Update.Listing;

/// P2: something appended behind the signed revision, well formed or broken in a way that lenient readers repair.
final class IncrementalSaving {
    private static final String PAGE = "<</Type/Page/MediaBox[0 0 595 842]/Contents 98 0 R>>";

    private final Attacks attacks = new Attacks("P2");
    private final Signing signing;

    private IncrementalSaving(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var saving = new IncrementalSaving(signing);
        saving.tails();
        saving.pageReplaced();
        saving.tables();
        saving.files();
        return saving.attacks.all();
    }

    private void tails() {
        tail("one-character", cut -> cut.append("x"));
        tail("end-marker", cut -> cut.append("%%EOF\n"));
        tail("comment", cut -> cut.append("% void\n%%EOF\n"));
        tail("zeros-and-junk", cut -> cut.append("\0".repeat(5000) + "junk"));
        tail("object-without-table", cut -> cut.append("99 0 obj\n" + PAGE + "\nendobj\n"));
        tail("object-and-end-marker", cut -> cut.append("99 0 obj\n" + PAGE + "\nendobj\n%%EOF\n"));
        tail(
                "trailer-to-nowhere",
                UPDATE_UNREADABLE,
                cut -> cut.append("trailer\n<</Root 99 0 R>>\nstartxref\n0\n%%EOF\n"));
        tail("table-beyond-the-file", UPDATE_UNREADABLE, cut -> cut.append("startxref\n99999999\n%%EOF\n"));
        tail("empty-trailer", UPDATE_UNREADABLE, cut -> {
            int at = cut.text().length();
            return cut.append("xref\n0 0\ntrailer\n<<>>\nstartxref\n" + at + "\n%%EOF\n");
        });
        tail("page-without-table", cut -> append(cut, Listing.NONE));
        tail("page-with-trailer-only", cut -> append(cut, Listing.TRAILER_ONLY));
    }

    private Cut append(Cut cut, Listing listing) {
        var update = new Update(cut.bytes());
        return Cut.of(update.put(update.page(), PAGE).write(listing));
    }

    private void tail(String name, UnaryOperator<Cut> change) {
        tail(name, CONTENT_ADDED_AFTER_SIGNING, change);
    }

    private void tail(String name, Flaw why, UnaryOperator<Cut> change) {
        attacks.add(
                "isa-" + name,
                "appended to a signed licence, and no revision that can be read strictly",
                Expected.modified(why),
                () -> change.apply(Cut.of(signing.licence.get())).bytes());
    }

    private void pageReplaced() {
        for (var listing : List.of(Listing.TABLE, Listing.STREAM, Listing.COMPRESSED)) {
            var how = listing.name().toLowerCase(java.util.Locale.ROOT);
            updated(
                    "page-replaced-by-" + how,
                    listing,
                    CONTENT_REPLACED_AFTER_SIGNING,
                    update -> update.put(update.page(), page(update, update.pages())));
            updated("page-added-by-" + how, listing, CONTENT_REPLACED_AFTER_SIGNING, IncrementalSaving::pageAdded);
        }
        attacks.add(
                "page-replaced-in-a-document-of-object-streams",
                "an update with a table behind a signed document that has none",
                Expected.modified(CONTENT_REPLACED_AFTER_SIGNING),
                () -> {
                    var update = new Update(signing.compact.get());
                    var page = update.fresh();
                    var pages = update.add("<</Type/Pages/Count 1/Kids[" + page + " 0 R]>>");
                    update.put(page, page(update, pages));
                    return update.put(update.root(), "<</Type/Catalog/Pages " + pages + " 0 R>>")
                            .write(Listing.STREAM);
                });
    }

    private static String page(Update update, long parent) {
        var content = update.addStream("", "0 0 300 300 re f");
        return "<</Type/Page/Parent " + parent + " 0 R/MediaBox[0 0 595 842]/Contents " + content + " 0 R>>";
    }

    private static Update pageAdded(Update update) {
        var pages = update.pages();
        var added = update.add(page(update, pages));
        var old = update.page();
        return update.put(pages, "<</Type/Pages/Count 2/Kids[" + old + " 0 R " + added + " 0 R]>>");
    }

    private void tables() {
        updated("catalog-replaced", Listing.TABLE, CONTENT_REPLACED_AFTER_SIGNING, update -> {
            var page = update.fresh();
            var pages = update.add("<</Type/Pages/Count 1/Kids[" + page + " 0 R]>>");
            update.put(page, page(update, pages));
            var catalog = update.add("<</Type/Catalog/Pages " + pages + " 0 R>>");
            return update.trailer("/Root " + catalog + " 0 R");
        });
        updated("previous-revisions-cut-off", Listing.TABLE, UPDATE_UNREADABLE, update -> update.put(
                        update.info(), "<</Title(new)>>")
                .trailer("/Prev 0"));
        updated("copy-of-the-signature", Listing.TABLE, SIGNATURES_OVERLAP, update -> {
            update.put(update.page(), page(update, update.pages()));
            update.add(update.body(update.signature()));
            return update;
        });
        updated("encryption-announced", Listing.TABLE, UPDATE_UNREADABLE, update -> update.put(update.fresh(), "<<>>")
                .trailer("/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(" + "x".repeat(32) + ")/U(" + "x".repeat(32)
                        + ")>>"));
        attacks.add(
                "object-that-the-table-leaves-out",
                "an update that holds a page, and a table that lists another object only",
                Expected.modified(CONTENT_ADDED_AFTER_SIGNING),
                () -> {
                    var update = new Update(signing.licence.get());
                    var page = update.page();
                    var cut = Cut.of(update.put(update.fresh(), "<<>>").write());
                    var unlisted = page + " 0 obj\n" + PAGE + "\nendobj\n";
                    int table = cut.last("\nxref") + 1;
                    int start = cut.last("startxref\n") + "startxref\n".length();
                    var moved = cut.replace(
                            start, cut.text().indexOf('\n', start) - start, "" + (table + unlisted.length()));
                    return moved.replace(table, 0, unlisted).bytes();
                });
    }

    private void updated(String name, Listing listing, Flaw why, UnaryOperator<Update> change) {
        attacks.add(
                name,
                "an update of a licence with two signatures, listed by " + listing,
                Expected.modified(why),
                () -> change.apply(new Update(signing.licence.get())).write(listing));
    }

    private void files() {
        attacks.add(
                "another-file-appended",
                "a whole other PDF behind the signed one",
                Expected.modified(UPDATE_UNREADABLE),
                () -> Cut.of(signing.licence.get())
                        .append(Cut.of(Papers.compact()).text())
                        .bytes());
        attacks.add(
                "another-file-in-front",
                "a whole other PDF before the signed one: ranges count from the file's first byte",
                Expected.malformed(),
                () -> Cut.of(Papers.compact())
                        .append(Cut.of(signing.licence.get()).text())
                        .bytes());
        attacks.add(
                "cut-off",
                "the signed file without its last hundred bytes",
                Expected.modified(CONTENT_ADDED_AFTER_SIGNING),
                () -> {
                    var cut = Cut.of(signing.licence.get());
                    return cut.upTo(cut.text().length() - 100).bytes();
                });
    }
}
