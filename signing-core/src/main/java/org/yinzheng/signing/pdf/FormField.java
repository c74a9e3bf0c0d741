package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;

/// A field of a document's form.
///
/// @param name the full one, with dots
/// @param type inherited when the field itself has none; may be missing
record FormField(
        String name, PdfDictionary dictionary, @Nullable PdfName type) {
    private static final int MOST = 200_000;

    private record Open(
            PdfDictionary dictionary,
            String above,
            @Nullable PdfName type) {}

    /// All fields that a name leads to; of two with one name the first.
    static Map<String, FormField> in(PdfDocument document) {
        var form = document.getCatalog().getPdfObject().getAsDictionary(PdfName.AcroForm);
        var found = new LinkedHashMap<String, FormField>();
        Set<PdfDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<Open>();
        dictionaries(form == null ? null : form.getAsArray(PdfName.Fields))
                .forEach(one -> open.add(new Open(one, "", null)));
        while (!open.isEmpty()) {
            var next = open.removeFirst();
            if (!seen.add(next.dictionary)) {
                continue;
            }
            if (seen.size() > MOST) {
                throw new InvalidInput("pdf-form", "", "a form has at most " + MOST + " fields");
            }
            var own = next.dictionary.getAsString(PdfName.T);
            var type =
                    Optional.ofNullable(next.dictionary.getAsName(PdfName.FT)).orElse(next.type);
            var name = own == null
                    ? next.above
                    : next.above.isEmpty() ? own.toUnicodeString() : next.above + "." + own.toUnicodeString();
            if (own != null) {
                found.putIfAbsent(name, new FormField(name, next.dictionary, type));
            }
            dictionaries(next.dictionary.getAsArray(PdfName.Kids)).forEach(kid -> open.add(new Open(kid, name, type)));
        }
        return found;
    }

    static List<PdfDictionary> dictionaries(@Nullable PdfArray array) {
        if (array == null) {
            return List.of();
        }
        var all = new java.util.ArrayList<PdfDictionary>(array.size());
        for (int i = 0; i < array.size(); i++) {
            var one = array.getAsDictionary(i);
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    boolean isSignature() {
        return PdfName.Sig.equals(type);
    }

    Optional<PdfDictionary> value() {
        return Optional.ofNullable(dictionary.getAsDictionary(PdfName.V));
    }

    /// What is shown of it: itself, or its only kid.
    PdfDictionary widget() {
        return dictionaries(dictionary.getAsArray(PdfName.Kids)).stream()
                .findFirst()
                .orElse(dictionary);
    }
}
