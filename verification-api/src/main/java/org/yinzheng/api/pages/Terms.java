package org.yinzheng.api.pages;

import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;

/// The report's stable codes in words.
final class Terms {
    private Terms() {}

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
