package org.yinzheng.signing.ofd;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.ofd.PageContent.EmbeddedFont;

/// Writes laid-out pages as an OFD (GB/T 33190): fonts embedded, metadata in OFD.xml under the
/// short names of GB/T 36903. Equal input gives equal bytes.
public final class OfdRenderer {
    /// Where the licence's identifier 证照标识 stands among the CustomDatas.
    static final String LICENCE_ID = "ZZBS";

    /// The bookmark at the centre of the place for the seal.
    public static final String SEAL_ANCHOR = "seal";

    private static final String DOCUMENT = "Doc_0/Document.xml";
    private static final String PUBLIC_RESOURCES = "Doc_0/PublicRes.xml";
    private static final String DOCUMENT_RESOURCES = "Doc_0/DocumentRes.xml";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.ofHours(8));

    private final Typefaces typefaces;

    public OfdRenderer(Typefaces typefaces) {
        this.typefaces = typefaces;
    }

    /// @throws org.yinzheng.signing.InvalidInput `missing-glyph`, `control-character`
    public DocumentBytes render(Page page, DocumentInfo info) {
        return render(List.of(page), info);
    }

    /// @param pages of which one at most has a place for the seal
    /// @throws org.yinzheng.signing.InvalidInput `missing-glyph`, `control-character`
    public DocumentBytes render(List<Page> pages, DocumentInfo info) {
        int lastId = pages.size(); // pages are numbered first
        var fonts = new EnumMap<Face, EmbeddedFont>(Face.class);
        for (var font : typefaces.subsets(pages).values()) {
            fonts.put(font.face(), new EmbeddedFont(++lastId, font));
        }
        var pictures = new LinkedHashMap<DocumentBytes, Integer>();
        for (var page : pages) {
            for (var mark : page.marks()) {
                if (mark instanceof Page.Picture picture && !pictures.containsKey(picture.image())) {
                    pictures.put(picture.image(), ++lastId);
                }
            }
        }
        var contents = new ArrayList<DocumentBytes>();
        for (var page : pages) {
            var content = PageContent.write(page, fonts, picture -> pictures.getOrDefault(picture.image(), 0), lastId);
            contents.add(content.xml());
            lastId = content.lastId();
        }

        var parts = new ArrayList<Part>();
        parts.add(Part.of(OfdPackage.ENTRY, entry(info)));
        parts.add(Part.of(DOCUMENT, document(pages, lastId, !pictures.isEmpty())));
        parts.add(Part.of(PUBLIC_RESOURCES, fontResources(fonts.values())));
        if (!pictures.isEmpty()) {
            parts.add(Part.of(DOCUMENT_RESOURCES, pictureResources(pictures)));
        }
        for (int i = 0; i < contents.size(); i++) {
            parts.add(Part.of("Doc_0/" + pageFile(i), contents.get(i).toByteArray()));
        }
        fonts.values()
                .forEach(font -> parts.add(Part.of(
                        "Doc_0/Res/" + fontFile(font), font.font().trueType().toByteArray())));
        pictures.forEach((image, id) -> parts.add(Part.of("Doc_0/Res/" + pictureFile(image, id), image.toByteArray())));
        return ZipWriter.write(parts, info.madeAt());
    }

    private static String pageFile(int index) {
        return "Pages/Page_" + index + "/Content.xml";
    }

    private static byte[] entry(DocumentInfo info) {
        var id = UUID.nameUUIDFromBytes((info.licenceId() + info.madeAt()).getBytes(StandardCharsets.UTF_8));
        var date = DATE.format(info.madeAt());
        var xml = XmlText.root("OFD", "Version", "1.1", "DocType", "OFD").open("DocBody");
        xml.open("DocInfo")
                .leaf("DocID", id.toString().replace("-", ""))
                .leaf("Title", info.title())
                .leaf("CreationDate", date)
                .leaf("ModDate", date)
                .leaf("Creator", "Yinzheng");
        var metadata = new TreeMap<>(info.metadata());
        metadata.put(LICENCE_ID, info.licenceId());
        xml.open("CustomDatas");
        metadata.forEach((name, value) -> xml.leaf("CustomData", value, "Name", name));
        xml.close().close();
        return xml.leaf("DocRoot", DOCUMENT).bytes();
    }

    private static double middle(double from, double size) {
        return from + size / 2;
    }

    private static byte[] document(List<Page> pages, int lastId, boolean hasPictures) {
        var first = pages.getFirst();
        var xml = XmlText.root("Document").open("CommonData").leaf("MaxUnitID", Integer.toString(lastId));
        xml.open("PageArea")
                .leaf("PhysicalBox", XmlText.numbers(0, 0, first.width(), first.height()))
                .close();
        xml.leaf("PublicRes", "PublicRes.xml");
        if (hasPictures) {
            xml.leaf("DocumentRes", "DocumentRes.xml");
        }
        xml.close().open("Pages");
        for (int i = 0; i < pages.size(); i++) {
            xml.empty("Page", "ID", Integer.toString(i + 1), "BaseLoc", pageFile(i));
        }
        xml.close();
        for (int i = 0; i < pages.size(); i++) {
            var seal = pages.get(i).seal();
            if (seal != null) {
                bookmark(xml, i + 1, seal);
            }
        }
        return xml.bytes();
    }

    private static void bookmark(XmlText xml, int page, Page.Area seal) {
        xml.open("Bookmarks")
                .open("Bookmark", "Name", SEAL_ANCHOR)
                .empty(
                        "Dest",
                        "Type",
                        "XYZ",
                        "PageID",
                        Integer.toString(page),
                        "Left",
                        XmlText.number(middle(seal.x(), seal.width())),
                        "Top",
                        XmlText.number(middle(seal.y(), seal.height())))
                .close()
                .close();
    }

    private static byte[] fontResources(Collection<EmbeddedFont> fonts) {
        var xml = XmlText.root("Res", "BaseLoc", "Res").open("Fonts");
        for (var font : fonts) {
            var name = font.font().familyName();
            xml.open("Font", "ID", Integer.toString(font.id()), "FontName", name, "FamilyName", name)
                    .leaf("FontFile", fontFile(font))
                    .close();
        }
        return xml.bytes();
    }

    private static byte[] pictureResources(Map<DocumentBytes, Integer> pictures) {
        var xml = XmlText.root("Res", "BaseLoc", "Res").open("MultiMedias");
        pictures.forEach((image, id) -> xml.open(
                        "MultiMedia",
                        "ID",
                        Integer.toString(id),
                        "Type",
                        "Image",
                        "Format",
                        isPng(image) ? "PNG" : "JPG")
                .leaf("MediaFile", pictureFile(image, id))
                .close());
        return xml.bytes();
    }

    private static String fontFile(EmbeddedFont font) {
        return "font_" + font.id() + ".ttf";
    }

    private static String pictureFile(DocumentBytes image, int id) {
        return "image_" + id + (isPng(image) ? ".png" : ".jpg");
    }

    private static boolean isPng(DocumentBytes image) {
        var bytes = image.toByteArray();
        return bytes.length > 1 && bytes[0] == (byte) 0x89 && bytes[1] == 'P';
    }
}
