package org.yinzheng.registry.document;

import java.nio.file.Path;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;

/// Documents under the name of their digest. Putting the same bytes twice keeps them once.
public interface DocumentStore {
    /// On return the document survives a loss of power.
    ///
    /// @throws org.yinzheng.signing.Failure.NotDone when it could not be kept (disk full): nothing of it is there
    Digest put(DocumentBytes document);

    /// As [#put(DocumentBytes)] for a document that is too large for memory. The file stays.
    Digest put(Path document);

    /// Copies a document into a file that is not there yet, checking it on the way.
    ///
    /// @throws org.yinzheng.signing.Failure.NotDone as [#get]; nothing is left in the file's place then
    void fetch(Digest digest, Path into);

    /// Gone for good when this returns; also when there was none.
    ///
    /// @throws org.yinzheng.signing.Failure.NotDone when it is still there
    void delete(Digest digest);

    /// @throws org.yinzheng.signing.Failure.NotDone when the store is away, or has not got it, or its bytes have
    /// changed since: a registered document that is missing is a fault, not an answer
    DocumentBytes get(Digest digest);
}
