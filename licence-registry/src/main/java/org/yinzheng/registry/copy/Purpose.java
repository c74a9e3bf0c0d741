package org.yinzheng.registry.copy;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;

/// 用途: what a copy is for, in a few words: `公积金贷款`. “仅限办理……使用” is said around it.
public record Purpose(String text) {
    private static final int LONGEST = 40;
    private static final Pattern BEFORE = Pattern.compile("^(仅限|仅供|仅用于|用于)?(办理)?");
    private static final Pattern AFTER = Pattern.compile("(之)?(使用|专用)$");
    private static final Pattern IRRELEVANT = Pattern.compile("[\\p{IsPunctuation}\\p{IsWhite_Space}]");

    public Purpose {
        text = bare(text.strip());
        if (IRRELEVANT.matcher(text).replaceAll("").isEmpty()
                || text.length() > LONGEST
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("purpose", "purpose", "what it is for, in 1 to 40 characters on one line");
        }
    }

    /// As it stands across the pages.
    public String sentence() {
        return "仅限办理" + text + "使用";
    }

    /// Whether somebody who says `asked` means this: the same words, however they are set.
    public boolean is(String asked) {
        return plain(asked).equals(plain(text));
    }

    private static String plain(String words) {
        var folded = Normalizer.normalize(words, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return bare(IRRELEVANT.matcher(folded).replaceAll(""));
    }

    private static String bare(String words) {
        return AFTER.matcher(BEFORE.matcher(words).replaceFirst("")).replaceFirst("");
    }
}
