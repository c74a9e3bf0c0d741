package org.yinzheng.signing.seal;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;

/// Whose certificates may stamp with a seal (SES_CertList of GB/T 38540). A renewed certificate is another
/// certificate: the seal has to be made again.
public sealed interface PermittedSigners {
    /// certListType 1: the certificates.
    record Listed(List<DocumentBytes> encoded) implements PermittedSigners {
        public Listed {
            encoded = List.copyOf(encoded);
        }
    }

    /// certListType 2: digests of the certificates' DER by SM3.
    record Digests(List<CertificateDigest> digests) implements PermittedSigners {
        public Digests {
            digests = List.copyOf(digests);
        }
    }

    /// @param algorithm as the seal gives it; the standard's own value is not known to us
    record CertificateDigest(String algorithm, DocumentBytes value) {}

    default boolean permits(X509Certificate certificate) {
        var encoded = Certificates.der(certificate);
        return switch (this) {
            case Listed list -> list.encoded().contains(DocumentBytes.owning(encoded));
            case Digests list -> {
                // Only SM3 is computed, whatever the entry calls it: a digest by a weaker one never matches.
                var sm3 = Cryptography.sm3(encoded);
                yield list.digests().stream()
                        .anyMatch(digest -> Arrays.equals(digest.value().toByteArray(), sm3));
            }
        };
    }
}
