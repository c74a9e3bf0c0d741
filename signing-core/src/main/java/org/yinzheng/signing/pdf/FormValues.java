package org.yinzheng.signing.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.jspecify.annotations.Nullable;

/// Whether a text field or a drop-down list shows another text than its value, as in a document prepared to say one
/// thing to people and another to programs. Says so only where both are certain: one line of plain characters, in a
/// font whose codes are ASCII, and no script that formats. A list shows several options, whichever is chosen: it
/// is not judged.
final class FormValues {
    private static final Set<String> ENCODINGS =
            Set.of("WinAnsiEncoding", "StandardEncoding", "MacRomanEncoding", "PDFDocEncoding");
    private static final Set<String> OTHER_ALPHABETS = Set.of("Symbol", "ZapfDingbats");
    private static final COSName TO_UNICODE = COSName.TO_UNICODE;
    private static final COSName DIFFERENCES = COSName.getPDFName("Differences");
    private static final COSName ACTIONS = COSName.getPDFName("AA");
    private static final COSName RICH = COSName.getPDFName("RV");
    private static final int MULTILINE = 1 << 12;
    private static final int PASSWORD = 1 << 13;
    private static final int FILE = 1 << 20;
    private static final int COMB = 1 << 24;
    private static final int RICH_TEXT = 1 << 25;
    private static final int COMBO = 1 << 17;
    private static final int SEVERAL = 1 << 21;
    private static final COSName OPTIONS = COSName.getPDFName("Opt");
    private static final int FORMATTED = MULTILINE | PASSWORD | FILE | COMB | RICH_TEXT;

    private FormValues() {}

    /// The full name of the first field that shows something else.
    static Optional<String> differing(PdfFile file, Budget budget) {
        var form = file.catalog().map(catalog -> catalog.getCOSDictionary(COSName.ACRO_FORM));
        if (form.isEmpty() || form.get().getBoolean(COSName.getPDFName("NeedAppearances"), false)) {
            return Optional.empty();
        }
        var common = form.get().getCOSDictionary(COSName.DR);
        for (var object : file.objects().values()) {
            budget.step();
            if (object instanceof COSDictionary field
                    && field.containsKey(COSName.AP)
                    && differs(field, common == null ? new COSDictionary() : common, budget)) {
                return Optional.of(FieldKind.name(field));
            }
        }
        return Optional.empty();
    }

