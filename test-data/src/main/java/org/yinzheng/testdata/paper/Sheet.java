package org.yinzheng.testdata.paper;

import java.time.LocalDate;
import java.util.List;

/// What is printed on one paper licence.
///
/// @param number the number printed at the top
/// @param lines the fields in the order of print
/// @param authority whose red stamp it bears
public record Sheet(Form form, String title, String number, List<Line> lines, String authority, LocalDate issued) {
    public Sheet {
        lines = List.copyOf(lines);
    }

    public record Line(String label, String text) {}

    public enum Form {
        /// A4 landscape with an ornamental border.
        CERTIFICATE,
        /// The open double page of a booklet with a photograph.
        BOOKLET
    }
}
