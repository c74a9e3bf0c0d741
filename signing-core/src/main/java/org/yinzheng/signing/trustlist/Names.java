package org.yinzheng.signing.trustlist;

import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.yinzheng.signing.certificate.Certificates;

/// Whether a signer's name is that of an authority. What stands in a certificate below a listed CA was checked by it.
final class Names {
    private Names() {}

    /// By the subject of a certificate that the list gives; or else by its name as organisation or common name, or by
    /// its credit code in any attribute, alone or after a prefix (organizationIdentifier, ETSI EN 319 412-1
    /// §5.1.4).
    static boolean belongs(String subject, TrustEntry authority) {
        X500Name name;
        try {
            name = new X500Name(BCStyle.INSTANCE, subject);
        } catch (IllegalArgumentException e) {
            return false; // no certificate could be read
        }
        if (authority.certificates().stream()
                .anyMatch(one -> new X500Name(BCStyle.INSTANCE, Certificates.subject(one)).equals(name))) {
            return true;
        }
        boolean named = Stream.of(BCStyle.O, BCStyle.CN)
                .flatMap(type -> Arrays.stream(name.getRDNs(type)))
                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                .filter(value ->
                        value.getType().equals(BCStyle.O) || value.getType().equals(BCStyle.CN))
                .anyMatch(value -> IETFUtils.valueToString(value.getValue())
                        .equals(authority.name().zh()));
        return named
                || authority
                        .creditCode()
                        .filter(code -> Arrays.stream(name.getRDNs())
                                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                                .map(value -> IETFUtils.valueToString(value.getValue()))
                                .anyMatch(text -> text.equals(code) || text.endsWith("-" + code)))
                        .isPresent();
    }
}
