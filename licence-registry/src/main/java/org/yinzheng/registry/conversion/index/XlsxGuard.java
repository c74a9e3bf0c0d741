package org.yinzheng.registry.conversion.index;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;

/// Reads a workbook once before the library does, keeping nothing: how large it really is unpacked, and that no cell
/// claims a column far away, for which the library would allocate all the columns before it.
final class XlsxGuard {
    private static final int MOST_ENTRIES = 2_000;
    private static final long MOST_UNPACKED = 1L << 30;
    private static final long MOST_KEPT = 64L << 20;

    private long unpacked;

    private XlsxGuard() {}

    /// @throws InvalidInput `index-xlsx` or `index-size`
    static void check(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw tooLarge();
            }
            var guard = new XlsxGuard();
            var names = new HashSet<String>();
            for (var entry : zip.stream().toList()) {
                if (!names.add(entry.getName())) {
                    throw broken(null);
                }
                try (var in = guard.new Counted(zip.getInputStream(entry), isSheet(entry.getName()))) {
                    if (isSheet(entry.getName())) {
                        cells(in); // to its end
                    } else {
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                }
            }
        } catch (ZipException | EOFException | XMLStreamException e) {
            throw broken(e);
        }
    }

    static InvalidInput broken(@Nullable Exception cause) {
        var invalid = new InvalidInput("index-xlsx", "", "the index is no workbook that can be read");
        if (cause != null) {
            invalid.initCause(cause);
        }
        return invalid;
    }

    private static boolean isSheet(String name) {
        return name.startsWith("xl/worksheets/") && name.endsWith(".xml");
    }

    private static void cells(InputStream in) throws XMLStreamException {
        // the library's own parser, so that both see the same cells
        var factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var xml = factory.createXMLStreamReader(in);
        int unnamed = 0;
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "row" -> unnamed = 0;
                case "c" -> {
                    var address = xml.getAttributeValue(null, "r");
                    // columns A to ZZ; a cell without an address follows the one before
                    if (address == null ? ++unnamed > 702 : !address.matches("[A-Z]{1,2}[1-9][0-9]{0,6}")) {
                        throw broken(null);
                    }
                }
                default -> {}
            }
        }
    }

    private static InvalidInput tooLarge() {
        return new InvalidInput(
                "index-size", "", "the workbook is too large unpacked (1 GiB, or 64 MiB of texts and styles); use CSV");
    }

    /// Stops at the caps by what comes out, not by what the archive declares.
    private final class Counted extends FilterInputStream {
        private final boolean streamed;
        private long own;

        Counted(InputStream in, boolean streamed) {
            super(in);
            this.streamed = streamed;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) {
            own += bytes;
            unpacked += bytes;
            if (unpacked > MOST_UNPACKED || (!streamed && own > MOST_KEPT)) {
                throw tooLarge();
            }
        }
    }
}
