package org.yinzheng.signing.pdf;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/// Whether what a field shows since it was filled in hides what the signed page shows below it. Dark writing hides
/// nothing, whatever it stands on; areas, pictures and light writing do. A field's ground may lie on the ground, the
/// frame and the rules of the page, but on no text, no picture, and no drawing of it that it showed before.
final class FieldPictures {
    /// In points: a rule.
    private static final double THIN = 3.5;
    /// A path of no more segments may be a box, also one with round corners.
    private static final int BOX = 12;
    /// In points, what rounding and lines' widths may make of one size.
    private static final double ABOUT = 1;

    private final Budget budget;
    private final COSDictionary common;
    private final IdentityHashMap<COSDictionary, Optional<List<Drawing.Mark>>> pages = new IdentityHashMap<>();

    /// @param common resources of the form, on which some programs draw
    FieldPictures(COSDictionary common, Budget budget) {
        this.common = common;
        this.budget = budget;
    }

    /// @param before what it hid when it was signed
    /// @param larger than an ordinary field: most of the page
    private record Cover(List<Rectangle2D> pieces, List<Rectangle2D> before, boolean larger) {
        boolean hides(Rectangle2D content) {
            return pieces.stream().anyMatch(piece -> {
                var part = piece.createIntersection(content);
                return !part.isEmpty()
                        && before.stream()
                                .noneMatch(earlier -> grown(earlier, ABOUT).contains(part));
            });
        }

        boolean hides(Drawing.Mark mark) {
            if (larger || (mark.outline().segments() > BOX && !mark.outline().ruled())) {
                return mark.pieces().stream().anyMatch(this::hides);
            }
            return switch (mark.kind()) {
                case TEXT, PICTURE -> hides(mark.core());
                case PATH -> isWithin(mark) && hides(mark.box());
            };
        }

        private boolean isWithin(Drawing.Mark mark) {
            var box = mark.box();
            var whole = Boxes.around(pieces);
            // tiles are one area
            var areas = area(pieces) * 2 >= area(List.of(whole)) ? List.of(whole) : pieces;
            return areas.stream()
                    .filter(area -> grown(area, ABOUT).contains(box))
                    .anyMatch(area -> mark.outline().segments() > BOX
                            || (Math.min(box.getWidth(), box.getHeight()) > THIN
                                    && area(List.of(box)) * 2 < area(List.of(area))));
        }
    }

    /// @param page on which it is, as it is now
    /// @param index of the widget in the page's annotations
    /// @param before the widget as it was signed
    boolean hides(COSDictionary page, int index, COSDictionary before, COSDictionary now) {
        var place = Comments.place(now);
        var pieces = covers(now, place).orElse(List.of(place));
        if (pieces.isEmpty() || place.isEmpty()) {
            return false;
        }
        var larger = area(pieces) > LaterPictures.MOST * LaterPictures.area(page);
        var cover = new Cover(pieces, covers(before, place).orElse(List.of()), larger);
        var signed = pages.computeIfAbsent(page, key -> Drawing.of(key, budget));
        return signed.isEmpty()
                ? cover.hides(place)
                : signed.get().stream().filter(mark -> !mark.ink().white()).anyMatch(mark -> {
                            budget.step();
                            return cover.hides(mark);
                        })
                        || isOverAnother(page, index, cover);
    }

    /// Of the annotations those lie below that come before.
    private boolean isOverAnother(COSDictionary page, int index, Cover cover) {
        var annotations = page.getCOSArray(COSName.ANNOTS);
        for (int i = 0; annotations != null && i < index; i++) {
            budget.step();
            if (annotations.getObject(i) instanceof COSDictionary other
                    && shown(other).isPresent()
                    && cover.hides(grown(Comments.place(other), -2 * ABOUT))) {
                return true;
            }
        }
        return false;
    }

    /// What is hidden by the appearance, on the page (§12.5.5, algorithm 8.1).
    ///
    /// @return empty when that cannot be said
    private Optional<List<Rectangle2D>> covers(COSDictionary widget, Rectangle2D place) {
        var form = shown(widget);
        if (form.isEmpty()) {
            return Optional.of(List.of());
        }
        var matrix = form.get().getCOSArray(COSName.MATRIX);
        var box = Boxes.of(form.get().getCOSArray(COSName.BBOX));
        return Drawing.of(form.get(), common, budget).flatMap(marks -> {
            var toForm = matrix == null ? new AffineTransform() : Drawing.matrix(matrix.toList());
            var drawn = toForm.createTransformedShape(box).getBounds2D();
            if (drawn.isEmpty()) {
                return Optional.empty();
            }
            var toPage = AffineTransform.getTranslateInstance(place.getX(), place.getY());
            toPage.scale(place.getWidth() / drawn.getWidth(), place.getHeight() / drawn.getHeight());
            toPage.translate(-drawn.getX(), -drawn.getY());
            return Optional.of(marks.stream()
                    .filter(mark -> !mark.ink().translucent()
                            && (mark.kind() != Drawing.Kind.TEXT || !mark.ink().dark()))
                    .flatMap(mark -> mark.pieces().stream())
                    .map(piece -> toPage.createTransformedShape(piece).getBounds2D())
                    .map(piece -> piece.createIntersection(place))
                    .filter(piece -> !piece.isEmpty())
                    .toList());
        });
    }

    /// The appearance, of several that of the state.
    private static Optional<COSStream> shown(COSDictionary widget) {
        var appearance = widget.getCOSDictionary(COSName.AP);
        var normal = appearance == null ? null : appearance.getDictionaryObject(COSName.N);
        return switch (normal) {
            case COSStream stream -> Optional.of(stream);
            case COSDictionary states -> Optional.ofNullable(state(states, widget.getCOSName(COSName.AS)));
            case null, default -> Optional.empty();
        };
    }

    private static @Nullable COSStream state(COSDictionary states, @Nullable COSName name) {
        return name == null ? null : states.getCOSStream(name);
    }

    private static Rectangle2D grown(Rectangle2D box, double by) {
        return new Rectangle2D.Double(
                box.getX() - by, box.getY() - by, box.getWidth() + 2 * by, box.getHeight() + 2 * by);
    }

    private static double area(List<Rectangle2D> boxes) {
        return boxes.stream()
                .mapToDouble(box -> box.getWidth() * box.getHeight())
                .sum();
    }
}
