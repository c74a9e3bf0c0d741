package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfObject;
import com.itextpdf.kernel.pdf.PdfString;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.SubsetFont;

/// Writes a subset font into a PDF as it is (ISO 32000-1 §9.7: a Type 0 font over a TrueType CIDFont, glyph
/// numbers as codes), with widths and the way back to Unicode for searching and copying.
final class EmbeddedFont {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int ENTRIES_PER_BLOCK = 100; // CMap blocks are limited to this

    private final SubsetFont font;
    private final PdfName name;

    EmbeddedFont(SubsetFont font) {
        this.font = font;
        // The tag of six letters says that it is a subset (§9.6.4).
        this.name = new PdfName("YNZHNG+" + font.familyName().replace(" ", ""));
    }

    /// @param deflated the font's bytes, compressed
    PdfObject write(PdfDocument document, byte[] deflated) {
        var file = DeflateCache.stream(deflated);
        file.put(PdfName.Length1, new PdfNumber(font.trueType().size()));

        var descendant = new PdfDictionary();
        descendant.put(PdfName.Type, PdfName.Font);
        descendant.put(PdfName.Subtype, PdfName.CIDFontType2);
        descendant.put(PdfName.BaseFont, name);
        var system = new PdfDictionary();
        system.put(PdfName.Registry, new PdfString("Adobe"));
        system.put(PdfName.Ordering, new PdfString("Identity"));
        system.put(PdfName.Supplement, new PdfNumber(0));
        descendant.put(PdfName.CIDSystemInfo, system);
        descendant.put(PdfName.CIDToGIDMap, PdfName.Identity);
        descendant.put(PdfName.DW, new PdfNumber(1000));
        descendant.put(PdfName.W, widths());
        descendant.put(
                PdfName.FontDescriptor, descriptor(file.makeIndirect(document)).makeIndirect(document));

        var composite = new PdfDictionary();
        composite.put(PdfName.Type, PdfName.Font);
        composite.put(PdfName.Subtype, PdfName.Type0);
        composite.put(PdfName.BaseFont, name);
        composite.put(PdfName.Encoding, PdfName.IdentityH);
        composite.put(PdfName.DescendantFonts, new PdfArray(descendant.makeIndirect(document)));
        composite.put(
                PdfName.ToUnicode,
                DeflateCache.stream(DeflateCache.deflate(toUnicode())).makeIndirect(document));
        return composite.makeIndirect(document);
    }

    private PdfDictionary descriptor(PdfObject file) {
        var descriptor = new PdfDictionary();
        descriptor.put(PdfName.Type, PdfName.FontDescriptor);
        descriptor.put(PdfName.FontName, name);
        descriptor.put(PdfName.Flags, new PdfNumber(font.face() == Face.SANS ? 4 : 4 | 2)); // symbolic, serif
        descriptor.put(PdfName.FontBBox, new PdfArray(new int[] {-250, -350, 1250, 1150}));
        descriptor.put(PdfName.ItalicAngle, new PdfNumber(0));
        descriptor.put(PdfName.Ascent, new PdfNumber(880));
        descriptor.put(PdfName.Descent, new PdfNumber(-120));
        descriptor.put(PdfName.CapHeight, new PdfNumber(733));
        descriptor.put(PdfName.StemV, new PdfNumber(font.face() == Face.SERIF_BOLD ? 140 : 80));
        descriptor.put(PdfName.FontFile2, file);
        return descriptor;
    }

    /// Only the advances that differ from an ideograph's.
    private PdfArray widths() {
        var widths = new PdfArray();
        font.glyphs().forEach((codePoint, glyph) -> {
            int advance = font.advances().getOrDefault(codePoint, 1000);
            if (advance != 1000) {
                widths.add(new PdfNumber(glyph));
                widths.add(new PdfNumber(glyph));
                widths.add(new PdfNumber(advance));
            }
        });
        return widths;
    }

    private byte[] toUnicode() {
        var map = new StringBuilder("""
                /CIDInit /ProcSet findresource begin
                12 dict begin
                begincmap
                /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
                /CMapName /Adobe-Identity-UCS def
                /CMapType 2 def
                1 begincodespacerange
                <0000> <FFFF>
                endcodespacerange
                """);
        var entries = font.glyphs().entrySet().stream().toList();
        for (int from = 0; from < entries.size(); from += ENTRIES_PER_BLOCK) {
            var block = entries.subList(from, Math.min(entries.size(), from + ENTRIES_PER_BLOCK));
            map.append(block.size()).append(" beginbfchar\n");
            for (var entry : block) {
                var text = Character.toString(entry.getKey()).getBytes(StandardCharsets.UTF_16BE);
                map.append('<')
                        .append(HEX.toHexDigits(entry.getValue().shortValue()))
                        .append("> <");
                map.append(HEX.formatHex(text)).append(">\n");
            }
            map.append("endbfchar\n");
        }
        return map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }
}
