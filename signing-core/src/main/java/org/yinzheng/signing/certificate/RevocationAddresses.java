package org.yinzheng.signing.certificate;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;

/// Where a certificate says that its revocation is published; http and https only.
///
/// @param crls of its revocation lists (RFC 5280 §4.2.1.13)
/// @param ocsps of its status services (RFC 5280 §4.2.2.1)
public record RevocationAddresses(List<URI> crls, List<URI> ocsps) {
    private static final int MOST = 5;

    public RevocationAddresses {
        crls = List.copyOf(crls);
        ocsps = List.copyOf(ocsps);
    }

    public static RevocationAddresses of(X509Certificate certificate) {
        try {
            return new RevocationAddresses(crls(certificate), ocsps(certificate));
        } catch (IllegalArgumentException | ClassCastException e) { // Bouncy Castle, for extensions of another form
            return new RevocationAddresses(List.of(), List.of());
        }
    }

    /// Whether its issuer says that there is revocation data, by whatever means.
    static boolean namesSource(X509Certificate certificate) {
        return certificate.getExtensionValue(Extension.cRLDistributionPoints.getId()) != null
                || !of(certificate).ocsps().isEmpty();
    }

    /// The question to a status service (RFC 6960 §4.1.1), without a nonce.
    public static DocumentBytes ocspRequest(X509Certificate certificate, X509Certificate issuer) {
        var sha1 = Cryptography.digest("SHA-1"); // RFC 5019 §2.1.1: what every service knows
        var name = sha1.digest(certificate.getIssuerX500Principal().getEncoded());
        var key = sha1.digest(Certificate.getInstance(Certificates.der(issuer))
                .getSubjectPublicKeyInfo()
                .getPublicKeyData()
                .getOctets());
        var id = new CertID(
                new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE),
                new DEROctetString(name),
                new DEROctetString(key),
                new ASN1Integer(certificate.getSerialNumber()));
        var request = new DERSequence(new Request(id, null));
        try {
            return DocumentBytes.owning(
                    new OCSPRequest(new TBSRequest(null, request, (Extensions) null), null).getEncoded());
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    private static List<URI> crls(X509Certificate certificate) {
        var found = new ArrayList<URI>();
        var value = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
        if (value != null) {
            for (var point : CRLDistPoint.getInstance(octets(value)).getDistributionPoints()) {
                var name = point.getDistributionPoint();
                if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
                    for (var one : GeneralNames.getInstance(name.getName()).getNames()) {
                        uri(one).ifPresent(found::add);
                    }
                }
            }
        }
        return found.stream().limit(MOST).toList();
    }

    private static List<URI> ocsps(X509Certificate certificate) {
        var found = new ArrayList<URI>();
        var value = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        if (value != null) {
            for (var access :
                    AuthorityInformationAccess.getInstance(octets(value)).getAccessDescriptions()) {
                if (access.getAccessMethod().equals(AccessDescription.id_ad_ocsp)) {
                    uri(access.getAccessLocation()).ifPresent(found::add);
                }
            }
        }
        return found.stream().limit(MOST).toList();
    }

    private static byte[] octets(byte[] extension) {
        return ASN1OctetString.getInstance(extension).getOctets();
    }

    private static Optional<URI> uri(GeneralName name) {
        try {
            if (name.getTagNo() == GeneralName.uniformResourceIdentifier) {
                var uri = new URI(name.getName().toString());
                if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                    return Optional.of(uri);
                }
            }
        } catch (URISyntaxException e) {
            // an address that leads nowhere
        }
        return Optional.empty();
    }
}
