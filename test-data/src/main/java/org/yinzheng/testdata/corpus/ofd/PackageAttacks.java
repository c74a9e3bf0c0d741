package org.yinzheng.testdata.corpus.ofd;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// A stamped package whose container shows different readers different files, or exhausts one (O2, and P12's way).
public final class PackageAttacks implements Specimens {
    private static final byte[] OTHER = "<other/>".getBytes(StandardCharsets.UTF_8);
    private static final Expected TAMPERED = Expected.modified(Flaw.PACKAGE_MALFORMED);

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        names(shelf);
        headers(shelf);
        hidden(shelf);
        exhausting(shelf);
        return shelf.all();
    }

    private static void names(Shelf shelf) {
        zip(shelf, "duplicate-page", "the page twice under one name", TAMPERED, zip -> zip.add(item(Papers.PAGE)));
        zip(
                shelf,
                "duplicate-entry-in-other-case",
                "ofd.xml beside OFD.xml",
                TAMPERED,
                zip -> zip.add(item("ofd.xml")));
        zip(
                shelf,
                "duplicate-page-with-back-slashes",
                "the page again, its name with back slashes",
                TAMPERED,
                zip -> zip.add(item(Papers.PAGE.replace('/', '\\'))));
        for (var name : List.of(
                "../evil.xml",
                "..\\evil.xml",
                "Doc_0/../../evil.xml",
                "/evil.xml",
                "C:evil.xml",
                "Doc_0/./evil.xml",
                "Doc_0//evil.xml",
                "evil\0.xml")) {
            zip(
                    shelf,
                    "name-" + label(name),
                    "a file called " + name.replace("\0", "NUL"),
                    TAMPERED,
                    zip -> zip.add(item(name)));
        }
        zip(shelf, "second-name", "an Info-ZIP field that gives the page another name", TAMPERED, zip -> {
            var page = zip.item(Papers.PAGE);
            page.listedExtra =
                    ZipBuilder.extra(0x7075, ("\1\0\0\0\0" + Papers.TEMPLATE).getBytes(StandardCharsets.US_ASCII));
        });
        zip(
                shelf,
                "names-disagree",
                "the page's header bears another name than the directory",
                TAMPERED,
                zip -> zip.item(Papers.PAGE).name = "Doc_0/Pages/Page_0/Contend.xml");
        zip(shelf, "folder-with-content", "a folder that holds bytes", TAMPERED, zip -> zip.add(item("Doc_0/Folder/")));
    }

    private static void headers(Shelf shelf) {
        zip(
                shelf,
                "sizes-disagree",
                "the page is longer by its header than by the directory",
                TAMPERED,
                zip -> zip.item(Papers.PAGE).size += 9);
        zip(
                shelf,
                "methods-disagree",
                "stored by its header, deflated by the directory",
                TAMPERED,
                zip -> zip.item(Papers.PAGE).method = 0);
        zip(
                shelf,
                "wrong-checksum",
                "a checksum that is not the page's",
                TAMPERED,
                zip -> zip.item(Papers.PAGE).checksum ^= 1);
        zip(shelf, "wrong-descriptor", "a descriptor that says something else", TAMPERED, zip -> {
            var page = zip.item(Papers.PAGE).withDescriptor(true);
            page.descriptor[9] ^= 1;
        });
        zip(shelf, "unknown-method", "packed with bzip2", TAMPERED, zip -> {
            zip.item(Papers.PAGE).method = 12;
            zip.item(Papers.PAGE).listedMethod = 12;
        });
        zip(shelf, "two-sizes", "stored, and of two sizes", TAMPERED, zip -> {
            var stored = new ZipBuilder.Item("Doc_0/x.bin", new byte[9], false);
            stored.size = 8;
            stored.listedSize = 8;
            zip.add(stored);
        });
        zip(shelf, "shared-bytes", "two names for the bytes of one file", TAMPERED, zip -> {
            var twin = item("Doc_0/twin.xml");
            twin.offset = 0;
            zip.add(twin);
        });
        zip(shelf, "two-ends-disagree", "the ZIP64 end counts one file more", TAMPERED, zip -> {
            zip.zip64 = true;
            zip.zip64Miscount = 1;
        });
        zip(
                shelf,
                "encrypted",
                "the page is marked as encrypted",
                Shelf.undecided(Gap.ENCRYPTED),
                zip -> zip.item(Papers.PAGE).flags |= ZipBuilder.ENCRYPTED);
        shelf.add("o2-zip-truncated", "O2", "the end cut off", Expected.malformed(), () -> {
            var whole = shelf.stamped().zip().toByteArray();
            return DocumentBytes.of(java.util.Arrays.copyOf(whole, whole.length - 40));
        });
    }

    private static void hidden(Shelf shelf) {
        zip(
                shelf,
                "hidden-before-a-file",
                "a file that no directory lists, before another",
                TAMPERED,
                zip -> zip.item(Papers.PAGE).before = loose(Papers.PAGE));
        zip(
                shelf,
                "hidden-before-the-directory",
                "a file that no directory lists, before it",
                TAMPERED,
                zip -> zip.beforeDirectory = loose(Papers.PAGE));
        zip(
                shelf,
                "file-taken-off-the-directory",
                "the template is there and not listed",
                TAMPERED,
                zip -> zip.item(Papers.TEMPLATE).listed = false);
        zip(
                shelf,
                "hidden-behind-the-end",
                "a whole other package behind this one",
                TAMPERED,
                zip -> zip.behind = Papers.licence("forged").zip().toByteArray());
        shelf.add("o2-zip-prefix", "O2", "bytes in front of the package", Expected.malformed(), () -> {
            var whole = shelf.stamped().zip().toByteArray();
            var longer = new byte[whole.length + 16];
            System.arraycopy(whole, 0, longer, 16, whole.length);
            return DocumentBytes.owning(longer);
        });
        zip(
                shelf,
                "suffix",
                "bytes behind the end",
                Shelf.undecided(Gap.NOT_ALL_CONTENT_COVERED),
                zip -> zip.behind = "trailing".getBytes(StandardCharsets.US_ASCII));
        zip(
                shelf,
                "gap",
                "bytes between two files",
                Shelf.undecided(Gap.NOT_ALL_CONTENT_COVERED),
                zip -> zip.item(Papers.PAGE).before = new byte[100]);
        zip(shelf, "second-end-in-the-comment", "the comment holds another end of directory", TAMPERED, zip -> {
            zip.comment = new byte[60];
            System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, zip.comment, 10, 4);
            zip.comment[30] = 28;
        });
    }

    private static void exhausting(Shelf shelf) {
        zip(
                shelf,
                "bomb",
                "a file that unpacks to a thousand times its size",
                Shelf.undecided(Gap.TOO_COMPLEX),
                zip -> zip.add(new ZipBuilder.Item("Doc_0/Res/bomb.xml", new byte[20 << 20], true)));
        zip(shelf, "bomb-that-lies", "it declares a few bytes and unpacks to many", TAMPERED, zip -> {
            var bomb = new ZipBuilder.Item("Doc_0/Res/bomb.xml", new byte[20 << 20], true);
            bomb.size = 100;
            bomb.listedSize = 100;
            zip.add(bomb);
        });
        zip(shelf, "claims-of-gigabytes", "files that claim to be huge", Shelf.undecided(Gap.TOO_COMPLEX), zip -> {
            var huge = new ZipBuilder.Item("Doc_0/Res/huge.bin", new byte[9], true);
            huge.size = 0x7fff_0000L;
            huge.listedSize = huge.size;
            zip.add(huge);
        });
        zip(
                shelf,
                "twenty-thousand-files",
                "more files than any document has",
                Shelf.undecided(Gap.TOO_COMPLEX),
                zip -> {
                    for (int i = 0; i < 20_000; i++) {
                        zip.add(new ZipBuilder.Item("Doc_0/Res/" + i, new byte[0], false));
                    }
                });
    }

    private static void zip(Shelf shelf, String name, String made, Expected expected, Consumer<ZipBuilder> change) {
        shelf.add("o2-zip-" + name, "O2", made, expected, () -> {
            var zip = ZipBuilder.of(shelf.stamped());
            change.accept(zip);
            return zip.build();
        });
    }

    private static String label(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("evil.xml", "x")
                .replace("..", "up-")
                .replace("//", "empty-")
                .replace("/", "slash-")
                .replace("\\", "backslash-")
                .replace("\0", "-nul")
                .replaceAll("[^a-z0-9-]+", "-");
    }

    private static ZipBuilder.Item item(String name) {
        return new ZipBuilder.Item(name, OTHER, true);
    }

    /// A file with its header, as it would lie in a package.
    private static byte[] loose(String name) {
        var whole = new ZipBuilder().add(item(name)).build().toByteArray();
        int end = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        return java.util.Arrays.copyOf(whole, end);
    }
}
