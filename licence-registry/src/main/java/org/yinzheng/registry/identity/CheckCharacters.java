package org.yinzheng.registry.identity;

/// The check character systems of standards that the identifiers follow. Inputs have been checked for their form.
final class CheckCharacters {
    private static final String CITIZEN = "10X98765432";
    private static final int[] CITIZEN_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"; // no I O S V Z
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private CheckCharacters() {}

    /// GB 11643-1999, ISO 7064 MOD 11-2, over 17 digits.
    static char citizen(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < CITIZEN_WEIGHTS.length; i++) {
            sum += CITIZEN_WEIGHTS[i] * (digits.charAt(i) - '0');
        }
        return CITIZEN.charAt(sum % 11);
    }

    /// GB 32100-2015 MOD 31, over 17 characters; the weights are the powers of 3.
    static char credit(CharSequence body) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += weight * CREDIT.indexOf(body.charAt(i));
            weight = weight * 3 % 31;
        }
        return CREDIT.charAt((31 - sum % 31) % 31);
    }

    /// GB 11714-1997, over 8 characters.
    static char organisation(CharSequence body) {
        int sum = 0;
        for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
            sum += ORGANISATION_WEIGHTS[i] * ALPHANUMERIC.indexOf(body.charAt(i));
        }
        int check = 11 - sum % 11;
        return check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
    }

    /// GB/T 17710-2008, ISO/IEC 7064 MOD 37,36 (hybrid), over any number of digits and capital letters.
    static char alphanumeric(CharSequence body) {
        int p = 36;
        for (int i = 0; i < body.length(); i++) {
            p = (p + ALPHANUMERIC.indexOf(body.charAt(i))) % 36;
            p = 2 * (p == 0 ? 36 : p) % 37;
        }
        return ALPHANUMERIC.charAt((37 - p) % 36);
    }
}
