package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/// Compares a signed revision with the document as it is now, object by object along every path from the
/// trailer. What is not on the list of lawful changes (signatures added with their fields and widgets, DSS,
/// dates of change) is a change of what was signed. A change is lawful only if *every* path to it allows it:
/// an object is visited once for each [Rule] under which it is reached.
final class RevisionComparison {
    /// What may differ at a place.
    private enum Rule {
        /// Nothing.
        SAME,
        TRAILER,
        CATALOG,
        /// A page or a node of the page tree: pages may get annotations.
        PAGES,
        /// Widgets of new signatures may be appended.
        ANNOTATIONS,
        FORM,
        /// New signature fields may be appended.
        FIELDS,
        /// A field that was there: an unsigned signature field may have been signed.
        FIELD,
        /// Default resources of the form: further ones may be there.
        RESOURCES,
        INFORMATION,
        METADATA,
        /// Nothing that is shown hangs below.
        FREE
    }

    private static final Set<String> TRAILER_KEYS = Set.of("Root", "Info");
    private static final Set<String> CHANGING_INFORMATION = Set.of("ModDate", "Producer");
    private static final Set<String> FILLED_WHEN_SIGNED = Set.of("V", "AP", "MK", "DA", "F", "Rect");
    private static final Set<String> KEYS_OF_A_SIGNATURE_FIELD = Set.of(
            "Type",
            "Subtype",
            "FT",
            "T",
            "TU",
            "V",
            "F",
            "Ff",
            "P",
            "Rect",
            "AP",
            "Kids",
            "Lock",
            "SV",
            "DA",
            "MK",
            "BS",
            "Border",
            "Q",
            "M",
            "NM",
            "H",
            "Parent",
            "StructParent");

    private record Pair(@Nullable COSBase before, @Nullable COSBase now, Rule rule, String path) {}

    private record Visit(COSBase before, COSBase now, Rule rule) {}

    private final boolean signaturesAllowed;
    private final ArrayDeque<Pair> open = new ArrayDeque<>();
    private final Set<Visit> visited = new HashSet<>();
    private Optional<String> change = Optional.empty();

    private RevisionComparison(boolean signaturesAllowed) {
        this.signaturesAllowed = signaturesAllowed;
    }

    /// @return the place of the first change that is not lawful, such as `Root.Pages.Kids.0.Contents`
    static Optional<String> firstChange(PdfFile signed, PdfFile now, Budget budget) {
        var comparison = new RevisionComparison(!forbidsAllChanges(signed));
        comparison.push(signed.trailer(), now.trailer(), Rule.TRAILER, "");
        while (!comparison.open.isEmpty() && comparison.change.isEmpty()) {
            budget.step();
            comparison.compare(comparison.open.removeFirst());
        }
        return comparison.change;
    }

    /// A certification with P = 1 (ISO 32000-2 §12.8.2.2): not even another signature.
    private static boolean forbidsAllChanges(PdfFile signed) {
        var certification = signed.catalog()
                .map(catalog -> catalog.getCOSDictionary(COSName.PERMS))
                .map(permissions -> permissions.getCOSDictionary(COSName.DOCMDP))
                .map(signature -> signature.getCOSArray(COSName.getPDFName("Reference")));
        for (int i = 0; i < certification.map(COSArray::size).orElse(0); i++) {
            if (certification.orElseThrow().getObject(i) instanceof COSDictionary reference
                    && reference.getDictionaryObject(COSName.getPDFName("TransformParams"))
                            instanceof COSDictionary parameters
                    && parameters.getInt(COSName.P) == 1) {
                return true;
            }
        }
        return false;
    }

    private void push(@Nullable COSBase before, @Nullable COSBase now, Rule rule, String path) {
        if (rule != Rule.FREE) {
            open.add(new Pair(before, now, rule, path));
        }
    }

    private void compare(Pair pair) {
        if (pair.before instanceof COSObject one
                && pair.now instanceof COSObject other
                && !visited.add(new Visit(one, other, pair.rule))) {
            return;
        }
        var before = value(pair.before);
        var now = value(pair.now);
        if (pair.rule == Rule.FORM && before == null && now instanceof COSDictionary) {
            before = new COSDictionary();
        }
        if ((pair.rule == Rule.ANNOTATIONS || pair.rule == Rule.FIELDS) && before == null && now instanceof COSArray) {
            before = new COSArray();
        }
        if (before instanceof COSDictionary one && now instanceof COSDictionary other) {
            compare(one, other, narrowed(one, pair.rule), pair.path);
        } else if (before instanceof COSArray one && now instanceof COSArray other) {
            compare(one, other, pair.rule, pair.path);
        } else if (!equal(before, now)) {
            differs(pair.path);
        }
    }

    /// References lead back to pages and fields from everywhere (outlines, /Parent, /P, structure): there the
    /// same holds as on the straight way.
    private static Rule narrowed(COSDictionary before, Rule rule) {
        if (rule != Rule.SAME) {
            return rule;
        }
        var type = before.getDictionaryObject(COSName.TYPE);
        if (COSName.PAGE.equals(type) || COSName.PAGES.equals(type)) {
            return Rule.PAGES;
        }
        if (COSName.CATALOG.equals(type)) {
            return Rule.CATALOG;
        }
        return isUnsigned(before) ? Rule.FIELD : Rule.SAME;
    }

