package org.yinzheng.registry.conversion.index;

/// One cell's text without the space around it.
///
/// @param usable false when the cell cannot be taken at its word: a formula, an error, a character that cannot be
/// seen, too long, a long number that a spreadsheet has rounded
public record Cell(String text, boolean usable) {
    static final Cell EMPTY = new Cell("", true);
    static final Cell UNUSABLE = new Cell("", false);

    private static final int LONGEST = 4_000;

    static Cell of(String raw) {
        int from = 0;
        int to = raw.length();
        while (from < to && isBlank(raw.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(raw.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            return EMPTY;
        }
        var text = raw.substring(from, to);
        return text.length() > LONGEST || text.codePoints().anyMatch(Cell::isHidden) ? UNUSABLE : new Cell(text, true);
    }

    public boolean isEmpty() {
        return usable && text.isEmpty();
    }

    @Override
    public String toString() {
        return "Cell[" + text.length() + " characters]";
    }

    /// Spreadsheets leave ideographic and no-break spaces about, and pasted text a byte order mark.
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\u3000' || c == '\u00a0' || c == '\ufeff';
    }

    /// What a reader cannot see could make two equal-looking values differ, or show a value in another order.
    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
