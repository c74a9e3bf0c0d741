package org.yinzheng.hsm.custody;

import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;

/// Labels name token objects and files alike.
final class Labels {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Labels() {}

    static boolean wellFormed(String label) {
        return FORM.matcher(label).matches();
    }

    static String checked(String label) {
        if (!wellFormed(label)) {
            throw new InvalidInput("key-label", "label", "1 to 64 letters, digits, dots, hyphens or underscores");
        }
        return label;
    }
}
