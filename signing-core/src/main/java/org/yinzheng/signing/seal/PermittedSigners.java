package org.yinzheng.signing.seal;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Sm2;

/// Whose certificates may stamp with a seal (SES_CertList of GB/T 38540). A renewed certificate is another
/// certificate: the seal has to be made again.
public sealed interface PermittedSigners {
    int CERTIFICATES = 1;
    int DIGESTS = 2;
    int MOST = 100;

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
        private static final Set<String> KNOWN = Set.of("SM3", SM3_OID, "SHA256", "SHA-256", "2.16.840.1.101.3.4.2.1");

        private boolean isKnown() {
            return value.size() == 32 && KNOWN.contains(algorithm.strip().toUpperCase(Locale.ROOT));
        }
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

    /// Those that stand here in full and can be read; of very many the first.
    default List<X509Certificate> certificates() {
        var read = new ArrayList<X509Certificate>();
        if (this instanceof Listed list) {
            for (var one : list.encoded().subList(0, Math.min(list.encoded().size(), MOST))) {
                try {
                    read.add(Certificates.parse(one.toByteArray()));
                } catch (InvalidInput e) {
                    // it permits nobody
                }
            }
        }
        return List.copyOf(read);
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

    /// Whether a certificate is on the list.
    enum Answer {
        LISTED,
        NOT_LISTED,
        /// Not among the digests that can be computed; others are there.
        UNKNOWN_DIGEST
    }

    default boolean permits(X509Certificate certificate) {
        return answer(certificate) == Answer.LISTED;
    }

    default Answer answer(X509Certificate certificate) {
        var encoded = Certificates.der(certificate);
        return switch (this) {
            case Listed list ->
                list.encoded().contains(DocumentBytes.owning(encoded)) ? Answer.LISTED : Answer.NOT_LISTED;
            case Digests list -> {
                var known = digests(certificate, encoded);
                if (list.digests().stream().anyMatch(digest -> known.contains(digest.value()))) {
                    yield Answer.LISTED;
                }
                yield list.digests().stream().allMatch(CertificateDigest::isKnown)
                        ? Answer.NOT_LISTED
                        : Answer.UNKNOWN_DIGEST;
            }
        };
    }

    /// By SM3, as nearly everybody has it; by SM3 over Z and the certificate, as some makers do; by SHA-256. A digest
    /// by
    /// a weaker algorithm never matches, whatever the entry calls it.
    private static List<DocumentBytes> digests(X509Certificate certificate, byte[] encoded) {
        var digests = new ArrayList<DocumentBytes>();
        digests.add(DocumentBytes.owning(Cryptography.sm3(encoded)));
        digests.add(DocumentBytes.owning(Cryptography.digest("SHA-256").digest(encoded)));
        Sm2.z(certificate.getPublicKey()).ifPresent(z -> {
            var sm3 = Cryptography.digest("SM3");
            sm3.update(z);
            digests.add(DocumentBytes.owning(sm3.digest(encoded)));
        });
        return digests;
    }
}
