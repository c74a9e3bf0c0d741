package org.yinzheng.testdata.paper;

import java.util.SplittableRandom;

/// Smooth random values over the picture: uneven ink, cloudy paper.
final class Grain {
    private final double[] knots;
    private final int columns;
    private final double cell;

    /// @param cell the distance, in pixels, over which it changes
    Grain(SplittableRandom random, int width, int height, double cell) {
        this.cell = cell;
        this.columns = (int) (width / cell) + 2;
        this.knots = new double[columns * ((int) (height / cell) + 2)];
        for (int i = 0; i < knots.length; i++) {
            knots[i] = random.nextDouble();
        }
    }

    /// Between 0 and 1.
    double at(int x, int y) {
        double column = x / cell;
        double row = y / cell;
        int left = (int) column;
        int top = (int) row;
        double right = column - left;
        double down = row - top;
        int knot = top * columns + left;
        double above = knots[knot] * (1 - right) + knots[knot + 1] * right;
        double below = knots[knot + columns] * (1 - right) + knots[knot + columns + 1] * right;
        return above * (1 - down) + below * down;
    }
}
