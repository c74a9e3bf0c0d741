package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;

/// One revision of a PDF as PDFBox reads it, every object already parsed: reading it later fails no more.
final class PdfFile implements AutoCloseable {
    private static final byte[] HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_WITHIN = 1024;

    private final PDDocument document;
    private final int start;
    private final int size;
    private final Map<COSObjectKey, COSBase> objects;
    private final Budget budget;
    private final long memoryBefore;
    private Optional<List<FoundSignature>> signatures = Optional.empty();

    private PdfFile(
            PDDocument document,
            int start,
            int size,
            Map<COSObjectKey, COSBase> objects,
            Budget budget,
            long memoryBefore) {
        this.document = document;
        this.start = start;
        this.size = size;
        this.objects = objects;
        this.budget = budget;
        this.memoryBefore = memoryBefore;
    }

    /// Where the header stands, which mail programs and web servers push back; -1 when it is nowhere.
    static int header(byte[] pdf) {
        int at = Bytes.indexOf(pdf, HEADER, 0, HEADER_WITHIN);
        return at < HEADER_WITHIN ? at : -1;
    }

    /// The first `end` bytes as they are: without the repairs with which readers make a document out of what
    /// is none. Offsets may count from the header.
    static Optional<PdfFile> strict(byte[] pdf, int end, Budget budget) {
        var file = read(pdf, 0, end, false, budget);
        int header = header(pdf);
        return file.isEmpty() && header > 0 && header < end ? read(pdf, header, end, false, budget) : file;
    }

    /// With PDFBox's repairs. For documents without a signature, and for what nothing was appended to.
    static Optional<PdfFile> lenient(byte[] pdf, int end, Budget budget) {
        return read(pdf, 0, end, true, budget);
    }

    /// The offsets that the table of the first `end` bytes lists, its own included: a cross-reference stream is an
    /// object that need not list itself.
    static Optional<Set<Long>> table(byte[] pdf, int end, Budget budget) {
        long memory = budget.memory();
        var file = read(pdf, 0, end, budget, parser -> open(parser, 0, end, false, false, budget));
        file.ifPresent(PdfFile::close);
        budget.giveBack(memory);
        return file.map(PdfFile::listed);
    }

    private static Optional<PdfFile> read(byte[] pdf, int start, int end, boolean lenient, Budget budget) {
        return read(pdf, start, end, budget, parser -> open(parser, start, end, lenient, true, budget));
    }

    private interface Opening {
        PdfFile open(BoundedStream.Parser parser) throws IOException;
    }

    private static PdfFile open(
            BoundedStream.Parser parser, int start, int end, boolean lenient, boolean whole, Budget budget)
            throws IOException {
        long memory = budget.memory();
        var document = parser.parse(lenient);
        if (document.getDocument().getTrailer().getCOSDictionary(COSName.ROOT) == null) {
            throw new IOException("no catalog");
        }
        return new PdfFile(
                document, start, end, whole ? load(document.getDocument(), budget) : Map.of(), budget, memory);
    }

    private static Optional<PdfFile> read(byte[] pdf, int start, int end, Budget budget, Opening opening) {
        long memory = budget.memory();
        try {
            return Optional.of(opening.open(new BoundedStream.Parser(pdf, start, end, budget)));
        } catch (IOException
                | IllegalArgumentException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | NullPointerException e) {
            // PDFBox throws all of these for broken input. Here and nowhere else they mean "not readable".
            budget.giveBack(memory);
            return Optional.empty();
        }
    }

    private static Map<COSObjectKey, COSBase> load(COSDocument document, Budget budget) throws IOException {
        var keys = document.getXrefTable().keySet();
        if (keys.size() > Budget.MOST_OBJECTS) {
            throw new Budget.Exceeded();
        }
        var objects = new LinkedHashMap<COSObjectKey, COSBase>();
        for (var key : List.copyOf(keys)) {
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
        var table = document.getDocument().getXrefTable();
        if (start == 0) {
            return table;
        }
        var moved = new HashMap<COSObjectKey, Long>();
        table.forEach((key, offset) -> moved.put(key, offset > 0 ? offset + start : offset));
        return moved;
    }

    Set<Long> listed() {
        var listed = new HashSet<>(offsets().values());
        listed.add(startXref());
        return listed;
    }

    long startXref() {
        return start + document.getDocument().getStartXref();
    }

    List<FoundSignature> signatures() {
        var found = signatures.orElseGet(() -> FoundSignature.in(this, budget));
        signatures = Optional.of(found);
        return found;
    }

    COSDictionary trailer() {
        return document.getDocument().getTrailer();
    }

    Optional<COSDictionary> catalog() {
        return Optional.ofNullable(trailer().getCOSDictionary(COSName.ROOT));
    }

    /// A text of the information dictionary.
    Optional<String> info(String key) {
        return Optional.ofNullable(trailer().getCOSDictionary(COSName.INFO)).map(info -> info.getString(key));
    }

    @Override
    public void close() {
        budget.giveBack(memoryBefore);
        IOUtils.closeQuietly(document);
    }
}
