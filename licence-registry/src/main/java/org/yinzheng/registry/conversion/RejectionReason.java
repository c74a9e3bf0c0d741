package org.yinzheng.registry.conversion;

/// Why a row became no licence: stable codes, and what an operator reads. No sentence repeats what the row says.
public enum RejectionReason {
    MISSING_VALUE("此栏为必填项，但为空。", "This column is required and empty."),
    INVALID_FIELD("此栏的内容不符合该证照类型的要求。", "The value does not meet the licence type's schema."),
    INVALID_CELL(
            "单元格无法采用：公式、错误值、控制字符、超长内容，或以数字格式保存的长编号。请改为文本。",
            "The cell cannot be used: a formula, an error, a control character, too long, or a long number kept as a"
                    + " number. Make it text."),
    EXTRA_CELLS("本行的单元格多于表头的列数。", "The row has more cells than the header has columns."),
    OTHER_TYPES_COLUMN("此栏属于另一证照类型，本行不应填写。", "The column belongs to another licence type."),
    UNKNOWN_TYPE("证照目录中没有此证照类型。", "The catalogue has no such licence type."),
    CHECK_DIGIT("持证主体代码的校验码不正确。", "The holder's number fails its check character."),
    HOLDER_CODE("持证主体代码的格式不正确。", "The holder's number has the wrong form."),
    INVALID_DATE(
            "日期无法识别。请写成 2026-11-21、2026/11/21、20261121 或 2026年11月21日。",
            "Not a date. Write 2026-11-21, 2026/11/21, 20261121 or 2026年11月21日."),
    DATE_ORDER("有效期止早于有效期起。", "The licence ends before it begins."),
    NO_END("此证照类型的有效期有期限，不能填写长期。", "Licences of this type have an end; 长期 is not possible."),
    SCAN_MISSING("扫描件不在扫描件文件夹中。", "The scan is not in the folder of scans."),
    SCAN_OUTSIDE("扫描件的路径指向扫描件文件夹之外。", "The scan's path leads out of the folder of scans."),
    SCAN_UNREADABLE(
            "扫描件无法读取：文件损坏、不完整，或不是 JPEG、PNG、TIFF 图像。",
            "The scan cannot be read: damaged, incomplete, or no JPEG, PNG or TIFF image."),
    SCAN_PDF(
            "本版本不支持 PDF 扫描件，请转换为 JPEG、PNG 或 TIFF。",
            "PDF scans are not supported in this version; convert to an image."),
    SCAN_TOO_LARGE("扫描件的文件或像素尺寸超过上限。", "The scan has too many bytes or pixels."),
    DUPLICATE("同一证照类型和编号在本批次中已出现过。", "An earlier row of this index has the same type and number."),
    NUMBER_TAKEN("该证照类型的此编号已在证照库中登记。", "The registry has a licence of this type and number."),
    UNPRINTABLE_CHARACTER("此栏含有版式字体中没有的字符。", "The value has a character that the licence's type face lacks."),
    TEXT_TOO_LONG("此栏的内容在证照版面上放不下。", "The value does not fit on the licence."),
    KEY_TAKEN(
            "此条目已由另一项内容不同的请求登记，请联系管理员。", "Another request was registered under this row's key; ask the administrator."),
    NO_AUTHORITY("没有可以颁发此证照类型的颁发机构。", "No authority here issues licences of this type.");

    private final String chinese;
    private final String english;

    RejectionReason(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
