package org.yinzheng.signing.pdf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/// What the signatures of a revision permit to happen to the document afterwards (ISO 32000-2 §12.8.2). Read from
/// the signed revision only; of several, the strictest holds. Whatever cannot be read permits nothing.
///
/// @param certified whether a signature says what is permitted
/// @param level of the certification (DocMDP): 1 nothing, 2 filling in and signing, 3 commenting too
/// @param locks which fields may not change any more (FieldMDP, Lock)
record Permissions(boolean certified, int level, List<Lock> locks) {
    /// Without a certification people fill in and sign; comments would be shown above what was signed.
    private static final int UNCERTIFIED = 2;

    private static final COSName REFERENCE = COSName.getPDFName("Reference");
    private static final COSName TRANSFORM_METHOD = COSName.getPDFName("TransformMethod");
    private static final COSName TRANSFORM_PARAMS = COSName.getPDFName("TransformParams");
    private static final COSName LOCK = COSName.getPDFName("Lock");
    private static final COSName ACTION = COSName.getPDFName("Action");

    /// @param names empty for all fields
    record Lock(boolean except, Set<String> names) {
        boolean holds(String field) {
            var named = names.stream().anyMatch(name -> field.equals(name) || field.startsWith(name + "."));
            return names.isEmpty() || named != except;
        }
    }

    static Permissions of(PdfFile signed, Budget budget) {
        int level = 4;
        var locks = new ArrayList<Lock>();
        var signatures = new ArrayList<COSDictionary>();
        signed.catalog()
                .map(catalog -> catalog.getCOSDictionary(COSName.PERMS))
                .map(permissions -> permissions.getCOSDictionary(COSName.DOCMDP))
                .ifPresent(signatures::add);
        signed.signatures().forEach(found -> signatures.add(found.dictionary()));
        for (var signature : signatures) {
            var references = signature.getCOSArray(REFERENCE);
            for (int i = 0; references != null && i < references.size(); i++) {
                budget.step();
                if (references.getObject(i) instanceof COSDictionary reference) {
                    var parameters = reference.getCOSDictionary(TRANSFORM_PARAMS);
                    var method = String.valueOf(reference.getNameAsString(TRANSFORM_METHOD));
                    if (method.equals("DocMDP")) {
                        level = Math.min(level, level(parameters));
                    } else if (method.equals("FieldMDP")) {
                        locks.add(lock(parameters));
                    }
                }
            }
        }
        for (var object : signed.objects().values()) {
            if (object instanceof COSDictionary field && FieldKind.isSigned(field) && field.containsKey(LOCK)) {
                var lock = field.getCOSDictionary(LOCK);
                locks.add(lock(lock));
                if (lock != null && lock.containsKey(COSName.P)) {
                    level = Math.min(level, level(lock));
                }
            }
        }
        return new Permissions(level != 4, level == 4 ? UNCERTIFIED : level, List.copyOf(locks));
    }

    /// §12.8.2.2, table 257: 2 when it is not said. Anything but 1 to 3 is taken as 1.
    private static int level(@Nullable COSDictionary parameters) {
        int level = parameters == null ? 2 : parameters.getInt(COSName.P, 2);
        return level >= 1 && level <= 3 ? level : 1;
    }

    private static Lock lock(@Nullable COSDictionary parameters) {
        var action = parameters == null ? "All" : String.valueOf(parameters.getNameAsString(ACTION));
        var names = parameters == null ? Set.<String>of() : names(parameters.getDictionaryObject(COSName.FIELDS));
        return switch (action) {
            case "Include" -> names.isEmpty() ? new Lock(false, Set.of("\0")) : new Lock(false, names);
            case "Exclude" -> new Lock(true, names);
            default -> new Lock(false, Set.of());
        };
    }

    private static Set<String> names(@Nullable COSBase fields) {
        var names = new HashSet<String>();
        for (int i = 0; fields instanceof COSArray array && i < array.size(); i++) {
            if (array.getObject(i) instanceof COSString name) {
                names.add(name.getString());
            }
        }
        return names;
    }

    boolean signing(String field) {
        return level >= 2 && !isLocked(field);
    }

    /// @param blank whether it was left open; without a certification, what had been filled in was signed as it was
    boolean filling(String field, boolean blank) {
        return level >= 2 && (blank || certified) && !isLocked(field);
    }

    boolean commenting() {
        return level == 3;
    }

    private boolean isLocked(String field) {
        return locks.stream().anyMatch(lock -> lock.holds(field));
    }
}
