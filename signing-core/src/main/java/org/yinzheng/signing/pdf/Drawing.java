package org.yinzheng.signing.pdf;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.jspecify.annotations.Nullable;

/// What a page or an appearance draws, as boxes: no font is opened and no picture is unpacked. A box is never smaller
/// than what is drawn, and clipping is not followed.
final class Drawing {
    enum Kind {
        TEXT,
        PATH,
        PICTURE
    }

    /// @param pieces of it, when it consists of lines
    /// @param ink how it is painted
    /// @param core of writing the band of its small letters, without which it is not read; else the box
    /// @param outline of a path
    record Mark(Kind kind, Rectangle2D box, List<Rectangle2D> pieces, Ink ink, Rectangle2D core, Outline outline) {}

    /// @param segments how many it has
    /// @param ruled all of them run along the axes, as those of boxes and tables do
    record Outline(int segments, boolean ruled) {
        private static final double STRAIGHT = 0.05;

        static Outline of(List<Rectangle2D> pieces) {
            return new Outline(
                    pieces.size(),
                    pieces.stream().allMatch(piece -> Math.min(piece.getWidth(), piece.getHeight()) <= STRAIGHT));
        }
    }

    private static final int DEEPEST = 8;
    private static final int MOST = 100_000;
    private static final int MOST_OPERANDS = 10_000;
    private static final COSName FORM = COSName.FORM;
    private static final Outline NO_PATH = new Outline(0, true);

    private final Budget budget;
    private final List<Mark> marks = new ArrayList<>();

    /// The content is of a kind that cannot be told by its boxes.
    private static final class Unclear extends Exception {
        private static final long serialVersionUID = 1;

        Unclear(String why) {
            super(why, null, false, false);
        }
    }

    private Drawing(Budget budget) {
        this.budget = budget;
    }

    /// The marks on a page, its annotations apart, or of a form, in the form's own space.
    ///
    /// @return empty when that cannot be said
    static Optional<List<Mark>> of(COSDictionary content, Budget budget) {
        return of(content, new COSDictionary(), budget);
    }

    /// @param outer resources that a form uses which has none
    static Optional<List<Mark>> of(COSDictionary content, COSDictionary outer, Budget budget) {
        var drawing = new Drawing(budget);
        try {
            if (content instanceof COSStream form) {
                drawing.form(form, outer, new GraphicsState(), 0);
            } else {
                drawing.run(joined(content), resources(content), new GraphicsState(), 0);
            }
            return Optional.of(drawing.marks);
        } catch (IOException
                | Unclear
                | IllegalArgumentException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | NoSuchElementException
                | NullPointerException e) {
            return Optional.empty(); // the operators make no sense, or PDFBox's parser does not read them
        }
    }

    private static byte[] joined(COSDictionary page) throws Unclear {
        var contents = page.getDictionaryObject(COSName.CONTENTS);
        var all = new ByteArrayOutputStream();
        if (contents instanceof COSArray parts) {
            for (int i = 0; i < parts.size(); i++) {
                all.writeBytes(unpacked(parts.getObject(i)));
                all.write('\n');
                if (all.size() > Budget.LARGEST_STREAM) {
                    throw new Unclear("too long");
                }
            }
        } else if (contents != null) {
            all.writeBytes(unpacked(contents));
        }
        return all.toByteArray();
    }

    private static byte[] unpacked(@Nullable COSBase stream) throws Unclear {
        if (stream instanceof BoundedStream bounded) {
            return bounded.unpacked().orElseThrow(() -> new Unclear("a stream that cannot be unpacked"));
        }
        throw new Unclear("no stream");
    }

    /// Inherited when the page has none (ISO 32000-2 §7.7.3.4).
    private static COSDictionary resources(COSDictionary page) {
        var node = page;
        for (int depth = 0; node != null && depth < DEEPEST * DEEPEST; depth++) {
            var found = node.getCOSDictionary(COSName.RESOURCES);
            if (found != null) {
                return found;
            }
            node = node.getCOSDictionary(COSName.PARENT);
        }
        return new COSDictionary();
    }

    private void form(COSStream form, COSDictionary outer, GraphicsState state, int depth) throws IOException, Unclear {
        if (depth > DEEPEST) {
            throw new Unclear("forms in forms");
        }
        var inner = state.copy();
        var matrix = form.getCOSArray(COSName.MATRIX);
        if (matrix != null) {
            inner.transform(matrix(matrix.toList()));
        }
        var group = form.getCOSDictionary(COSName.GROUP);
        inner.isolated |= group != null && group.getBoolean(COSName.I, false);
        var own = form.getCOSDictionary(COSName.RESOURCES);
        run(unpacked(form), own == null ? outer : own, inner, depth);
    }

    static AffineTransform matrix(List<? extends COSBase> six) {
        return new AffineTransform(
                number(six, 0), number(six, 1), number(six, 2), number(six, 3), number(six, 4), number(six, 5));
    }

