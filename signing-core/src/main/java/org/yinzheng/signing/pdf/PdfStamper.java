package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.time.TimestampSource;

/// Signs a PDF by incremental updates: what was there, earlier signatures included, stays byte for byte.
/// RSA and P-256 make PAdES baseline signatures (ETSI EN 319 142-1), SM2 a plain detached CMS or a GB/T 38540 stamp.
/// The seal's pictures belong to the signature: they are the widgets of its field. Safe for many threads.
public final class PdfStamper {
    private final Optional<TimestampSource> timestamps;
    private final Evidence evidence;
    private final DeflateCache<SealPicture> outlines = new DeflateCache<>();

    /// For signatures of level B.
    public PdfStamper() {
        this(Optional.empty(), Evidence.NONE);
    }

    public PdfStamper(Optional<TimestampSource> timestamps, Evidence evidence) {
        this.timestamps = timestamps;
        this.evidence = evidence;
    }

    /// @throws InvalidInput for the document: `pdf-form`, `pdf-encrypted`, `pdf-no-pages`, `pdf-xfa`,
    /// `pdf-no-changes-allowed`, `pdf-certification`, `hidden-content`; for the stamp: `signature-field`,
    /// `seal-picture`, `seal-page`, `seal-area`, `place`, `place-not-found`, `level`, `signer-key`, and those of
    /// [org.yinzheng.signing.seal.StampMaker]
    /// @throws Failure.NotDone when the token is away, or what the level needs and the stamp requires
    public PdfStamped.InMemory stamp(DocumentBytes pdf, PdfStamp stamp) {
        try (var revision = new Revision.InMemory(pdf.toByteArray())) {
            var done = new PdfStamping(timestamps, evidence, outlines, stamp).of(revision);
            return new PdfStamped.InMemory(
                    DocumentBytes.owning(((Revision.InMemory) done.revision()).bytes()), done.stamped());
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
    }

    /// The same for documents of any size, which are never wholly in memory. `to` is replaced at once when all is
    /// done, and may be `from`; until then, and when anything fails, it stays as it is.
    public PdfStamped stamp(Path from, Path to, PdfStamp stamp) {
        var folder = Optional.ofNullable(to.toAbsolutePath().getParent()).orElseThrow();
        try (var original = new Revision.InFile(from, folder, false)) {
            var done = new PdfStamping(timestamps, evidence, outlines, stamp).of(original);
            try (var last = (Revision.InFile) done.revision()) {
                Files.move(last.path(), to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            return done.stamped();
        } catch (IOException e) {
            throw new Failure.NotDone("the document cannot be read, or not written: check the folder and its space", e);
        }
    }
}