    private void compare(COSDictionary before, COSDictionary now, Rule rule, String path) {
        if (before instanceof COSStream || now instanceof COSStream) {
            if (!(before instanceof COSStream one) || !(now instanceof COSStream other)) {
                differs(path);
                return;
            }
            if (rule == Rule.METADATA) {
                if (!Metadata.same(one, other)) {
                    differs(path);
                }
                return;
            }
            if (!sameBytes(one, other)) {
                differs(path);
                return;
            }
        }
        var keys = new LinkedHashSet<COSName>(before.keySet());
        keys.addAll(now.keySet());
        var fillable = rule == Rule.FIELD && isUnsigned(before) && signaturesAllowed && isSigned(now);
        for (var key : keys) {
            var name = key.getName();
            if (fillable && FILLED_WHEN_SIGNED.contains(name)) {
                continue;
            }
            push(before.getItem(key), now.getItem(key), below(rule, name, before.containsKey(key)), path + "." + name);
        }
    }

    private static Rule below(Rule rule, String key, boolean wasThere) {
        return switch (rule) {
            case TRAILER ->
                switch (key) {
                    case "Root" -> Rule.CATALOG;
                    case "Info" -> Rule.INFORMATION;
                    default -> TRAILER_KEYS.contains(key) ? Rule.SAME : Rule.FREE;
                };
            case CATALOG ->
                switch (key) {
                    case "AcroForm" -> Rule.FORM;
                    case "Pages" -> Rule.PAGES;
                    case "Metadata" -> Rule.METADATA;
                    case "DSS", "Extensions", "Version" -> Rule.FREE;
                    default -> Rule.SAME;
                };
            case PAGES ->
                switch (key) {
                    case "Annots" -> Rule.ANNOTATIONS;
                    case "Kids", "Parent" -> Rule.PAGES;
                    default -> Rule.SAME;
                };
            case FORM ->
                switch (key) {
                    case "Fields" -> Rule.FIELDS;
                    case "SigFlags" -> Rule.FREE;
                    case "DR" -> wasThere ? Rule.RESOURCES : Rule.FREE;
                    case "DA" -> wasThere ? Rule.SAME : Rule.FREE;
                    default -> Rule.SAME;
                };
            case FIELD -> key.equals("Kids") || key.equals("Parent") ? Rule.FIELD : Rule.SAME;
            case RESOURCES -> wasThere ? Rule.RESOURCES : Rule.FREE;
            case INFORMATION -> CHANGING_INFORMATION.contains(key) ? Rule.FREE : Rule.SAME;
            case SAME, ANNOTATIONS, FIELDS, METADATA -> Rule.SAME;
            case FREE -> Rule.FREE;
        };
    }

    private void compare(COSArray before, COSArray now, Rule rule, String path) {
        var mayGrow = rule == Rule.ANNOTATIONS || rule == Rule.FIELDS;
        if (now.size() < before.size() || (now.size() > before.size() && !mayGrow)) {
            differs(path);
            return;
        }
        var inner =
                switch (rule) {
                    case ANNOTATIONS, FIELDS, FIELD -> Rule.FIELD;
                    case PAGES -> Rule.PAGES;
                    default -> Rule.SAME;
                };
        for (int i = 0; i < before.size(); i++) {
            push(before.get(i), now.get(i), inner, path + "." + i);
        }
        for (int i = before.size(); i < now.size(); i++) {
            if (!signaturesAllowed || !isNewSignature(now.getObject(i))) {
                differs(path + "." + i);
                return;
            }
        }
    }

    /// A signature field, or a widget of one, that is signed, and can do nothing but be one.
    private static boolean isNewSignature(@Nullable COSBase added) {
        if (!(added instanceof COSDictionary field) || !hasOnlySignatureKeys(field)) {
            return false;
        }
        if (isSigned(field)) {
            return true;
        }
        return !field.containsKey(COSName.T)
                && field.getDictionaryObject(COSName.PARENT) instanceof COSDictionary parent
                && hasOnlySignatureKeys(parent)
                && isSigned(parent);
    }

    private static boolean hasOnlySignatureKeys(COSDictionary field) {
        return field.keySet().stream().allMatch(key -> KEYS_OF_A_SIGNATURE_FIELD.contains(key.getName()));
    }

    private static boolean isSigned(COSDictionary field) {
        return COSName.SIG.equals(field.getDictionaryObject(COSName.FT))
                && field.getDictionaryObject(COSName.V) instanceof COSDictionary value
                && value.containsKey(COSName.BYTERANGE)
                && value.containsKey(COSName.CONTENTS);
    }

    private static boolean isUnsigned(COSDictionary field) {
        return COSName.SIG.equals(field.getDictionaryObject(COSName.FT)) && !field.containsKey(COSName.V);
    }

    private void differs(String path) {
        if (change.isEmpty()) {
            change = Optional.of(path.startsWith(".") ? path.substring(1) : path);
        }
    }

    private static @Nullable COSBase value(@Nullable COSBase given) {
        var value = given instanceof COSObject reference ? reference.getObject() : given;
        return value instanceof COSNull ? null : value;
    }

    private static boolean equal(@Nullable COSBase before, @Nullable COSBase now) {
        if (before == null || now == null) {
            return before == null && now == null;
        }
        // COSInteger remembers whether it was out of range; the number is what counts
        if (before instanceof COSInteger one && now instanceof COSInteger other) {
            return one.longValue() == other.longValue();
        }
        return before.equals(now);
    }

    private static boolean sameBytes(COSStream before, COSStream now) {
        try (InputStream one = before.createRawInputStream();
                InputStream other = now.createRawInputStream()) {
            return Arrays.equals(one.readAllBytes(), other.readAllBytes());
        } catch (IOException e) {
            return false; // a stream whose bytes are not there has changed
        }
    }
}
