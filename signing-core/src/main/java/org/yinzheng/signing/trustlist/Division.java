package org.yinzheng.signing.trustlist;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;

/// An administrative division 行政区划 (GB/T 2260): two digits for the province, two for the city, two for the county.
/// Zeros at the end stand for the whole, so that `330000`, `3300` and `33` are the same.
record Division(String code) {
    private static final Pattern FORM = Pattern.compile("([0-9]{2}){1,3}");
    private static final Pattern SEAL_ID = Pattern.compile("([1-8][0-9]{5})[0-9]{8}");
    private static final Pattern CREDIT_CODE =
            Pattern.compile("(?<![0-9A-Z])[0-9A-Z]{2}([0-9]{6})[0-9A-Z]{10}(?![0-9A-Z])");
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    Division {
        if (!FORM.matcher(code).matches()) {
            throw new InvalidInput(
                    "trust-list-form", "regions", "division codes of two, four or six digits (GB/T 2260)");
        }
        code = code.replaceFirst("(?<=^..(..)?)(00)+$", "");
    }

    /// Whether the other is this one, or lies in it.
    boolean covers(Division other) {
        return other.code.startsWith(code);
    }

    /// Where whoever holds the certificates is registered: by the credit codes in their subjects, which their issuer
    /// has checked. Empty when there is none, or when they name several divisions.
    static Optional<Division> ofSubjects(Collection<X509Certificate> certificates) {
        return only(certificates.stream().flatMap(Division::values).flatMap(Division::creditCodes));
    }

    /// By the number of a seal as official seals have it: the division, then eight digits.
    static Optional<Division> ofSeal(String id) {
        var matcher = SEAL_ID.matcher(id);
        return matcher.matches() ? Optional.of(new Division(matcher.group(1))) : Optional.empty();
    }

    /// @param text a credit code, or a text with one in it
    static Optional<Division> ofCreditCode(String text) {
        return only(creditCodes(text));
    }

    private static Optional<Division> only(Stream<Division> found) {
        var all = found.distinct().toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private static Stream<String> values(X509Certificate certificate) {
        var name = new X500Name(BCStyle.INSTANCE, Certificates.subject(certificate));
        return Arrays.stream(name.getRDNs())
                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                .map(value -> IETFUtils.valueToString(value.getValue()));
    }

    private static Stream<Division> creditCodes(String text) {
        return CREDIT_CODE
                .matcher(text)
                .results()
                .filter(result -> isRight(result.group()))
                .map(result -> new Division(result.group(1)));
    }

    /// The check character of GB 32100-2015.
    private static boolean isRight(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            int value = ALPHABET.indexOf(code.charAt(i));
            if (value < 0) {
                return false;
            }
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.indexOf(code.charAt(17)) == (31 - sum % 31) % 31;
    }

    static List<Division> of(List<String> codes) {
        return codes.stream().map(Division::new).toList();
    }
}
