package org.yinzheng.signing.pdf;

import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.jspecify.annotations.Nullable;

/// How wide characters are, in ems, as the dictionary of their font says (ISO 32000-2 §9.2.4, §9.7.4.3). Where it
/// does not say it of a character, it is as wide as the widest.
///
/// @param widest where it is not known which code a character has, as with the encodings of several bytes that are not
/// Identity, every byte counts as much
record FontWidths(int bytesOfACharacter, Map<Integer, Double> known, double widest) {
    private static final double THOUSAND = 1000;
    private static final COSName MISSING_WIDTH = COSName.getPDFName("MissingWidth");
    /// Of the fonts that every reader has, with something to spare.
    private static final double WIDEST_STANDARD = 1.1;

    private static final int MOST = 1 << 16;

    static final FontWidths UNKNOWN = new FontWidths(1, Map.of(), WIDEST_STANDARD);

    static FontWidths of(COSDictionary font) {
        var descendants = font.getCOSArray(COSName.DESCENDANT_FONTS);
        if (descendants != null && descendants.getObject(0) instanceof COSDictionary descendant) {
            var isIdentity =
                    String.valueOf(font.getNameAsString(COSName.ENCODING)).startsWith("Identity-");
            return composite(descendant, isIdentity);
        }
        var widths = font.getCOSArray(COSName.WIDTHS);
        if (widths == null) {
            return UNKNOWN;
        }
        var known = new HashMap<Integer, Double>();
        list(widths, font.getInt(COSName.FIRST_CHAR, 0), known);
        var descriptor = font.getCOSDictionary(COSName.FONT_DESC);
        var missing = descriptor == null ? 0 : descriptor.getFloat(MISSING_WIDTH, 0) / THOUSAND;
        return new FontWidths(1, known, Math.max(widest(known), missing));
    }

    private static FontWidths composite(COSDictionary font, boolean isIdentity) {
        var known = new HashMap<Integer, Double>();
        var usual = font.getFloat(COSName.DW, (float) THOUSAND) / THOUSAND;
        var widths = font.getCOSArray(COSName.W);
        for (int i = 0; widths != null && i + 1 < widths.size(); ) {
            int first = (int) number(widths.getObject(i));
            if (widths.getObject(i + 1) instanceof COSArray list) {
                list(list, first, known);
                i += 2;
            } else {
                double width = i + 2 < widths.size() ? number(widths.getObject(i + 2)) / THOUSAND : 0;
                int last = (int) number(widths.getObject(i + 1));
                for (int code = Math.max(first, 0); code <= Math.min(last, MOST); code++) {
                    known.merge(code, width, Math::max);
                }
                i += 3;
            }
        }
        var widest = Math.max(usual, widest(known));
        return isIdentity ? new FontWidths(2, known, widest) : new FontWidths(1, Map.of(), widest);
    }

    private static void list(COSArray widths, int first, Map<Integer, Double> known) {
        for (int i = 0; i < Math.min(widths.size(), MOST); i++) {
            known.merge(first + i, number(widths.getObject(i)) / THOUSAND, Math::max);
        }
    }

    private static double widest(Map<Integer, Double> known) {
        return known.values().stream().mapToDouble(one -> one).max().orElse(0);
    }

    private static double number(@Nullable COSBase value) {
        return value instanceof COSNumber number ? number.floatValue() : 0;
    }

    int characters(byte[] text) {
        return (text.length + bytesOfACharacter - 1) / bytesOfACharacter;
    }

    /// Of all the characters together.
    double of(byte[] text) {
        double sum = 0;
        for (int i = 0; i < text.length; i += bytesOfACharacter) {
            int code = text[i] & 0xFF;
            if (bytesOfACharacter == 2) {
                code = code << 8 | (i + 1 < text.length ? text[i + 1] & 0xFF : 0);
            }
            sum += known.getOrDefault(code, widest);
        }
        return sum;
    }
}