    private static double number(List<? extends COSBase> operands, int index) {
        return ((COSNumber) operands.get(index)).floatValue();
    }

    private void run(byte[] content, COSDictionary resources, GraphicsState first, int depth)
            throws IOException, Unclear {
        var parser = new PDFStreamParser(content);
        var saved = new ArrayDeque<GraphicsState>();
        var operands = new ArrayList<COSBase>();
        var state = first;
        for (var token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
            budget.step();
            if (token instanceof COSBase operand) {
                operands.add(operand);
                if (operands.size() > MOST_OPERANDS) {
                    throw new Unclear("too many operands");
                }
                continue;
            }
            var operator = ((Operator) token).getName();
            switch (operator) {
                case "q" -> {
                    if (saved.size() > MOST_OPERANDS) {
                        throw new Unclear("too deep");
                    }
                    saved.push(state.copy());
                }
                case "Q" -> state = saved.isEmpty() ? state : saved.pop();
                case "cm" -> state.transform(matrix(operands));
                case "gs" -> state.extend(resource(resources, COSName.EXT_G_STATE, operands));
                case "Do" -> {
                    if (resource(resources, COSName.XOBJECT, operands) instanceof COSStream drawn) {
                        if (FORM.equals(drawn.getDictionaryObject(COSName.SUBTYPE))) {
                            form(drawn, resources, state, depth + 1);
                        } else {
                            picture(state);
                        }
                    }
                }
                case "BI" -> picture(state);
                case "sh" -> throw new Unclear("a shading fills what clipping leaves");
                default -> {
                    if (!paint(operator, operands, state) && !state.text.show(operator, operands, resources)) {
                        state.set(operator, operands);
                    }
                    var shown = state.text.take(state);
                    if (shown.isPresent()) {
                        var run = shown.get();
                        var ink = state.text.ink(state);
                        add(new Mark(Kind.TEXT, run.box(), List.of(run.box()), ink, run.core(), NO_PATH));
                    }
                    if (state.text.isUnclear()) {
                        throw new Unclear("a font that draws by itself");
                    }
                }
            }
            operands.clear();
        }
    }

    private static @Nullable COSDictionary resource(
            COSDictionary resources, COSName category, List<? extends COSBase> operands) {
        var named = resources.getCOSDictionary(category);
        return named == null ? null : named.getCOSDictionary((COSName) operands.getFirst());
    }

    private boolean paint(String operator, List<COSBase> operands, GraphicsState state) throws Unclear {
        switch (operator) {
            case "m" -> state.path.move(state.point(number(operands, 0), number(operands, 1)));
            case "l", "c", "v", "y" -> {
                var points = new ArrayList<Point2D>();
                for (int i = 0; i + 1 < operands.size(); i += 2) {
                    points.add(state.point(number(operands, i), number(operands, i + 1)));
                }
                state.path.reach(points);
            }
            case "re" -> {
                double x = number(operands, 0);
                double y = number(operands, 1);
                double across = x + number(operands, 2);
                double up = y + number(operands, 3);
                state.path.move(state.point(x, y));
                state.path.reach(List.of(state.point(across, y)));
                state.path.reach(List.of(state.point(across, up)));
                state.path.reach(List.of(state.point(x, up)));
                state.path.close();
            }
            case "h" -> state.path.close();
            case "S" -> path(state, true, false);
            case "s" -> {
                state.path.close();
                path(state, true, false);
            }
            case "f", "F", "f*" -> path(state, false, true);
            case "B", "B*", "b", "b*" -> path(state, true, true);
            case "n" -> state.path.end();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void path(GraphicsState state, boolean stroked, boolean filled) throws Unclear {
        var pieces = state.path.end();
        var outline = Outline.of(pieces);
        if (stroked) {
            pieces.replaceAll(state::widened);
        }
        if (!pieces.isEmpty()) {
            var whole = Boxes.around(pieces);
            var ink = state.ink(stroked, filled);
            add(new Mark(Kind.PATH, whole, filled ? List.of(whole) : pieces, ink, whole, outline));
        }
    }

    private void picture(GraphicsState state) throws Unclear {
        var box = state.box(new Rectangle2D.Double(0, 0, 1, 1));
        add(new Mark(Kind.PICTURE, box, List.of(box), state.ink(false, false), box, NO_PATH));
    }

    private void add(Mark mark) throws Unclear {
        marks.add(mark);
        if (marks.size() > MOST) {
            throw new Unclear("too many marks");
        }
    }

    /// How a mark is painted.
    ///
    /// @param white on paper it cannot be told from nothing
    /// @param translucent what lies below is seen through it
    /// @param multiplied as well, however often it is painted
    /// @param dark for certain
    record Ink(boolean white, boolean translucent, boolean multiplied, boolean dark) {}

    /// The text of a string operand.
    static byte[] bytes(@Nullable COSBase operand) {
        return operand instanceof COSString string ? string.getBytes() : new byte[0];
    }
}
