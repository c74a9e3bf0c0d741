package org.yinzheng.testdata;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/// Makes numbers whose check digits are right. Written apart from the registry's own checks, so that the
/// two can be held against each other.
public final class CheckDigits {
    private static final String CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

    private CheckDigits() {}

    /// GB 11643-1999: division (6 digits), birth date, sequence 0–999 (odd: male), check (ISO 7064 MOD 11-2).
    public static String citizenId(String division, LocalDate birth, int sequence) {
        String body = division + birth.format(DateTimeFormatter.BASIC_ISO_DATE) + "%03d".formatted(sequence);
        int product = 0;
        for (int i = 0; i < body.length(); i++) {
            // ISO 7064's recursion, where the usual implementation has a table of weights
            product = (product + body.charAt(i) - '0') * 2 % 11;
        }
        int check = (12 - product) % 11;
        return body + (check == 10 ? "X" : Integer.toString(check));
    }

    /// GB 32100-2015: department and class (2 characters), division (6 digits), organisation code (8 characters
    /// and its GB 11714 check), check (MOD 31).
    public static String creditCode(String departmentAndClass, String division, String organisation) {
        String body = departmentAndClass + division + organisation + organisationCheck(organisation);
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < body.length(); i++) {
            sum += CREDIT_ALPHABET.indexOf(body.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return body + CREDIT_ALPHABET.charAt((31 - sum % 31) % 31);
    }

    /// GB 11714-1997: the check character of an 8-character organisation code.
    static char organisationCheck(String organisation) {
        int sum = 0;
        for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
            sum += Character.digit(organisation.charAt(i), 36) * ORGANISATION_WEIGHTS[i];
        }
        int check = 11 - sum % 11;
        return switch (check) {
            case 10 -> 'X';
            case 11 -> '0';
            default -> (char) ('0' + check);
        };
    }

    /// The same number with a check character that is wrong.
    public static String spoilt(String number) {
        char last = number.charAt(number.length() - 1);
        return number.substring(0, number.length() - 1) + (last == '3' ? '7' : '3');
    }
}
