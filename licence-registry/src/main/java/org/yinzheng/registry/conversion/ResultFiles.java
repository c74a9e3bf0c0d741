package org.yinzheng.registry.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.signing.Failure;

/// `accepted.csv` and `rejected.csv`: UTF-8 with a byte order mark, for spreadsheets. Written beside and moved into
/// place at the end: a reader sees the last run's file or this run's, never half of one. Nothing in them comes from
/// a row's cells, so nothing in them can be a formula or a holder's number.
final class ResultFiles implements AutoCloseable {
    private final Sheet accepted;
    private final Sheet rejected;

    private ResultFiles(Sheet accepted, Sheet rejected) {
        this.accepted = accepted;
        this.rejected = rejected;
    }

    static ResultFiles open(Path folder) {
        try {
            Files.createDirectories(folder);
            var accepted = new Sheet(folder.resolve("accepted.csv"), "行号", "证照类型", "证照标识");
            try {
                return new ResultFiles(
                        accepted, new Sheet(folder.resolve("rejected.csv"), "行号", "栏目", "原因代码", "原因", "reason"));
            } catch (IOException e) {
                accepted.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Failure.NotDone("the output folder cannot be written to", e);
        }
    }

    void accepted(long row, String typeName, LicenceId licence) {
        accepted.write(Long.toString(row), typeName, licence.value());
    }

    void rejected(long row, Rejection rejection) {
        var reason = rejection.reason();
        rejected.write(Long.toString(row), rejection.column(), reason.name(), reason.chinese(), reason.english());
    }

    Path acceptedFile() {
        return accepted.file;
    }

    Path rejectedFile() {
        return rejected.file;
    }

    /// Puts both in place.
    void publish() {
        try {
            accepted.publish();
            rejected.publish();
        } catch (IOException e) {
            throw new Failure.NotDone("the result files could not be written: is the disk full?", e);
        }
    }

    /// Drops what has not been published.
    @Override
    public void close() {
        try {
            accepted.close();
            rejected.close();
        } catch (IOException e) {
            throw new Failure.NotDone("the result files could not be closed", e);
        }
    }

    private static final class Sheet implements AutoCloseable {
        private final Path file;
        private final Path partial;
        private final FileChannel channel;
        private final CsvWriter writer;

        Sheet(Path file, String... header) throws IOException {
            this.file = file;
            this.partial = file.resolveSibling("." + file.getFileName() + ".partial");
            this.channel = FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            var out = new BufferedOutputStream(Channels.newOutputStream(channel));
            out.write("\ufeff".getBytes(UTF_8));
            this.writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, UTF_8);
            writer.writeRecord(header);
        }

        void write(String... cells) {
            try {
                writer.writeRecord(cells);
            } catch (UncheckedIOException e) {
                throw new Failure.NotDone("the result files could not be written: is the disk full?", e);
            }
        }

        void publish() throws IOException {
            writer.flush();
            channel.force(true);
            channel.close();
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        /// The writer has nothing of its own to close, and what it has buffered is not wanted.
        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(partial);
        }
    }
}
