package org.yinzheng.signing.seal;

/// What a seal is for, by the codes of the national platform for electronic seals, with the size and shape that
/// it has unless somebody says otherwise. 01 to 04 are seals of bodies 电子公章, 05 of persons.
public enum SealKind {
    /// 电子法定名称章: round, with a star.
    STATUTORY_NAME(1, "法定名称章", ""),
    /// 电子财务专用章: a square with the name in columns.
    FINANCE(2, "财务专用章", "财务专用章"),
    /// 电子发票专用章: an ellipse with the tax number across the middle.
    INVOICE(3, "发票专用章", "发票专用章"),
    /// 电子合同专用章: round, with a star and a line under it.
    CONTRACT(4, "合同专用章", "合同专用章"),
    /// 电子名章: a small square with a person's name.
    PERSONAL_NAME(5, "名章", ""),
    /// A seal for one kind of business, such as 审批业务专用章: round, with a star and its purpose under it. The
    /// platform's list has no code for it; 6 is what one vendor's interface and a county's seals have.
    SPECIAL_PURPOSE(6, "专用章", "专用章");

    private static final double AUTHORITY_MM = 42;
    private static final double SPECIAL_MM = 38;

    private final int code;
    private final String chinese;
    private final String line;

    SealKind(int code, String chinese, String line) {
        this.code = code;
        this.chinese = chinese;
        this.line = line;
    }

    /// SES_ESPropertyInfo.type.
    public int code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    /// The text under the name, unless the seal's owner says otherwise.
    public String line() {
        return line;
    }

    /// The shape and size that this kind has by custom.
    ///
    /// @param line under the name, such as 审批业务专用章; empty for the kind's own
    /// @param number across the middle of an invoice seal: the taxpayer's number, else empty
    public SealDesign design(String name, String line, String number) {
        var under = line.isBlank() ? this.line : line;
        return switch (this) {
            case STATUTORY_NAME -> new SealDesign.Round(name, line, AUTHORITY_MM);
            case SPECIAL_PURPOSE -> new SealDesign.Round(name, under, AUTHORITY_MM);
            case CONTRACT -> new SealDesign.Round(name, under, SPECIAL_MM);
            case FINANCE -> new SealDesign.Square(name + under, 22);
            case INVOICE -> new SealDesign.Ellipse(name, number, under, 40, 30);
            case PERSONAL_NAME -> new SealDesign.Square(signed(name), 20);
        };
    }

    /// Short names are filled up to four characters, as seal carvers do.
    private static String signed(String name) {
        var plain = name.strip();
        return switch (plain.codePointCount(0, plain.length())) {
            case 2 -> plain + "之印";
            case 3 -> plain + "印";
            default -> plain;
        };
    }
}
