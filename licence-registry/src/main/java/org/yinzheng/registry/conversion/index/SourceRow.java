package org.yinzheng.registry.conversion.index;

import java.util.List;

/// @param number as a spreadsheet counts it: the header is row 1
public record SourceRow(long number, List<Cell> cells) {
    public SourceRow {
        cells = List.copyOf(cells);
    }

    boolean isEmpty() {
        return cells.stream().allMatch(Cell::isEmpty);
    }
}
