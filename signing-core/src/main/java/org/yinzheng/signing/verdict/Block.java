package org.yinzheng.signing.verdict;

/// The building blocks of ETSI EN 319 102-1 §5.2, in the order in which a report lists them.
public enum Block {
    FORMAT("格式", "format"),
    REFERENCES("所签内容", "signed content"),
    CERTIFICATE("签名人证书", "signer's certificate"),
    REVOCATION("吊销", "revocation"),
    SEAL("印章", "seal"),
    TIME("时间", "time"),
    PAST("既往有效性", "past validation"),
    POLICY("策略", "policy"),
    DOCUMENT("整份文件", "document");

    private final String zh;
    private final String en;

    Block(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public Bilingual title() {
        return new Bilingual(zh, en);
    }
}
