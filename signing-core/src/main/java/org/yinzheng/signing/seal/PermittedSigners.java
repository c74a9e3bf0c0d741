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
    int CERTIFICATES = 1;
    int DIGESTS = 2;

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

    /// @param algorithm CertDigestObj.type, as the seal gives it. We write the object identifier of SM3: what the
    /// standard wants there is not confirmed, and readers that we know look at the value only
    record CertificateDigest(String algorithm, DocumentBytes value) {
        static final String SM3_OID = "1.2.156.10197.1.401";
    }

    /// The certificates in full: a reader then sees whose seal it is without asking anyone.
    static PermittedSigners listed(List<X509Certificate> certificates) {
        return new Listed(certificates.stream()
                .map(certificate -> DocumentBytes.owning(Certificates.der(certificate)))
                .toList());
    }

    /// Only digests of the certificates: a smaller seal that does not say who its signers are.
    static PermittedSigners digests(List<X509Certificate> certificates) {
        return new Digests(certificates.stream()
                .map(certificate -> new CertificateDigest(
                        CertificateDigest.SM3_OID,
                        DocumentBytes.owning(Cryptography.sm3(Certificates.der(certificate)))))
                .toList());
    }

    /// certListType.
    default int listType() {
        return switch (this) {
            case Listed ignored -> CERTIFICATES;
            case Digests ignored -> DIGESTS;
        };
    }

    default boolean isEmpty() {
        return switch (this) {
            case Listed list -> list.encoded().isEmpty();
            case Digests list -> list.digests().isEmpty();
        };
    }

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
