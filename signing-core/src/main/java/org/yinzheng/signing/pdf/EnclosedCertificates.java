package org.yinzheng.signing.pdf;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;

/// The certificates of a CMS are not covered by its signature. Strange ones are lawful (cross-certificates,
/// roots nobody asked for); a copy of one that we hold ourselves, with a byte changed, is not.
final class EnclosedCertificates {
    private EnclosedCertificates() {}

    static boolean holdAlteredCopy(List<X509Certificate> enclosed, Trust trust) {
        var known = Stream.concat(trust.anchors().stream(), enclosed.stream()).toList();
        return enclosed.stream()
                .filter(one -> trust.anchors().stream().anyMatch(anchor -> isNearlyThe(one, anchor)))
                .anyMatch(one -> !isSignedByAnyOf(one, known));
    }

    /// Not the same bytes, and yet two of serial number, key and issuer: one changed byte spoils one of them.
    private static boolean isNearlyThe(X509Certificate one, X509Certificate other) {
        int same = one.getSerialNumber().equals(other.getSerialNumber()) ? 1 : 0;
        same += one.getIssuerX500Principal().equals(other.getIssuerX500Principal()) ? 1 : 0;
        if (same == 1
                && Arrays.equals(
                        one.getPublicKey().getEncoded(), other.getPublicKey().getEncoded())) {
            same++;
        }
        return same == 2 && !Arrays.equals(Certificates.der(one), Certificates.der(other));
    }

    private static boolean isSignedByAnyOf(X509Certificate one, Collection<X509Certificate> known) {
        return known.stream().anyMatch(issuer -> PathCheck.isSignedBy(one, issuer));
    }
}
