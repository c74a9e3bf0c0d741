package org.yinzheng.signing;

/// What was given breaks a rule. Nothing has been stored. The message names the rule, never the value
/// (a value may be somebody's number); `field` is a dotted path into the input, or empty for the whole;
/// `code` is stable, lower-case with hyphens, such as `check-digit` or `missing-glyph`.
public final class InvalidInput extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final String field;

    public InvalidInput(String code, String field, String rule) {
        super(field.isEmpty() ? rule : field + ": " + rule);
        this.code = code;
        this.field = field;
    }

    public String code() {
        return code;
    }

    public String field() {
        return field;
    }
}
