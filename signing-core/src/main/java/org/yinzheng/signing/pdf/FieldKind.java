package org.yinzheng.signing.pdf;

import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/// What a dictionary is in the form of a document (ISO 32000-2 §12.7): which field, of what kind, by what name.
final class FieldKind {
    private static final int DEEPEST = 32;
    private static final int READ_ONLY = 1;
    private static final Set<String> WRITABLE = Set.of("Tx", "Ch", "Btn");
    private static final Set<String> OF_A_SIGNATURE = Set.of(
            "Type",
            "Subtype",
            "FT",
            "T",
            "TU",
            "V",
            "DV", // LibreOffice repeats the value
            "F",
            "Ff",
            "P",
            "Rect",
            "AP",
            "Kids",
            "Lock",
            "SV",
            "DA",
            "DR",
            "MK",
            "BS",
            "Border",
            "Q",
            "M",
            "NM",
            "H",
            "Parent",
            "StructParent");

    private FieldKind() {}

    /// A field, or a widget of one, that people fill in: text, choice, button. Not one that the form keeps them from.
    static boolean isWritable(COSDictionary field) {
        return inherited(field, COSName.FT) instanceof COSName type
                && WRITABLE.contains(type.getName())
                && !(inherited(field, COSName.FF) instanceof COSNumber flags && (flags.intValue() & READ_ONLY) != 0);
    }

    /// The value, of the field or of one above it.
    static @Nullable COSBase value(COSDictionary field) {
        return inherited(field, COSName.V);
    }

    /// Left open when the document was signed.
    static boolean isBlank(COSDictionary field) {
        var value = value(field);
        return value == null
                || COSName.Off.equals(value)
                || (value instanceof COSString text && text.getString().isEmpty())
                || (value instanceof COSArray choices && choices.size() == 0);
    }

    static boolean isButton(COSDictionary field) {
        return COSName.BTN.equals(inherited(field, COSName.FT));
    }

    /// The fully qualified name (§12.7.4.2), by which locks are told.
    static String name(COSDictionary field) {
        var name = new StringBuilder();
        COSDictionary at = field;
        for (int i = 0; i < DEEPEST && at != null; i++) {
            var part = at.getString(COSName.T);
            if (part != null) {
                name.insert(0, name.isEmpty() ? part : part + ".");
            }
            at = at.getCOSDictionary(COSName.PARENT);
        }
        return name.toString();
    }

    /// Of the field, or of the nearest one above it.
    static @Nullable COSBase inherited(COSDictionary field, COSName key) {
        COSDictionary at = field;
        for (int i = 0; i < DEEPEST && at != null; i++) {
            var value = at.getDictionaryObject(key);
            if (value != null) {
                return value;
            }
            at = at.getCOSDictionary(COSName.PARENT);
        }
        return null;
    }

    static boolean isUnsigned(COSDictionary field) {
        return COSName.SIG.equals(field.getDictionaryObject(COSName.FT)) && !field.containsKey(COSName.V);
    }

    static boolean isSigned(COSDictionary field) {
        return signature(field).isPresent();
    }

    private static Optional<COSDictionary> signature(COSDictionary field) {
        return COSName.SIG.equals(field.getDictionaryObject(COSName.FT))
                        && field.getDictionaryObject(COSName.V) instanceof COSDictionary value
                        && value.containsKey(COSName.BYTERANGE)
                        && value.containsKey(COSName.CONTENTS)
                ? Optional.of(value)
                : Optional.empty();
    }

    /// The field of an added signature, also when the dictionary is a widget of it; it can do nothing but be one.
    ///
    /// @param signedSize where the signed revision ends, in bytes: a signature whose value lies before it was there
    /// already, and a widget that is added to it shows what it never covered
    static Optional<COSDictionary> newSignature(@Nullable COSBase added, int signedSize) {
        if (!(added instanceof COSDictionary field) || !hasOnlySignatureKeys(field)) {
            return Optional.empty();
        }
        if (isSignedAfter(field, signedSize)) {
            return Optional.of(field);
        }
        return !field.containsKey(COSName.T)
                        && !field.containsKey(COSName.V)
                        && field.getDictionaryObject(COSName.PARENT) instanceof COSDictionary parent
                        && hasOnlySignatureKeys(parent)
                        && isSignedAfter(parent, signedSize)
                        && hasKid(parent, field)
                ? Optional.of(parent)
                : Optional.empty();
    }

    private static boolean isSignedAfter(COSDictionary field, int end) {
        return signature(field)
                .map(value -> value.getDictionaryObject(COSName.BYTERANGE))
                .filter(COSArray.class::isInstance)
                .map(COSArray.class::cast)
                .filter(range -> range.size() == 4
                        && range.getObject(1) instanceof COSNumber beforeTheValue
                        && beforeTheValue.longValue() >= end)
                .isPresent();
    }

    private static boolean hasKid(COSDictionary parent, COSDictionary field) {
        if (!(parent.getDictionaryObject(COSName.KIDS) instanceof COSArray kids)) {
            return false;
        }
        for (int i = 0; i < kids.size(); i++) {
            if (field.equals(kids.getObject(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOnlySignatureKeys(COSDictionary field) {
        return field.keySet().stream().allMatch(key -> OF_A_SIGNATURE.contains(key.getName()));
    }

    /// A document timestamp (ISO 32000-2 §12.8.5) that shows nothing on any page.
    static boolean isInvisibleTimestamp(COSDictionary field) {
        return signature(field)
                        .filter(value -> "ETSI.RFC3161".equals(value.getNameAsString(COSName.SUB_FILTER)))
                        .isPresent()
                && !field.containsKey(COSName.KIDS)
                && isEmpty(field.getDictionaryObject(COSName.RECT));
    }

    private static boolean isEmpty(@Nullable COSBase rectangle) {
        if (!(rectangle instanceof COSArray array)) {
            return rectangle == null;
        }
        for (int i = 0; i < array.size(); i++) {
            if (!(array.getObject(i) instanceof COSNumber number) || number.floatValue() != 0) {
                return false;
            }
        }
        return true;
    }

    /// The appearance of a filled field: text of some font, and neither pictures nor other content that is drawn into
    /// it. It is cut off at the field's own rectangle, which cannot change.
    static boolean isPlainAppearance(COSDictionary field) {
        var appearance = field.getDictionaryObject(COSName.AP);
        if (appearance == null) {
            return true;
        }
        return appearance instanceof COSDictionary states
                && states.keySet().stream().allMatch(COSName.N::equals)
                && states.getDictionaryObject(COSName.N) instanceof COSStream normal
                && (normal.getDictionaryObject(COSName.RESOURCES) == null
                        || (normal.getDictionaryObject(COSName.RESOURCES) instanceof COSDictionary resources
                                && resources.keySet().stream()
                                        .allMatch(key -> COSName.FONT.equals(key) || COSName.PROC_SET.equals(key))));
    }

    /// Whether a button's widget is in one of the states that were drawn when the document was signed.
    static boolean isKnownState(COSDictionary before, @Nullable COSBase state) {
        return state == null
                || COSName.Off.equals(state)
                || (state instanceof COSName name
                        && before.getDictionaryObject(COSName.AP) instanceof COSDictionary appearance
                        && appearance.getDictionaryObject(COSName.N) instanceof COSDictionary states
                        && states.containsKey(name));
    }
}
