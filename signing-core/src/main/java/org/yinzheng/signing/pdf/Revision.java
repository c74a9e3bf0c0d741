package org.yinzheng.signing.pdf;

import com.itextpdf.io.source.RandomAccessSourceFactory;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.ReaderProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;

/// A document's bytes up to the end of one of its revisions, in memory or in a file that need not fit into it.
sealed interface Revision extends AutoCloseable {
    PdfReader openToWrite() throws IOException;

    PDDocument openToRead() throws IOException;

    /// What the next revision is written to: of the same kind.
    Draft next() throws IOException;

    /// Removes what was only a step on the way.
    @Override
    default void close() throws IOException {}

    final class InMemory implements Revision {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public PdfReader openToWrite() throws IOException {
            return new PdfReader(new RandomAccessSourceFactory().createSource(bytes), new ReaderProperties());
        }

        @Override
        public PDDocument openToRead() throws IOException {
            return Loader.loadPDF(bytes);
        }

        @Override
        public Draft next() {
            return new Draft.InMemory(bytes.length);
        }
    }

    /// @param folder for the next revision
    /// @param passing whether we made it as a step on the way
    record InFile(Path path, Path folder, boolean passing) implements Revision {
        @Override
        public PdfReader openToWrite() throws IOException {
            return new PdfReader(path.toFile());
        }

        @Override
        public PDDocument openToRead() throws IOException {
            return Loader.loadPDF(
                    new RandomAccessReadBufferedFile(path.toFile()), IOUtils.createTempFileOnlyStreamCache());
        }

        @Override
        public Draft next() throws IOException {
            return new Draft.InFile(folder);
        }

        @Override
        public void close() throws IOException {
            if (passing) {
                Files.deleteIfExists(path);
            }
        }
    }
}