    private static boolean differs(COSDictionary field, COSDictionary common, Budget budget) {
        var isPlain = showsOneLine(field)
                && FieldKind.inherited(field, ACTIONS) == null
                && FieldKind.inherited(field, RICH) == null;
        var appearance = field.getCOSDictionary(COSName.AP);
        if (!isPlain
                || appearance == null
                || !(appearance.getDictionaryObject(COSName.N) instanceof BoundedStream drawn)) {
            return false;
        }
        var wanted = texts(field, budget).stream()
                .map(text -> ascii(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        var shown = drawn.unpacked().flatMap(content -> shown(content, drawn, common, budget));
        return !wanted.isEmpty()
                && shown.isPresent()
                && wanted.stream().allMatch(text -> text.filter(one -> !one.isEmpty() && !isPart(one, shown.get()))
                        .isPresent());
    }

    /// Some programs draw only as much as there is room for.
    private static boolean isPart(String one, String other) {
        return one.contains(other) || other.contains(one);
    }

    private static boolean showsOneLine(COSDictionary field) {
        int flags = FieldKind.inherited(field, COSName.FF) instanceof COSNumber number ? number.intValue() : 0;
        var type = FieldKind.inherited(field, COSName.FT);
        return COSName.TX.equals(type)
                ? (flags & FORMATTED) == 0
                : COSName.CH.equals(type) && (flags & (COMBO | SEVERAL)) == COMBO;
    }

    /// What stands for the value: itself, and the text of the options that export it (ISO 32000-2 §12.7.5.4), of which
    /// different programs show the one or the other. /I only repeats the value, which prevails.
    private static List<String> texts(COSDictionary field, Budget budget) {
        var value = FieldKind.value(field);
        if (value instanceof COSArray chosen && chosen.size() == 1) {
            value = chosen.getObject(0);
        }
        if (!(value instanceof COSString exported)) {
            return List.of();
        }
        var texts = new ArrayList<>(List.of(exported.getString()));
        if (FieldKind.inherited(field, OPTIONS) instanceof COSArray options) {
            for (int i = 0; i < options.size(); i++) {
                budget.step();
                if (options.getObject(i) instanceof COSArray pair
                        && pair.size() == 2
                        && pair.getObject(0) instanceof COSString export
                        && pair.getObject(1) instanceof COSString display
                        && export.getString().equals(exported.getString())) {
                    texts.add(display.getString());
                }
            }
        }
        return texts;
    }

    /// The letters and digits that are shown; empty when any character is not certain.
    private static Optional<String> shown(byte[] content, COSDictionary form, COSDictionary common, Budget budget) {
        var text = new StringBuilder();
        var operands = new ArrayList<COSBase>();
        var isKnown = false;
        try {
            var parser = new PDFStreamParser(content);
            for (var token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
                budget.step();
                if (token instanceof COSBase operand) {
                    operands.add(operand);
                    continue;
                }
                var operator = ((Operator) token).getName();
                switch (operator) {
                    case "Tf" -> isKnown = isAscii(font(form, common, (COSName) operands.getFirst()));
                    case "Tj", "'", "\"", "TJ" -> {
                        var part = isKnown ? ascii(strings(operands.getLast())) : Optional.<String>empty();
                        if (part.isEmpty()) {
                            return part;
                        }
                        text.append(part.get());
                    }
                    case "Do", "BI", "Tr" -> {
                        return Optional.empty();
                    }
                    default -> {}
                }
                operands.clear();
            }
        } catch (IOException
                | IllegalArgumentException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | NoSuchElementException
                | NullPointerException e) {
            return Optional.empty(); // the operators make no sense, or PDFBox's parser does not read them
        }
        return Optional.of(text.toString());
    }

    private static byte[] strings(COSBase operand) {
        if (!(operand instanceof COSArray parts)) {
            return Drawing.bytes(operand);
        }
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            all.writeBytes(Drawing.bytes(parts.getObject(i)));
        }
        return all.toByteArray();
    }

    /// Letters and digits only: points and spaces come from formats.
    private static Optional<String> ascii(byte[] bytes) {
        var text = new StringBuilder();
        for (byte one : bytes) {
            if (one < ' ' || one > '~') {
                return Optional.empty();
            }
            if (Character.isLetterOrDigit(one)) {
                text.append((char) Character.toLowerCase(one));
            }
        }
        return Optional.of(text.toString());
    }

    private static @Nullable COSDictionary font(COSDictionary form, COSDictionary common, COSName name) {
        for (var resources : Arrays.asList(form.getCOSDictionary(COSName.RESOURCES), common)) {
            var fonts = resources == null ? null : resources.getCOSDictionary(COSName.FONT);
            if (fonts != null && fonts.containsKey(name)) {
                return fonts.getCOSDictionary(name);
            }
        }
        return null;
    }

    /// Whether the codes of the printable ASCII characters mean those characters.
    private static boolean isAscii(@Nullable COSDictionary font) {
        if (font == null
                || font.containsKey(TO_UNICODE)
                || font.containsKey(COSName.DESCENDANT_FONTS)
                || COSName.TYPE3.equals(font.getDictionaryObject(COSName.SUBTYPE))
                || OTHER_ALPHABETS.contains(String.valueOf(font.getNameAsString(COSName.BASE_FONT)))) {
            return false;
        }
        return switch (font.getDictionaryObject(COSName.ENCODING)) {
            case COSName name -> ENCODINGS.contains(name.getName());
            case COSDictionary encoding -> leavesAscii(encoding.getCOSArray(DIFFERENCES));
            // its own encoding: only of the fonts that every reader has is it known
            case null -> !font.containsKey(COSName.FONT_DESC);
            default -> false;
        };
    }

    private static boolean leavesAscii(@Nullable COSArray differences) {
        int code = 0;
        for (var one : differences == null ? List.<COSBase>of() : differences.toList()) {
            if (one instanceof COSNumber number) {
                code = number.intValue();
            } else if (code++ >= ' ' && code <= '~' + 1) {
                return false;
            }
        }
        return true;
    }
}
