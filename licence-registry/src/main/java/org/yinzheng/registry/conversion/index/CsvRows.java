package org.yinzheng.registry.conversion.index;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// RFC 4180, read strictly: an open quote must not swallow the rest of the file.
final class CsvRows implements IndexRows {
    private static final int LONGEST_FIELD = 1 << 16;
    private static final int LONGEST_RECORD = 1 << 18;

    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private long number;

    private CsvRows(CsvReader<CsvRecord> reader) {
        this.reader = reader;
        this.records = reader.iterator();
    }

    @SuppressWarnings("resource") // the reader owns the stream
    static CsvRows open(Path file, Charset charset) throws IOException {
        var handler = CsvRecordHandler.builder()
                .maxFields(Index.MOST_COLUMNS)
                .maxFieldSize(LONGEST_FIELD)
                .maxRecordSize(LONGEST_RECORD)
                .build();
        return new CsvRows(CsvReader.builder()
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(2 * LONGEST_RECORD)
                .build(handler, TextEncoding.reader(Files.newInputStream(file), charset)));
    }

    @Override
    public Optional<SourceRow> next() {
        try {
            while (records.hasNext()) {
                number++;
                var row = new SourceRow(
                        number,
                        records.next().getFields().stream().map(Cell::of).toList());
                if (!row.isEmpty()) {
                    return Optional.of(row);
                }
            }
            return Optional.empty();
        } catch (CsvParseException e) {
            var invalid = new InvalidInput(
                    "index-csv", "", "the index cannot be read after row " + number + ": quotes, or a size cap");
            invalid.initCause(e);
            throw invalid;
        } catch (UncheckedIOException e) {
            throw new Failure.NotDone("the index cannot be read", e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new Failure.NotDone("the index cannot be closed", e);
        }
    }
}
