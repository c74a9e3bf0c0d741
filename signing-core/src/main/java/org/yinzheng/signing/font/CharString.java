package org.yinzheng.signing.font;

import java.nio.ByteBuffer;

/// Runs one Type 2 charstring (Adobe Technical Note 5177) and hands its outline on. Hints are counted, for
/// their masks take space, and dropped: type this small a share of a page is not grid-fitted any more.
final class CharString {
    private static final int DEEPEST = 10;

    private final ByteBuffer table;
    private final CffOutlines.Index global;
    private final CffOutlines.Index local;
    private final OutlineSink sink;
    private final double[] stack = new double[192];
    private int depth;
    private int hints;
    private double x;
    private double y;
    private boolean open;
    private boolean ended;

    CharString(ByteBuffer table, CffOutlines.Index global, CffOutlines.Index local, OutlineSink sink) {
        this.table = table;
        this.global = global;
        this.local = local;
        this.sink = sink;
    }

    void run(int start, int end) {
        run(start, end, 0);
        closeContour();
    }

    private void run(int start, int end, int level) {
        if (level > DEEPEST) {
            throw new IllegalStateException("charstring subroutines nested deeper than the format allows");
        }
        int at = start;
        while (at < end && !ended) {
            int b = Byte.toUnsignedInt(table.get(at++));
            if (b == 28) {
                stack[depth++] = table.getShort(at);
                at += 2;
            } else if (b >= 32 && b <= 246) {
                stack[depth++] = b - 139;
            } else if (b >= 247 && b <= 250) {
                stack[depth++] = (b - 247) * 256 + Byte.toUnsignedInt(table.get(at++)) + 108;
            } else if (b >= 251 && b <= 254) {
                stack[depth++] = -(b - 251) * 256 - Byte.toUnsignedInt(table.get(at++)) - 108;
            } else if (b == 255) {
                stack[depth++] = table.getInt(at) / 65536.0;
                at += 4;
            } else if (b == 19 || b == 20) { // hintmask, cntrmask
                hints += depth / 2;
                depth = 0;
                at += (hints + 7) / 8;
            } else if (b == 10) {
                call(local, level);
            } else if (b == 29) {
                call(global, level);
            } else if (b == 11) {
                return;
            } else if (b == 12) {
                flex(Byte.toUnsignedInt(table.get(at++)));
                depth = 0;
            } else {
                draw(b);
                depth = 0;
            }
        }
    }

    private void call(CffOutlines.Index subroutines, int level) {
        int bias = subroutines.count() < 1240 ? 107 : subroutines.count() < 33900 ? 1131 : 32768;
        int number = (int) stack[--depth] + bias;
        run(subroutines.start(number), subroutines.start(number + 1), level + 1);
    }

    private void draw(int operator) {
        switch (operator) {
            case 1, 3, 18, 23 -> hints += depth / 2; // hstem, vstem, hstemhm, vstemhm
            case 4 -> move(0, stack[depth - 1]); // vmoveto; a width may lie below the operands
            case 21 -> move(stack[depth - 2], stack[depth - 1]); // rmoveto
            case 22 -> move(stack[depth - 1], 0); // hmoveto
            case 5 -> lines(0, depth); // rlineto
            case 6 -> alternatingLines(true); // hlineto
            case 7 -> alternatingLines(false); // vlineto
            case 8 -> curves(0, depth); // rrcurveto
            case 14 -> ended = true; // endchar
            case 24 -> { // rcurveline
                curves(0, depth - 2);
                lines(depth - 2, depth);
            }
            case 25 -> { // rlinecurve
                lines(0, depth - 6);
                curves(depth - 6, depth);
            }
            case 26 -> { // vvcurveto
                int i = depth % 4;
                double dx = i == 1 ? stack[0] : 0;
                for (; i < depth; i += 4, dx = 0) {
                    curve(dx, stack[i], stack[i + 1], stack[i + 2], 0, stack[i + 3]);
                }
            }
            case 27 -> { // hhcurveto
                int i = depth % 4;
                double dy = i == 1 ? stack[0] : 0;
                for (; i < depth; i += 4, dy = 0) {
                    curve(stack[i], dy, stack[i + 1], stack[i + 2], stack[i + 3], 0);
                }
            }
            case 30 -> alternatingCurves(false); // vhcurveto
            case 31 -> alternatingCurves(true); // hvcurveto
            default -> throw new IllegalStateException("charstring operator " + operator + " is not for outlines");
        }
    }

    private void flex(int operator) {
        double[] s = stack;
        switch (operator) {
            case 35 -> curves(0, 12); // flex
            case 34 -> { // hflex
                curve(s[0], 0, s[1], s[2], s[3], 0);
                curve(s[4], 0, s[5], -s[2], s[6], 0);
            }
            case 36 -> { // hflex1
                curve(s[0], s[1], s[2], s[3], s[4], 0);
                curve(s[5], 0, s[6], s[7], s[8], -(s[1] + s[3] + s[7]));
            }
            case 37 -> { // flex1
                double dx = s[0] + s[2] + s[4] + s[6] + s[8];
                double dy = s[1] + s[3] + s[5] + s[7] + s[9];
                boolean across = Math.abs(dx) > Math.abs(dy);
                curve(s[0], s[1], s[2], s[3], s[4], s[5]);
                curve(s[6], s[7], s[8], s[9], across ? s[10] : -dx, across ? -dy : s[10]);
            }
            default -> throw new IllegalStateException("charstring operator 12 " + operator + " is not supported");
        }
    }

    private void move(double dx, double dy) {
        closeContour();
        x += dx;
        y += dy;
        sink.moveTo(x, y);
        open = true;
    }

    private void lines(int from, int to) {
        for (int i = from; i < to; i += 2) {
            line(stack[i], stack[i + 1]);
        }
    }

    private void alternatingLines(boolean horizontalFirst) {
        boolean horizontal = horizontalFirst;
        for (int i = 0; i < depth; i++, horizontal = !horizontal) {
            line(horizontal ? stack[i] : 0, horizontal ? 0 : stack[i]);
        }
    }

    private void curves(int from, int to) {
        for (int i = from; i < to; i += 6) {
            curve(stack[i], stack[i + 1], stack[i + 2], stack[i + 3], stack[i + 4], stack[i + 5]);
        }
    }

    /// Curves that start and end along an axis by turns; the last may carry a fifth operand that tilts its end.
    private void alternatingCurves(boolean horizontalFirst) {
        boolean horizontal = horizontalFirst;
        for (int i = 0; i + 4 <= depth; i += 4, horizontal = !horizontal) {
            double tilt = depth - i == 5 ? stack[i + 4] : 0;
            if (horizontal) {
                curve(stack[i], 0, stack[i + 1], stack[i + 2], tilt, stack[i + 3]);
            } else {
                curve(0, stack[i], stack[i + 1], stack[i + 2], stack[i + 3], tilt);
            }
        }
    }

    private void line(double dx, double dy) {
        x += dx;
        y += dy;
        sink.lineTo(x, y);
    }

    private void curve(double dx1, double dy1, double dx2, double dy2, double dx3, double dy3) {
        double x1 = x + dx1;
        double y1 = y + dy1;
        double x2 = x1 + dx2;
        double y2 = y1 + dy2;
        x = x2 + dx3;
        y = y2 + dy3;
        sink.curveTo(x1, y1, x2, y2, x, y);
    }

    private void closeContour() {
        if (open) {
            sink.close();
            open = false;
        }
    }
}
