package org.yinzheng.registry.stamping;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Cryptography;

/// What somebody asks to be stamped: with one seal, for one purpose, one document or many.
///
/// @param idempotencyKey the same key asks for the same stamps
/// @param sealId esID
/// @param purpose for the log of uses; 2 to 200 characters, and no holder's number
public record StampRequest(
        String idempotencyKey, String sealId, String purpose, StampOptions options, List<Document> documents) {
    public static final int MOST = 100;

    public StampRequest {
        documents = List.copyOf(documents);
        if (purpose.strip().length() < 2 || purpose.length() > 200) {
            throw new InvalidInput("stamp-purpose", "purpose", "says in 2 to 200 characters what the stamp is for");
        }
        if (documents.isEmpty() || documents.size() > MOST) {
            throw new InvalidInput("stamp-documents", "file", "one request stamps 1 to " + MOST + " documents");
        }
    }

    /// @param name as the caller knows it
    /// @param file read, never written; absent when the caller keeps the document and sends its digests alone
    public record Document(String name, Optional<Path> file, SealUse.Digests digests, long size) {
        /// Reads the file once, in constant memory.
        public static Document of(String name, Path file) {
            var sha256 = Cryptography.digest("SHA-256");
            var sm3 = Cryptography.digest("SM3");
            var both = new DigestOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha256), sm3);
            try (both) {
                var size = Files.copy(file, both);
                return new Document(
                        name,
                        Optional.of(file),
                        new SealUse.Digests(digest(sha256.digest()), digest(sm3.digest())),
                        size);
            } catch (IOException e) {
                throw new Failure.NotDone("a document could not be read", e);
            }
        }

        private static Digest digest(byte[] value) {
            return new Digest(HexFormat.of().formatHex(value));
        }
    }
}
