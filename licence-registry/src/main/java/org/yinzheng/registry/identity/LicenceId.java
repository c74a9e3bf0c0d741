package org.yinzheng.registry.identity;

import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;

/// 证照标识 (GB/T 36904-2018): `1.2.156.3005.2.<type>.<authority>.<serial>.<version>.<check>`. Holding one
/// means that its form and its check character (MOD 37,36 without the root and the dots) have been verified.
/// Public: it is printed, stands in the QR code and holds nothing personal.
public record LicenceId(String value) {
    private static final String ROOT = "1.2.156.3005.2.";
    // issuing bodies: a credit code; in older data also a 6-digit division code
    private static final Pattern FORM = Pattern.compile(Pattern.quote(ROOT)
            + "([0-9A-Z]{21})\\.([0-9A-Z]{18}|[0-9]{6})\\.([0-9A-Z]{1,64})\\.([0-9]{3})\\.([0-9A-Z])");

    public LicenceId {
        var matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new InvalidInput("form", "licenceId", "not a licence identifier (GB/T 36904)");
        }
        if (matcher.group(4).equals("000")) {
            throw new InvalidInput("form", "licenceId", "versions of a licence count from 001 (GB/T 36904)");
        }
        var body = matcher.group(1) + matcher.group(2) + matcher.group(3) + matcher.group(4);
        if (CheckCharacters.alphanumeric(body) != matcher.group(5).charAt(0)) {
            throw new InvalidInput(
                    "check-digit", "licenceId", "the licence identifier fails its check character (GB/T 36904)");
        }
    }

    /// @param typeCode 21 digits and capital letters
    /// @param serial 1 to 64 digits and capital letters
    /// @param version from 1 to 999
    public static LicenceId of(String typeCode, CreditCode authority, String serial, int version) {
        if (version < 1 || version > 999) {
            throw new InvalidInput("version", "licenceId", "versions of a licence count from 1 to 999 (GB/T 36904)");
        }
        var digits = "%03d".formatted(version);
        var check = CheckCharacters.alphanumeric(typeCode + authority.value() + serial + digits);
        return new LicenceId(ROOT + typeCode + "." + authority.value() + "." + serial + "." + digits + "." + check);
    }

    public String typeCode() {
        return part(0);
    }

    public String authorityCode() {
        return part(1);
    }

    public String serial() {
        return part(2);
    }

    public int version() {
        return Integer.parseInt(part(3));
    }

    @Override
    public String toString() {
        return value;
    }

    private String part(int index) {
        return value.substring(ROOT.length()).split("\\.", -1)[index];
    }
}
