package org.yinzheng.signing.pdf;

import com.itextpdf.io.image.ImageDataFactory;
import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfBoolean;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.kernel.pdf.PdfVersion;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.WriterProperties;
import com.itextpdf.kernel.pdf.xobject.PdfImageXObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.SubsetFont;
import org.yinzheng.signing.layout.Typefaces;

/// Draws laid out pages as a PDF 1.7 file, not yet signed. Everything that is shown is in the
/// file; text can be searched and copied. Equal input gives equal bytes.
public final class PdfRenderer {
    /// The named destination that shows where the template keeps a place for the seal.
    public static final String SEAL = "seal";

    private static final double POINTS_PER_MM = 72 / 25.4;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("'D:'yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Typefaces typefaces;
    private final DeflateCache<Background> backgrounds = new DeflateCache<>();
    private final DeflateCache<DocumentBytes> fontFiles = new DeflateCache<>();

    /// What a page begins with before its first text: the same on every licence of a type.
    private record Background(double height, List<Page.Mark> marks) {}

    public PdfRenderer(Typefaces typefaces) {
        this.typefaces = typefaces;
    }

    /// @throws org.yinzheng.signing.InvalidInput `missing-glyph` when a face lacks a character of the page
    public DocumentBytes render(Page page, DocumentInfo info) {
        return render(List.of(page), info);
    }

    /// @param pages of which one at most has a place for the seal
    /// @throws org.yinzheng.signing.InvalidInput `missing-glyph` when a face lacks a character of the pages
    public DocumentBytes render(List<Page> pages, DocumentInfo info) {
        var out = new ByteArrayOutputStream(1 << 17);
        var id = new PdfString(Digest.sha256(info.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32));
        var properties = new WriterProperties()
                .setPdfVersion(PdfVersion.PDF_1_7)
                .setInitialDocumentId(id)
                .setModifiedDocumentId(id);
        try (var document = new Document(new PdfWriter(out, properties))) {
            var fonts = typefaces.subsets(pages);
            var names = new PdfDictionary();
            fonts.forEach((face, font) -> names.put(
                    new PdfName(PageContent.fontName(face)),
                    new EmbeddedFont(font)
                            .write(document, fontFiles.get(font.trueType(), DocumentBytes::toByteArray))));
            for (var page : pages) {
                draw(page, fonts, names, document);
            }
            describe(document, info);
        }
        return DocumentBytes.owning(out.toByteArray());
    }

    private void draw(Page page, Map<Face, SubsetFont> fonts, PdfDictionary names, PdfDocument document) {
        var sheet = document.addNewPage(
                new PageSize((float) (page.width() * POINTS_PER_MM), (float) (page.height() * POINTS_PER_MM)));
        sheet.getPdfObject().put(PdfName.Resources, resources(page, names, document));
        int texts = 0;
        while (texts < page.marks().size() && page.marks().get(texts) instanceof Page.Path) {
            texts++;
        }
        var background = new Background(page.height(), page.marks().subList(0, texts));
        var rest = page.marks().subList(texts, page.marks().size());
        var contents = new PdfArray();
        contents.add(DeflateCache.stream(
                        backgrounds.get(background, key -> PageContent.background(key.height(), key.marks())))
                .makeIndirect(document));
        contents.add(DeflateCache.stream(DeflateCache.deflate(new PageContent(fonts).draw(rest)))
                .makeIndirect(document));
        sheet.put(PdfName.Contents, contents);
        if (page.seal() != null) {
            Anchor.write(document, sheet.getPdfObject(), SEAL, Sheet.of(sheet).inUserSpace(page.seal()));
        }
    }

    /// Without iText's own pass over the XMP packet at closing, which would pad it and cost more than the page.
    private static final class Document extends PdfDocument {
        private static final long serialVersionUID = 1;

        Document(PdfWriter writer) {
            super(writer);
        }

        @Override
        protected void updateXmpMetadata() {}
    }

    private static PdfDictionary resources(Page page, PdfDictionary fonts, PdfDocument document) {
        var resources = new PdfDictionary();
        resources.put(PdfName.Font, fonts);
        var pictures = new PdfDictionary();
        for (var mark : page.marks()) {
            if (mark instanceof Page.Picture picture) {
                var image = new PdfImageXObject(
                        ImageDataFactory.create(picture.image().toByteArray()));
                image.makeIndirect(document);
                pictures.put(new PdfName(PageContent.pictureName(pictures.size())), image.getPdfObject());
            }
        }
        if (pictures.size() > 0) {
            resources.put(PdfName.XObject, pictures);
        }
        return resources;
    }

    private static void describe(PdfDocument document, DocumentInfo info) {
        var catalog = document.getCatalog();
        catalog.setLang(new PdfString("zh-CN"));
        var preferences = new PdfDictionary();
        preferences.put(PdfName.DisplayDocTitle, PdfBoolean.TRUE);
        catalog.put(PdfName.ViewerPreferences, preferences);
        // Not deflated: tools find XMP by looking for its header in the file.
        var metadata = new PdfStream(Xmp.write(info), com.itextpdf.kernel.pdf.CompressionConstants.NO_COMPRESSION);
        metadata.put(PdfName.Type, PdfName.Metadata);
        metadata.put(PdfName.Subtype, PdfName.XML);
        catalog.put(PdfName.Metadata, metadata.makeIndirect(document));

        var entries = document.getDocumentInfo();
        entries.setTitle(info.title());
        entries.setCreator("Yinzheng 印证");
        entries.setMoreInfo("YinzhengLicenceId", info.licenceId());
        entries.setMoreInfo("CreationDate", DATE.format(info.madeAt()));
        entries.setMoreInfo("ModDate", DATE.format(info.madeAt()));
    }
}
