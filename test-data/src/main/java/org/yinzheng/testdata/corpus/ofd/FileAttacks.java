package org.yinzheng.testdata.corpus.ofd;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// Files changed, left out and added (O1, O2).
public final class FileAttacks implements Specimens {
    private static final Gap UNCOVERED = Gap.NOT_ALL_CONTENT_COVERED;

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        changed(shelf);
        uncovered(shelf);
        return shelf.all();
    }

    private static void changed(Shelf shelf) {
        var changed = Shelf.modified(Flaw.SIGNED_FILE_CHANGED);
        for (var name : List.of(
                Papers.ENTRY,
                Papers.DOCUMENT,
                Papers.PAGE,
                Papers.TEMPLATE,
                Papers.RESOURCES,
                Papers.IMAGE,
                Papers.ANNOTATION,
                Papers.ATTACHMENT,
                Papers.TAG,
                Plan.LIST)) {
            var plain = plain(name);
            shelf.after("O1", "changed-" + plain, "a byte more in " + name, changed, ofd -> {
                var longer = Arrays.copyOf(ofd.get(name), ofd.get(name).length + 1);
                longer[longer.length - 1] = ' ';
                ofd.put(name, longer);
            });
        }
        shelf.after(
                "O1",
                "number-changed",
                "the licence's number on the page",
                changed,
                ofd -> ofd.edit(Papers.PAGE, "91350200", "91350201"));
        shelf.after("O1", "page-emptied", "the page's file emptied", changed, ofd -> ofd.put(Papers.PAGE, ""));
        shelf.after("O1", "page-removed", "the page's file taken out", changed, ofd -> ofd.remove(Papers.PAGE));
        shelf.after("O1", "image-removed", "the image taken out", changed, ofd -> ofd.remove(Papers.IMAGE));
        shelf.after("O2", "page-added", "a page added to the list of pages", changed, ofd -> ofd.put(
                        "Doc_0/Pages/Page_1/Content.xml", ofd.get(Papers.PAGE))
                .edit(
                        Papers.DOCUMENT,
                        "</ofd:Pages>",
                        "<ofd:Page ID=\"2\" BaseLoc=\"Pages/Page_1/Content.xml\"/></ofd:Pages>"));
        shelf.after("O2", "page-repointed", "the page's identifier leads to another file", changed, ofd -> ofd.put(
                        "Doc_0/Pages/Other.xml", ofd.get(Papers.TEMPLATE))
                .edit(Papers.DOCUMENT, "Pages/Page_0/Content.xml", "Pages/Other.xml"));
        shelf.after("O2", "document-added", "a second DocBody", changed, FileAttacks::addDocument);
        shelf.after("O2", "document-repointed", "DocRoot leads to another document", changed, ofd -> ofd.put(
                        "Doc_1/Document.xml", ofd.get(Papers.DOCUMENT))
                .edit(Papers.ENTRY, "Doc_0/Document.xml", "Doc_1/Document.xml"));
        shelf.after(
                "O2",
                "version-added",
                "a version that names other files",
                changed,
                ofd -> ofd.put("Doc_0/Versions/V1.xml", ofd.get(Papers.DOCUMENT))
                        .edit(
                                Papers.ENTRY,
                                "</ofd:DocBody>",
                                "<ofd:Versions><ofd:Version ID=\"1\" Index=\"1\" Current=\"true\" BaseLoc=\"Doc_0/Versions/V1.xml\"/></ofd:Versions></ofd:DocBody>"));
        shelf.after(
                "O2",
                "metadata-changed",
                "custom data in OFD.xml",
                changed,
                ofd -> ofd.edit(Papers.ENTRY, "91350200", "91350201"));
        shelf.after("O2", "resource-repointed", "the image's identifier leads to another file", changed, ofd -> ofd.put(
                        "Doc_0/Res/other.png", new byte[100])
                .edit(Papers.RESOURCES, "image_5.png", "other.png"));
    }

    private static void uncovered(Shelf shelf) {
        left(
                shelf,
                "metadata",
                Papers.ENTRY,
                "custom data in it changed",
                ofd -> ofd.edit(Papers.ENTRY, "91350200", "91350201"));
        left(
                shelf,
                "second-document",
                Papers.ENTRY,
                "a DocBody added",
                Shelf.undecided(UNCOVERED, Gap.DOCUMENT_NOT_COVERED),
                FileAttacks::addDocument);
        left(shelf, "page-added", Papers.DOCUMENT, "a page added", ofd -> ofd.put(
                        "Doc_0/Pages/Page_1/Content.xml", ofd.get(Papers.PAGE))
                .edit(
                        Papers.DOCUMENT,
                        "</ofd:Pages>",
                        "<ofd:Page ID=\"2\" BaseLoc=\"Pages/Page_1/Content.xml\"/></ofd:Pages>"));
        left(shelf, "annotations-repointed", Papers.DOCUMENT, "annotations lead elsewhere", ofd -> ofd.put(
                        "Doc_0/Annots/B.xml", ofd.get("Doc_0/Annots/Annotations.xml"))
                .edit(Papers.DOCUMENT, "Annots/Annotations.xml", "Annots/B.xml"));
        for (var name : List.of(
                Papers.PAGE,
                Papers.TEMPLATE,
                Papers.RESOURCES,
                Papers.IMAGE,
                Papers.ANNOTATION,
                Papers.ATTACHMENT,
                Papers.TAG)) {
            var plain = plain(name);
            left(
                    shelf,
                    "changed-" + plain,
                    name,
                    "it was changed",
                    ofd -> ofd.put(name, new byte[] {'<', 'a', '/', '>'}));
        }
        shelf.after(
                "O2",
                "file-that-nothing-names",
                "a file added that nothing leads to",
                Shelf.undecided(UNCOVERED),
                ofd -> ofd.put("Doc_0/Pages/Page_9/Content.xml", ofd.get(Papers.PAGE)));
        shelf.attack(
                "O2",
                "list-doubles-as-page",
                "Document.xml was made to show the list of signatures as a page",
                Shelf.undecided(UNCOVERED),
                () -> Plan.of(shelf.ses())
                        .open()
                        .put(Papers.licence()
                                .edit(
                                        Papers.DOCUMENT,
                                        "</ofd:Pages>",
                                        "<ofd:Page ID=\"2\" BaseLoc=\"Signs/Signatures.xml\"/></ofd:Pages>")));
    }

    private static void addDocument(Parcel ofd) {
        ofd.put("Doc_1/Document.xml", ofd.get(Papers.DOCUMENT))
                .put("Doc_1/Pages/Page_0/Content.xml", ofd.get(Papers.PAGE))
                .edit(
                        Papers.ENTRY,
                        "</ofd:OFD>",
                        "<ofd:DocBody><ofd:DocInfo><ofd:DocID>2</ofd:DocID></ofd:DocInfo>"
                                + "<ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
    }

    /// One file left out of what is protected, and then tampered with.
    private static void left(Shelf shelf, String name, String file, String made, Consumer<Parcel> change) {
        left(shelf, name, file, made, Shelf.undecided(UNCOVERED), change);
    }

    private static void left(
            Shelf shelf, String name, String file, String made, Expected expected, Consumer<Parcel> change) {
        shelf.attack("O2", "uncovered-" + name, file + " is not protected, and " + made, expected, () -> {
            var ofd = Plan.of(shelf.ses())
                    .open()
                    .covering(one -> !one.equals(file))
                    .put(Papers.licence());
            change.accept(ofd);
            return ofd;
        });
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("doc_0/", "").replaceAll("[^a-z0-9]+", "-");
    }
}
