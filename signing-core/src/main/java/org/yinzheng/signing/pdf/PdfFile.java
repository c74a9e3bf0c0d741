package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;

/// One revision of a PDF as PDFBox reads it, every object already parsed: reading it later fails no more.
final class PdfFile implements AutoCloseable {
    private final PDDocument document;
    private final int size;
    private final Map<COSObjectKey, COSBase> objects;

    private PdfFile(PDDocument document, int size, Map<COSObjectKey, COSBase> objects) {
        this.document = document;
        this.size = size;
        this.objects = objects;
    }

    /// The first `end` bytes as they are: without the repairs with which readers make a document out of what
    /// is none.
    static Optional<PdfFile> strict(byte[] pdf, int end, Budget budget) {
        return read(pdf, end, false, budget);
    }

    /// With PDFBox's repairs. For documents without a signature only.
    static Optional<PdfFile> lenient(byte[] pdf, Budget budget) {
        return read(pdf, pdf.length, true, budget);
    }

    private static Optional<PdfFile> read(byte[] pdf, int end, boolean lenient, Budget budget) {
        try {
            var source = new RandomAccessReadBuffer(ByteBuffer.wrap(pdf, 0, end).slice());
            var document = new PDFParser(source).parse(lenient);
            return Optional.of(new PdfFile(document, end, load(document.getDocument(), budget)));
        } catch (IOException
                | IllegalArgumentException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | NullPointerException e) {
            // PDFBox throws all of these for broken input. Here and nowhere else they mean "not readable".
            return Optional.empty();
        }
    }

    private static Map<COSObjectKey, COSBase> load(COSDocument document, Budget budget) throws IOException {
        var keys = document.getXrefTable().keySet();
        if (keys.size() > Budget.MOST_OBJECTS) {
            throw new Budget.Exceeded();
        }
        var objects = new LinkedHashMap<COSObjectKey, COSBase>();
        for (var key : java.util.List.copyOf(keys)) {
            budget.step();
            var object = document.getObjectFromPool(key).getObject();
            if (object != null) { // null: not at the place where the table says; a reference to it is a null
                objects.put(key, object);
            }
        }
        return objects;
    }

    /// In bytes.
    int size() {
        return size;
    }

    Map<COSObjectKey, COSBase> objects() {
        return objects;
    }

    /// Object number to byte offset; negative is the number of the object stream that holds it.
    Map<COSObjectKey, Long> offsets() {
        return document.getDocument().getXrefTable();
    }

    long startXref() {
        return document.getDocument().getStartXref();
    }

    COSDictionary trailer() {
        return document.getDocument().getTrailer();
    }

    Optional<COSDictionary> catalog() {
        return Optional.ofNullable(trailer().getCOSDictionary(COSName.ROOT));
    }

    boolean isEncrypted() {
        return document.getDocument().isEncrypted() || trailer().containsKey(COSName.ENCRYPT);
    }

    /// A text of the information dictionary.
    Optional<String> info(String key) {
        return Optional.ofNullable(trailer().getCOSDictionary(COSName.INFO)).map(info -> info.getString(key));
    }

    @Override
    public void close() {
        org.apache.pdfbox.io.IOUtils.closeQuietly(document);
    }
}
