package org.yinzheng.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.paper.Copier;

/// A stock of paper licences that never existed: scans, and their index as CSV and as XLSX. Six rows are wrong,
/// each in its own way. The same seed and count write the same bytes.
public final class SampleStock {
    /// So many rows are needed for all six mistakes.
    public static final int LEAST = 30;

    private SampleStock() {}

    /// Writes `index.csv`, `index.xlsx` and `scans/` into `folder`, which is made when it is not there.
    ///
    /// @throws org.yinzheng.signing.Failure.NotDone when the fonts are not installed
    public static void write(Path folder, long seed, int count) throws IOException {
        if (count < LEAST) {
            throw new IllegalArgumentException("a stock has at least " + LEAST + " rows");
        }
        List<StockRow> rows = StockRows.invent(seed, count);
        Path scans = Files.createDirectories(folder.resolve("scans"));
        Copier copier = new Copier(Typefaces.find());
        try {
            IntStream.range(0, count).parallel().forEach(i -> {
                StockRow row = rows.get(i);
                DocumentBytes copy = copier.copy(row.sheet(), row.device(), seed * 1_000_003 + i);
                put(scans.resolve(row.scan()), copy, i + StockRows.FIRST_ROW);
            });
        } catch (UncheckedIOException e) {
            throw new IOException("the scans could not be written", e);
        }
        List<List<String>> table = IndexFile.table(rows);
        Files.write(folder.resolve("index.csv"), IndexFile.csv(table).toByteArray());
        Files.write(folder.resolve("index.xlsx"), IndexFile.xlsx(table).toByteArray());
    }

    private static void put(Path file, DocumentBytes copy, int row) {
        byte[] bytes = copy.toByteArray();
        try {
            if (expectedRejections().contains(new ExpectedRejection(row, ExpectedRejection.Kind.UNREADABLE_SCAN))) {
                // broken off before the first line of the picture: even a patient reader finds nothing
                Files.write(file, Arrays.copyOf(bytes, 300));
            } else if (!expectedRejections()
                    .contains(new ExpectedRejection(row, ExpectedRejection.Kind.MISSING_SCAN))) {
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In the order of their rows; the same for every seed.
    public static List<ExpectedRejection> expectedRejections() {
        return StockRows.MISTAKES;
    }
}
