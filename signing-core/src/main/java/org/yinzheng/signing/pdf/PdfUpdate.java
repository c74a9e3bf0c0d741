package org.yinzheng.signing.pdf;

import com.itextpdf.commons.actions.EventManager;
import com.itextpdf.kernel.exceptions.PdfException;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfObject;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import java.io.IOException;
import java.util.function.Function;
import org.yinzheng.signing.InvalidInput;

/// One incremental update of a document, written by iText: what was there, earlier signatures included, stays byte
/// for byte. Nothing is kept of an update that is closed before it was written.
final class PdfUpdate implements AutoCloseable {
    static {
        // AGPL-3.0: NOTICE and README say so; the library need not repeat it on every run's output.
        EventManager.acknowledgeAgplUsageDisableWarningMessage();
    }

    private final PdfReader reader;
    private final Draft draft;
    private final Document document;

    private PdfUpdate(PdfReader reader, Draft draft, Document document) {
        this.reader = reader;
        this.draft = draft;
        this.document = document;
    }

    /// @throws InvalidInput `pdf-encrypted`, `pdf-form`
    static PdfUpdate of(Revision revision) throws IOException {
        return reading(() -> {
            var reader = revision.openToWrite();
            var draft = revision.next();
            try {
                return new PdfUpdate(reader, draft, new Document(reader, new PdfWriter(draft.stream())));
            } catch (RuntimeException e) {
                reader.close();
                draft.close();
                throw e;
            }
        });
    }

    interface Reading<T> {
        T read() throws IOException;
    }

    /// iText throws all of these for broken input. Where a document is read, they mean that it is none.
    static <T> T reading(Reading<T> work) throws IOException {
        try {
            return work.read();
        } catch (InvalidInput e) {
            throw e;
        } catch (com.itextpdf.kernel.exceptions.BadPasswordException e) {
            throw (InvalidInput) new InvalidInput(
                            "pdf-encrypted", "", "an encrypted PDF is not stamped: remove the protection first")
                    .initCause(e);
        } catch (PdfException
                | com.itextpdf.io.exceptions.IOException
                | ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException
                | NegativeArraySizeException
                | StackOverflowError e) {
            throw (InvalidInput) new InvalidInput("pdf-form", "", "not a PDF that can be signed as it is").initCause(e);
        }
    }

    PdfDocument document() {
        return document;
    }

    /// iText writes what is marked as changed: the object itself, or the one that it lies in.
    static void changed(PdfObject object, PdfObject owner) {
        (object.getIndirectReference() != null ? object : owner).setModified();
    }

    /// The dictionary or array below `key`, made when it is not there.
    static PdfDictionary dictionary(PdfDictionary owner, PdfName key) {
        var present = owner.getAsDictionary(key);
        if (present == null) {
            present = new PdfDictionary();
            owner.put(key, present);
        }
        changed(present, owner);
        return present;
    }

    static PdfArray array(PdfDictionary owner, PdfName key) {
        var present = owner.getAsArray(key);
        if (present == null) {
            present = new PdfArray();
            owner.put(key, present);
        }
        changed(present, owner);
        return present;
    }

    /// Writes the update as it is.
    Revision write() throws IOException {
        document.close();
        return draft.finished();
    }

    /// Writes the update, then digests it and lets `value` fill the gap.
    Revision write(SignatureGap gap, java.security.MessageDigest digest, Function<byte[], byte[]> value)
            throws IOException {
        document.close();
        gap.fill(draft, digest, value);
        return draft.finished();
    }

    @Override
    public void close() throws IOException {
        reader.close();
        draft.close();
    }

    /// Leaves the XMP packet alone: iText would rewrite it at closing, a change that earlier signatures do not allow.
    private static final class Document extends PdfDocument {
        private static final long serialVersionUID = 1;

        Document(PdfReader reader, PdfWriter writer) {
            super(reader, writer, new StampingProperties().useAppendMode());
        }

        @Override
        protected void updateXmpMetadata() {}
    }
}
