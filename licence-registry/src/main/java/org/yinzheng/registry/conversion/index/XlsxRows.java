package org.yinzheng.registry.conversion.index;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// The first sheet of a workbook, as text. Dates become `2026-11-21` whatever they look like in the sheet.
final class XlsxRows implements IndexRows {
    /// A spreadsheet keeps 15 digits of a number; the rest of an 18-digit code is lost.
    private static final int EXACT_DIGITS = 15;

    private static final Pattern IN_QUOTES_OR_BRACKETS = Pattern.compile("\"[^\"]*\"|\\[[^]]*]|\\\\.");

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;

    private XlsxRows(ReadableWorkbook workbook, Stream<Row> stream) {
        this.workbook = workbook;
        this.stream = stream;
        this.rows = stream.iterator();
    }

    /// The file has passed [XlsxGuard].
    static XlsxRows open(Path file) throws IOException {
        ReadableWorkbook workbook;
        try {
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        } catch (IOException | RuntimeException e) {
            throw XlsxGuard.broken(e); // the library's own parsing; the guard has just read the file without fault
        }
        try {
            return new XlsxRows(workbook, workbook.getFirstSheet().openStream());
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw XlsxGuard.broken(e);
        }
    }

    @Override
    public Optional<SourceRow> next() {
        try {
            while (rows.hasNext()) {
                var row = row(rows.next());
                if (!row.isEmpty()) {
                    return Optional.of(row);
                }
            }
            return Optional.empty();
        } catch (InvalidInput e) {
            throw e;
        } catch (RuntimeException e) {
            // the library answers a broken sheet with whatever its parsing runs into
            throw XlsxGuard.broken(e);
        }
    }

    @Override
    public void close() {
        stream.close();
        try {
            workbook.close();
        } catch (IOException e) {
            throw new Failure.NotDone("the index cannot be closed", e);
        }
    }

    private static SourceRow row(Row row) {
        if (row.getCellCount() > Index.MOST_COLUMNS) {
            throw new InvalidInput(
                    "index-size", "", "row " + row.getRowNum() + " has more than " + Index.MOST_COLUMNS + " columns");
        }
        var cells = new ArrayList<Cell>();
        for (var cell : row) {
            cells.add(cell == null ? Cell.EMPTY : cell(cell));
        }
        return new SourceRow(row.getRowNum(), cells);
    }

    private static Cell cell(org.dhatim.fastexcel.reader.Cell cell) {
        if (cell.getFormula() != null) {
            return Cell.UNUSABLE; // its value is what some program once computed
        }
        return switch (cell.getType()) {
            case EMPTY -> Cell.EMPTY;
            case STRING -> Cell.of(cell.asString());
            case BOOLEAN -> Cell.of(cell.asBoolean() ? "true" : "false");
            case NUMBER -> isDate(cell) ? date(cell) : number(cell.asNumber());
            case FORMULA, ERROR -> Cell.UNUSABLE;
        };
    }

    private static Cell number(BigDecimal value) {
        var plain = value.stripTrailingZeros();
        return plain.precision() - Math.min(plain.scale(), 0) > EXACT_DIGITS || plain.scale() > EXACT_DIGITS
                ? Cell.UNUSABLE
                : Cell.of(plain.toPlainString());
    }

    private static Cell date(org.dhatim.fastexcel.reader.Cell cell) {
        var value = cell.asNumber();
        // days from 1900 to 2199; the library would compute any other into some date too
        if (value.signum() <= 0 || value.compareTo(BigDecimal.valueOf(110_000)) > 0) {
            return Cell.UNUSABLE;
        }
        var moment = cell.asDate();
        return Cell.of(
                moment.toLocalTime().equals(LocalTime.MIDNIGHT)
                        ? moment.toLocalDate().toString()
                        : moment.toString());
    }

    /// By the number format: a built-in one of ECMA-376 part 1 §18.8.30, Chinese ones among them, or one with years
    /// or days in it.
    private static boolean isDate(org.dhatim.fastexcel.reader.Cell cell) {
        var id = cell.getDataFormatId();
        if (id != null && ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))) {
            return true;
        }
        var format = cell.getDataFormatString();
        if (format == null || format.equalsIgnoreCase("general")) {
            return false;
        }
        var letters = IN_QUOTES_OR_BRACKETS.matcher(format).replaceAll("");
        return letters.chars().anyMatch(c -> c == 'y' || c == 'Y' || c == 'd' || c == 'D');
    }
}
