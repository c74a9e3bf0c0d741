package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNameTree;
import com.itextpdf.kernel.pdf.PdfObject;
import com.itextpdf.kernel.pdf.PdfString;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.layout.Page;

/// A named destination that says where a seal goes: a rectangle (/FitR), as our own templates leave, or a point (/XYZ).
///
/// @param page from 1
/// @param box in user space; without extent for a point
record Anchor(int page, Rectangle box) {
    /// A rectangle of a page of ours, under a name that [#find] finds.
    static void write(PdfDocument document, PdfDictionary page, String name, Rectangle box) {
        var destination = new PdfArray();
        destination.add(page);
        destination.add(PdfName.FitR);
        destination.addAll(new PdfArray(box));
        var pairs = new PdfArray();
        pairs.add(new PdfString(name));
        pairs.add(destination);
        var leaf = new PdfDictionary();
        leaf.put(PdfName.Names, pairs);
        var names = new PdfDictionary();
        names.put(PdfName.Dests, leaf);
        document.getCatalog().put(PdfName.Names, names);
    }

    static Optional<Anchor> find(PdfDocument document, String name) {
        // a tree of its own: one that the catalog gives out is written again at closing
        return new PdfNameTree(document.getCatalog(), PdfName.Dests)
                .getNames().entrySet().stream()
                        .filter(entry -> entry.getKey().toUnicodeString().equals(name))
                        .findFirst()
                        .flatMap(entry -> Optional.ofNullable(array(entry.getValue())))
                        .flatMap(array -> of(document, array));
    }

    private static @Nullable PdfArray array(@Nullable PdfObject given) {
        return given instanceof PdfDictionary dictionary
                ? dictionary.getAsArray(PdfName.D)
                : given instanceof PdfArray array ? array : null;
    }

    private static Optional<Anchor> of(PdfDocument document, PdfArray array) {
        var page = array.getAsDictionary(0);
        var kind = array.getAsName(1);
        int number = page == null ? 0 : document.getPageNumber(page);
        if (number > 0 && PdfName.XYZ.equals(kind) && array.getAsNumber(2) != null && array.getAsNumber(3) != null) {
            float x = array.getAsNumber(2).floatValue();
            float y = array.getAsNumber(3).floatValue();
            return Optional.of(new Anchor(number, new Rectangle(x, y, 0, 0)));
        }
        if (number > 0 && PdfName.FitR.equals(kind) && array.size() == 6) {
            var box = new float[4];
            for (int i = 0; i < 4; i++) {
                var side = array.getAsNumber(i + 2);
                if (side == null) {
                    return Optional.empty();
                }
                box[i] = side.floatValue();
            }
            return Optional.of(new Anchor(number, new Rectangle(box[0], box[1], box[2] - box[0], box[3] - box[1])));
        }
        return Optional.empty();
    }

    Page.Area on(Sheet sheet) {
        return sheet.shown(box);
    }
}
