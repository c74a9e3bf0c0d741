package org.yinzheng.signing.pdf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.io.RandomAccessStreamCache;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.jspecify.annotations.Nullable;

/// A stream that is unpacked within a budget, and never as a picture.
final class BoundedStream extends COSStream {
    private static final Set<String> UNPACKED = Set.of(
            "FlateDecode",
            "Fl",
            "LZWDecode",
            "LZW",
            "ASCIIHexDecode",
            "AHx",
            "ASCII85Decode",
            "A85",
            "RunLengthDecode",
            "RL",
            "Crypt");
    private static final int MOST_FILTERS = 5;

    private final byte[] file;
    private final int from;
    private final int to;
    private final Budget budget;
    private boolean rewritten;

    /// A parser whose streams are of this kind.
    static final class Parser extends PDFParser {
        /// @param start where the document's own counting of bytes begins
        Parser(byte[] pdf, int start, int end, Budget budget) throws IOException {
            super(new BoundedSource(pdf, start, end, budget));
            document = new Streams(this, pdf, start, end, budget);
        }

        /// A signature's value is some thousand digits, read again with every revision that holds it: at once, where
        /// PDFBox goes digit by digit.
        @Override
        protected COSString parseCOSString() throws IOException {
            var value = source instanceof BoundedSource bytes ? bytes.hexadecimal() : Optional.<byte[]>empty();
            return value.isPresent() ? new COSString(value.get()) : super.parseCOSString();
        }
    }

    private static final class Streams extends COSDocument {
        private final Parser parser;
        private final byte[] pdf;
        private final int start;
        private final int end;
        private final Budget budget;

        Streams(Parser parser, byte[] pdf, int start, int end, Budget budget) {
            super(parser);
            this.parser = parser;
            this.pdf = pdf;
            this.start = start;
            this.end = end;
            this.budget = budget;
        }

        @Override
        public COSStream createCOSStream(COSDictionary dictionary, long position, long length) throws IOException {
            if (position < 0 || length < 0 || start + position + length > end) {
                throw new IOException("a stream that reaches beyond the file");
            }
            var view = parser.createRandomAccessReadView(position, length);
            int from = (int) (start + position);
            var stream = new BoundedStream(pdf, from, (int) (from + length), budget, view);
            dictionary.forEach(stream::setItem);
            stream.setKey(dictionary.getKey());
            return stream;
        }
    }

    private BoundedStream(byte[] file, int from, int to, Budget budget, RandomAccessReadView view) throws IOException {
        super(cache(), view);
        this.file = file;
        this.from = from;
        this.to = to;
        this.budget = budget;
    }

    /// For what is decrypted.
    private static RandomAccessStreamCache cache() throws IOException {
        return org.apache.pdfbox.io.IOUtils.createMemoryOnlyStreamCache().create();
    }

    @SuppressWarnings("ReferenceEquality") // one array is lent to all revisions
    private boolean isSamePlace(BoundedStream other) {
        return file == other.file && from == other.from && to == other.to;
    }

    /// Whether the packed bytes are the same.
    boolean sameBytes(BoundedStream other) throws IOException {
        if (!rewritten && !other.rewritten) {
            return isSamePlace(other) || Arrays.equals(file, from, to, other.file, other.from, other.to);
        }
        try (var one = createRawInputStream();
                var another = other.createRawInputStream()) {
            return Arrays.equals(one.readAllBytes(), another.readAllBytes());
        }
    }

    /// The unpacked bytes; empty when a filter is unknown, a picture's, or fails.
    Optional<byte[]> unpacked() {
        try {
            return Optional.of(unpack());
        } catch (IOException
                | IllegalArgumentException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | NullPointerException e) {
            return Optional.empty(); // what PDFBox's filters throw for broken input
        }
    }

    private byte[] unpack() throws IOException {
        byte[] bytes;
        try (var packed = rewritten ? createRawInputStream() : new ByteArrayInputStream(file, from, to - from)) {
            bytes = packed.readAllBytes();
        }
        var filters = filters(getFilters());
        if (filters.length > MOST_FILTERS) {
            throw new Budget.Exceeded();
        }
        for (int i = 0; i < filters.length; i++) {
            var name = filters[i];
            if (name == null || !UNPACKED.contains(name.getName())) {
                throw new IOException("a filter that is not unpacked");
            }
            var output = new Bounded(budget);
            FilterFactory.INSTANCE
                    .getFilter(name)
                    .decode(new ByteArrayInputStream(bytes), output, this, i, DecodeOptions.DEFAULT);
            bytes = output.toByteArray();
        }
        return bytes;
    }

    private static @Nullable COSName[] filters(@Nullable COSBase given) {
        if (given instanceof COSArray array) {
            var names = new @Nullable COSName[array.size()];
            for (int i = 0; i < names.length; i++) {
                names[i] = array.getObject(i) instanceof COSName name ? name : null;
            }
            return names;
        }
        return given instanceof COSName name ? new COSName[] {name} : new COSName[0];
    }

    /// How PDFBox reads object streams and cross-reference streams.
    @Override
    public RandomAccessRead createView() throws IOException {
        var bytes = unpack();
        return new BoundedSource(bytes, 0, bytes.length, budget);
    }

    /// Called when the security handler has decrypted the bytes.
    @Override
    public OutputStream createRawOutputStream() throws IOException {
        rewritten = true;
        return super.createRawOutputStream();
    }

    private static final class Bounded extends ByteArrayOutputStream {
        private final Budget budget;

        Bounded(Budget budget) {
            super(1 << 12);
            this.budget = budget;
        }

        @Override
        public synchronized void write(int value) {
            if (count >= Budget.LARGEST_STREAM) {
                throw new Budget.Exceeded();
            }
            if ((count & 0xfff) == 0) {
                budget.unpacked(1 << 12);
            }
            super.write(value);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (count + (long) length > Budget.LARGEST_STREAM) {
                throw new Budget.Exceeded();
            }
            budget.unpacked(length);
            super.write(bytes, offset, length);
        }
    }
}
