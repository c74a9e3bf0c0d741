package org.yinzheng.registry.conversion.index;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// The index of a conversion. Opening it reads it once from end to end, so that whatever is wrong with the file as a
/// whole is said before the first licence is made.
public final class Index {
    static final int MOST_COLUMNS = 256;

    private static final long MOST_ROWS = 20_000_000;
    private static final long MOST_CSV_BYTES = 8L << 30;
    private static final long MOST_XLSX_BYTES = 256L << 20;

    private final Path file;
    private final Optional<Charset> charset;
    private final Digest digest;
    private final Columns columns;
    private final long rows;

    private Index(Path file, Catalogue catalogue) throws IOException {
        this.file = file;
        boolean workbook = isWorkbook(file);
        if (Files.size(file) > (workbook ? MOST_XLSX_BYTES : MOST_CSV_BYTES)) {
            throw new InvalidInput("index-size", "", "the index is too large");
        }
        if (workbook) {
            XlsxGuard.check(file);
        }
        this.charset = workbook ? Optional.empty() : Optional.of(TextEncoding.of(file));
        this.digest = digest(file);
        try (var all = open()) {
            this.columns = Columns.of(
                    all.next().orElseThrow(() -> new InvalidInput("index-empty", "", "the index is empty")),
                    catalogue.types());
            this.rows = survey(all, catalogue);
        }
    }

    /// @throws InvalidInput when the file is no index that can be used
    /// @throws Failure.NotDone when it cannot be read
    public static Index open(Path file, Catalogue catalogue) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput("index-missing", "", "the index is not there or is no file");
        }
        try {
            return new Index(file, catalogue);
        } catch (IOException e) {
            throw new Failure.NotDone("the index cannot be read", e);
        }
    }

    /// Of the file's bytes.
    public Digest digest() {
        return digest;
    }

    public Columns columns() {
        return columns;
    }

    /// How many rows there are below the header.
    public long size() {
        return rows;
    }

    /// The rows below the header.
    @SuppressWarnings("MustBeClosedChecker")
    public IndexRows rows() {
        try {
            var all = open();
            all.next();
            return all;
        } catch (IOException e) {
            throw new Failure.NotDone("the index cannot be read", e);
        }
    }

    private IndexRows open() throws IOException {
        return charset.isPresent() ? CsvRows.open(file, charset.get()) : XlsxRows.open(file);
    }

    private long survey(IndexRows all, Catalogue catalogue) {
        long count = 0;
        var seen = new HashSet<LicenceType>();
        for (var row = all.next(); row.isPresent(); row = all.next()) {
            if (++count > MOST_ROWS) {
                throw new InvalidInput("index-size", "", "the index has more than " + MOST_ROWS + " rows");
            }
            catalogue
                    .find(columns.cell(row.get(), Columns.TYPE).text())
                    .filter(seen::add)
                    .ifPresent(columns::requireFieldsOf);
        }
        return count;
    }

    /// By content, never by name: a workbook is a ZIP archive.
    private static boolean isWorkbook(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var start = in.readNBytes(4);
            return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
        }
    }

    private static Digest digest(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return new Digest(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
