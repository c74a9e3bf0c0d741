package org.yinzheng.hsm.custody;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.yinzheng.hsm.token.DurableFile;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// What `LABEL.sealed` holds, in JSON: something that the token encrypted, with all that it is bound to.
///
/// @param publicKey SubjectPublicKeyInfo of a private key; no bytes for a secret
/// @param sealed AES-256-GCM ciphertext, then its tag of 16 bytes
record Sealed(
        int version, String label, Content content, DocumentBytes publicKey, DocumentBytes iv, DocumentBytes sealed) {
    static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    enum Content {
        SM2,
        SECRET
    }

    static Path file(Path directory, String label) {
        return directory.resolve(Labels.checked(label) + ".sealed");
    }

    /// The additional data of the encryption: a file renamed, a public key exchanged, or a key presented as a
    /// secret does not open.
    byte[] boundTo() {
        return boundTo(version, label, content, publicKey);
    }

    static byte[] boundTo(int version, String label, Content content, DocumentBytes publicKey) {
        return String.join(
                        "\n",
                        "yinzheng sealed",
                        "" + version,
                        label,
                        content.name(),
                        publicKey.sha256().hex())
                .getBytes(StandardCharsets.UTF_8);
    }

    /// @throws SealBroken when the file is not one of ours
    static Optional<Sealed> read(Path directory, String label) throws IOException {
        try {
            var json = JSON.readTree(Files.readAllBytes(file(directory, label)));
            var sealed = new Sealed(
                    json.path("version").asInt(),
                    json.path("label").asText(),
                    Content.valueOf(json.path("content").asText()),
                    DocumentBytes.owning(json.path("publicKey").binaryValue()),
                    DocumentBytes.owning(json.path("iv").binaryValue()),
                    DocumentBytes.owning(json.path("sealed").binaryValue()));
            if (sealed.version != VERSION || !sealed.label.equals(label) || sealed.iv.size() != 12) {
                throw new IllegalArgumentException("version, label or IV");
            }
            return Optional.of(sealed);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new SealBroken(label, "it cannot be read", e);
        }
    }

    /// On the disk for good when this returns; never in place of another.
    void write(Path directory) throws IOException {
        var json = JSON.createObjectNode()
                .put("version", version)
                .put("label", label)
                .put("content", content.name())
                .put("publicKey", publicKey.toByteArray())
                .put("iv", iv.toByteArray())
                .put("sealed", sealed.toByteArray());
        DurableFile.directory(directory);
        try {
            DurableFile.writeNew(file(directory, label), JSON.writeValueAsBytes(json));
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInput("key-label", "label", "taken: " + label);
        }
    }
}
