package org.yinzheng.signing.verdict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The checks that we make, by their stable names: where each belongs in a report, and what it is called.
public final class Steps {
    private record Entry(Block block, Bilingual title) {}

    private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

    static {
        in(
                Block.FORMAT,
                "signature-dictionary",
                "签名字典",
                "signature-fields",
                "签名域",
                "signature-ranges",
                "各签名的范围",
                "byte-range",
                "签名范围",
                "sub-filter",
                "签名类型",
                "cms-structure",
                "签名结构",
                "package",
                "文件包",
                "signature-list",
                "签名列表",
                "signature-file",
                "签名文件",
                "stamp-format",
                "签章格式",
                "signature-shape",
                "签名结构",
                "identifiers",
                "标识唯一性",
                "unsigned-properties",
                "未签名属性",
                "reference-policy",
                "引用方式",
                "algorithms",
                "签名算法",
                "signing-certificate",
                "签名证书标识",
                "enclosed-certificates",
                "所附证书",
                "jws-structure",
                "JWS 结构",
                "jws-header",
                "JWS 头部",
                "document-structure",
                "文件结构",
                "limits",
                "核验限度");
        in(
                Block.REFERENCES,
                "message-digest",
                "内容摘要",
                "signature-value",
                "签名值",
                "reference-digests",
                "各文件摘要",
                "stamped-original",
                "签章原文",
                "stamp-property",
                "签章所指文件",
                "stamp-signature",
                "签章的签名",
                "seal-copy",
                "印章副本",
                "base-signature",
                "前序签名",
                "counter-signature",
                "副署签名",
                "original",
                "被签名的原件",
                "receipt-signature",
                "回执签名",
                "receipt-document",
                "回执所述文件",
                "log-checkpoint",
                "日志检查点的签名",
                "log-inclusion",
                "日志收录证明",
                "log-witnesses",
                "日志见证",
                "log-document",
                "日志所记文件");
        in(
                Block.CERTIFICATE,
                "signer-path",
                "签名人证书链",
                "signer-key",
                "签名人公钥",
                "signer-key-usage",
                "证书用途",
                "signer-validity",
                "证书有效期",
                "signer-authority",
                "签名人与颁发机构");
        in(Block.REVOCATION, "signer-revocation", "证书吊销");
        in(
                Block.SEAL,
                "seal-signature",
                "印章的签名",
                "seal-maker",
                "制章者",
                "seal-maker-path",
                "制章者证书链",
                "seal-maker-key-usage",
                "制章者证书用途",
                "seal-maker-validity",
                "制章者证书有效期",
                "seal-maker-revocation",
                "制章者证书吊销",
                "seal-maker-key",
                "制章者公钥",
                "seal-signer-list",
                "签章者列表",
                "seal-period",
                "印章有效期",
                "stamp-place",
                "印章位置",
                "seal-timestamp",
                "印章时间戳",
                "seal-timestamp-path",
                "印章时间戳证书链");
        in(
                Block.TIME,
                "stamp-time",
                "签章时间",
                "stamp-timestamp",
                "签章时间戳",
                "timestamp-form",
                "时间戳形式",
                "timestamp-structure",
                "时间戳结构",
                "timestamp-imprint",
                "时间戳所盖内容",
                "timestamp-time",
                "时间戳时间",
                "timestamp-signature-value",
                "时间戳签名值",
                "timestamp-algorithms",
                "时间戳算法",
                "timestamp-message-digest",
                "时间戳摘要",
                "timestamp-signing-certificate",
                "时间戳证书标识",
                "timestamp-path",
                "时间戳证书链",
                "timestamp-key-usage",
                "时间戳证书用途",
                "timestamp-validity",
                "时间戳证书有效期",
                "timestamp-revocation",
                "时间戳证书吊销",
                "timestamp-key",
                "时间戳公钥",
                "receipt-time",
                "回执时间");
        in(Block.PAST, "past-validation", "既往有效性");
        in(
                Block.POLICY,
                "algorithm-policy",
                "算法策略",
                "timestamp-trust-list",
                "时间戳信任列表",
                "timestamp-region-profile",
                "时间戳互认要求",
                "timestamp-algorithm-policy",
                "时间戳算法策略",
                "seal-algorithm-policy",
                "印章算法策略",
                "region-profile",
                "互认要求",
                "trust-list",
                "信任列表",
                "trust-region",
                "信任的地区");
        in(
                Block.DOCUMENT,
                "later-changes",
                "签名后的改动",
                "coverage",
                "覆盖范围",
                "unreferenced-files",
                "未被签名的文件",
                "hidden-content",
                "隐藏内容",
                "form-values",
                "表单显示",
                "obscured-content",
                "被遮挡的内容",
                "twins",
                "各文件一致性");
    }

    private Steps() {}

    private static void in(Block block, String... namesAndTitles) {
        for (int i = 0; i < namesAndTitles.length; i += 2) {
            var name = namesAndTitles[i];
            ENTRIES.put(name, new Entry(block, new Bilingual(namesAndTitles[i + 1], name.replace('-', ' '))));
        }
    }

    public static Set<String> names() {
        return Set.copyOf(ENTRIES.keySet());
    }

    /// @throws IllegalArgumentException for a check that is not in the table
    public static Block block(String step) {
        return entry(step).block;
    }

    public static Bilingual title(String step) {
        return entry(step).title;
    }

    private static Entry entry(String step) {
        var entry = ENTRIES.get(step);
        if (entry == null) {
            throw new IllegalArgumentException("no such check: " + step);
        }
        return entry;
    }
}
