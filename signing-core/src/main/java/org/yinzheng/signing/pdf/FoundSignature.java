package org.yinzheng.signing.pdf;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.util.DateConverter;

/// A signature dictionary in one revision.
///
/// @param field the full name of the field that holds it; empty for one that no field leads to
record FoundSignature(Optional<String> field, COSDictionary dictionary) {
    private static final COSName USAGE_RIGHTS = COSName.getPDFName("UR3");
    private static final COSName OLDER_USAGE_RIGHTS = COSName.getPDFName("UR");

    /// The values of all signature fields, whatever they are, and every other dictionary with a /ByteRange.
    static List<FoundSignature> in(PdfFile file, Budget budget) {
        var found = new ArrayList<FoundSignature>();
        Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        file.catalog()
                .map(catalog -> catalog.getCOSDictionary(COSName.ACRO_FORM))
                .map(form -> form.getCOSArray(COSName.FIELDS))
                .ifPresent(fields -> fromFields(fields, found, seen, budget));
        seen.addAll(usageRights(file));
        for (var object : file.objects().values()) {
            if (object instanceof COSDictionary dictionary) {
                addStray(dictionary, found, seen);
                if (dictionary.getDictionaryObject(COSName.V) instanceof COSDictionary value) {
                    addStray(value, found, seen);
                }
            }
        }
        return found;
    }

    /// Programs that let a reader save forms sign with dictionaries of their own kind (ISO 32000-1 §12.8.2.3), that
    /// say nothing about the content.
    private static List<COSDictionary> usageRights(PdfFile file) {
        var permissions = file.catalog().map(catalog -> catalog.getCOSDictionary(COSName.PERMS));
        return Stream.of(USAGE_RIGHTS, OLDER_USAGE_RIGHTS)
                .flatMap(key -> permissions.map(one -> one.getCOSDictionary(key)).stream())
                .toList();
    }

    /// The ranges of what is no signature of anybody.
    static List<ByteRange> usageRightsRanges(PdfFile file) {
        return usageRights(file).stream()
                .flatMap(rights -> new FoundSignature(Optional.empty(), rights).range().stream())
                .toList();
    }

    private static void addStray(COSDictionary dictionary, List<FoundSignature> found, Set<COSBase> seen) {
        if (dictionary.containsKey(COSName.BYTERANGE) && seen.add(dictionary)) {
            found.add(new FoundSignature(Optional.empty(), dictionary));
        }
    }

    private record Node(COSDictionary field, String prefix, boolean signature) {}

    private static void fromFields(COSArray fields, List<FoundSignature> found, Set<COSBase> seen, Budget budget) {
        Set<COSBase> visited = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<Node>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.getObject(i) instanceof COSDictionary field) {
                open.add(new Node(field, "", false));
            }
        }
        while (!open.isEmpty()) {
            budget.step();
            var node = open.removeFirst();
            if (!visited.add(node.field)) {
                continue;
            }
            var type = node.field.getDictionaryObject(COSName.FT);
            var isSignature = type == null ? node.signature : COSName.SIG.equals(type);
            var part = node.field.getString(COSName.T);
            var name = part == null ? node.prefix : node.prefix.isEmpty() ? part : node.prefix + "." + part;
            var given = node.field.getItem(COSName.V);
            if (isSignature && given != null && !COSNull.NULL.equals(given)) {
                // a value that is no dictionary, or cannot be read, is a broken signature and not a missing one
                var value = node.field.getDictionaryObject(COSName.V) instanceof COSDictionary dictionary
                        ? dictionary
                        : new COSDictionary();
                if (seen.add(value)) {
                    found.add(new FoundSignature(Optional.of(name), value));
                }
            }
            if (node.field.getDictionaryObject(COSName.KIDS) instanceof COSArray kids) {
                for (int i = 0; i < kids.size(); i++) {
                    if (kids.getObject(i) instanceof COSDictionary kid) {
                        open.add(new Node(kid, name, isSignature));
                    }
                }
            }
        }
    }

    Optional<ByteRange> range() {
        return Optional.ofNullable(dictionary.getDictionaryObject(COSName.BYTERANGE))
                .flatMap(ByteRange::of);
    }

    Optional<byte[]> contents() {
        return dictionary.getDictionaryObject(COSName.CONTENTS) instanceof COSString contents
                ? Optional.of(contents.getBytes())
                : Optional.empty();
    }

    /// Whether /Contents holds anything at all: a place that was kept free for a value is full of zeros.
    boolean hasValue() {
        var bytes = contents().orElse(new byte[0]);
        for (var one : bytes) {
            if (one != 0) {
                return true;
            }
        }
        return false;
    }

    String subFilter() {
        var name = dictionary.getNameAsString(COSName.SUB_FILTER);
        return name == null ? "" : name;
    }

    Optional<Instant> claimedTime() {
        var text = dictionary.getString(COSName.M);
        var time = text == null ? null : DateConverter.toCalendar(text);
        return Optional.ofNullable(time).map(calendar -> calendar.toInstant());
    }
}
