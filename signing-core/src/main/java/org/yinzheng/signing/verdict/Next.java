package org.yinzheng.signing.verdict;

/// What a window clerk does next. A flaw never leads to "try again", a gap never to "report it".
public enum Next {
    REFUSE(
            "请勿据此办理。请持证人从原渠道重新下载原件；如怀疑伪造，请保留文件并按规定上报。",
            "Do not act on it. Have the holder download the original again; if you suspect forgery, keep the file and report it."),
    ASK_ORIGINAL(
            "请持证人从原渠道重新下载原件，不要另存、合并或转换。",
            "Have the holder download the original again, without saving it anew, merging or converting it."),
    ASK_SIGNED_FILE(
            "请持证人提供带签名的 PDF 或 OFD 原件，或出示二维码。", "Ask the holder for the signed PDF or OFD itself, or for its QR code."),
    CHOOSE_FILE(
            "请重新选择文件：需要 PDF、OFD、XML 或 JWS 原件，不是照片或压缩包。",
            "Choose the file again: the PDF, OFD, XML or JWS itself, not a photo or an archive."),
    ASK_AUTHORITY("请向颁发机构核实后再办理。", "Ask the issuing authority before you act on it."),
    ASK_ADMINISTRATOR(
            "请管理员检查信任列表；急办事项请向颁发机构核实。",
            "Have the administrator check the trust list; if it is urgent, ask the issuing authority."),
    TRY_LATER("请稍后重试；急办事项请向颁发机构核实。", "Try again later; if it is urgent, ask the issuing authority."),
    READ_WITH_CARE("请打开文件，核对报告所指之处后再决定。", "Open the file and look at what the report names before you decide.");

    private final String zh;
    private final String en;

    Next(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public Bilingual text() {
        return new Bilingual(zh, en);
    }
}
