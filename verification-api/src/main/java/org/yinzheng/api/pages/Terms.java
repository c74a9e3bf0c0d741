package org.yinzheng.api.pages;

import java.util.Map;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;

/// The report's stable codes in words.
final class Terms {
    private static final Map<String, String> STEPS = Map.ofEntries(
            Map.entry("byte-range", "签名范围"),
            Map.entry("signature-dictionary", "签名字典"),
            Map.entry("signature-fields", "签名域"),
            Map.entry("signature-ranges", "各签名的范围"),
            Map.entry("sub-filter", "签名类型"),
            Map.entry("cms-structure", "签名结构"),
            Map.entry("algorithms", "签名算法"),
            Map.entry("message-digest", "内容摘要"),
            Map.entry("signature-value", "签名值"),
            Map.entry("signing-certificate", "签名证书标识"),
            Map.entry("later-changes", "签名后的改动"),
            Map.entry("signer-path", "签名人证书链"),
            Map.entry("signer-key", "签名人公钥"),
            Map.entry("signer-key-usage", "证书用途"),
            Map.entry("signer-validity", "证书有效期"),
            Map.entry("signer-revocation", "证书吊销"),
            Map.entry("coverage", "覆盖范围"),
            Map.entry("package", "文件包"),
            Map.entry("signature-list", "签名列表"),
            Map.entry("signature-file", "签名文件"),
            Map.entry("reference-digests", "各文件摘要"),
            Map.entry("unreferenced-files", "未被签名的文件"),
            Map.entry("seal-maker", "制章者"),
            Map.entry("seal-signature", "印章的签名"),
            Map.entry("seal-period", "印章有效期"),
            Map.entry("seal-signer-list", "签章者列表"),
            Map.entry("seal-copy", "印章副本"),
            Map.entry("stamp-format", "签章格式"),
            Map.entry("stamp-property", "签章所指文件"),
            Map.entry("stamp-signature", "签章的签名"),
            Map.entry("stamp-time", "签章时间"),
            Map.entry("stamp-timestamp", "签章时间戳"),
            Map.entry("stamped-original", "签章原文"));

    private Terms() {}

    /// A check's name in words; a check that is newer than this list keeps its code.
    static String step(Lang lang, String step) {
        return lang == Lang.ZH ? STEPS.getOrDefault(step, step) : step.replace('-', ' ');
    }

    static String of(Lang lang, Indication indication) {
        return switch (indication) {
            case TOTAL_PASSED -> lang.of("通过", "passed");
            case TOTAL_FAILED -> lang.of("未通过", "failed");
            case INDETERMINATE -> lang.of("不确定", "not settled");
            case NO_SIGNATURE -> lang.of("没有签名", "no signature");
            case MALFORMED -> lang.of("无法读取", "unreadable");
        };
    }

    static String of(Lang lang, Integrity integrity) {
        return switch (integrity) {
            case INTACT -> lang.of("内容未被改动", "content intact");
            case MODIFIED -> lang.of("内容被改动", "content modified");
            case UNKNOWN -> lang.of("内容是否改动不明", "integrity unknown");
        };
    }

    static String format(Lang lang, String format) {
        return format.equals("UNKNOWN") ? lang.of("未知格式", "unknown format") : format;
    }

    static String tag(Indication indication) {
        return switch (indication) {
            case TOTAL_PASSED -> "tag-yes";
            case TOTAL_FAILED -> "tag-no";
            case INDETERMINATE, NO_SIGNATURE, MALFORMED -> "tag-unknown";
        };
    }
}
