package org.yinzheng.signing.certificate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;

/// Certificates and revocation lists as PEM files named after their key. If we crash here there is the old
/// file or the new one, whole; never half a file.
public record CertificateFolder(Path directory) {
    public static CertificateFolder at(Path directory) {
        try {
            Files.createDirectories(directory);
            return new CertificateFolder(directory);
        } catch (IOException e) {
            throw new Failure.NotDone(
                    "the folder of certificates " + directory + " cannot be made: check its permissions and space", e);
        }
    }

    Optional<X509Certificate> certificate(String label) {
        return read(label + ".crt").map(Certificates::parse);
    }

    /// Empty when there is none.
    public List<X509Certificate> chain(String label) {
        return read(label + ".crt").map(Certificates::parseAll).orElse(List.of());
    }

    public void put(String label, List<X509Certificate> chain) {
        write(label + ".crt", chain.stream().map(Certificates::pem).collect(Collectors.joining()));
    }

    Optional<X509CRL> list(String label) {
        return read(label + ".crl").map(Certificates::parseCrl);
    }

    X509Certificate put(String label, X509Certificate certificate) {
        write(label + ".crt", Certificates.pem(certificate));
        return certificate;
    }

    X509CRL put(String label, X509CRL list) {
        try {
            write(label + ".crl", Certificates.pem("X509 CRL", list.getEncoded()));
            return list;
        } catch (CRLException e) {
            throw new AssertionError("a list that we have just made", e);
        }
    }

    /// A JWK set.
    void putKeys(String label, DocumentBytes keys) {
        write(label + ".jwks", new String(keys.toByteArray(), StandardCharsets.UTF_8));
    }

    private Optional<byte[]> read(String name) {
        var file = directory.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw cannot("be read", e);
        }
    }

    private void write(String name, String text) {
        try {
            var temporary = Files.createTempFile(directory, name, ".new");
            Files.writeString(temporary, text, StandardCharsets.US_ASCII);
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(
                    temporary,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannot("be written", e);
        }
    }

    private Failure cannot(String what, IOException e) {
        return new Failure.NotDone(
                "the folder of certificates " + directory + " cannot " + what + ": check its permissions and space", e);
    }
}
