package org.yinzheng.api.answer;

import org.yinzheng.signing.verdict.Bilingual;

/// *Is it genuine?* where no reason of a report answers it.
public enum GenuineCode implements AnswerCode {
    GENUINE(
            Value.YES,
            "真实。签名和印章均有效，签名后未被改动。",
            "Genuine. Every signature and seal holds, and nothing was changed after signing.",
            "文件可以采信。请核对其在案状态和持证人。",
            "The file can be relied on. Look at its standing and its holder."),
    GENUINE_COPY(
            Value.YES,
            "真实。这是证照的加注件，签名有效，签名后未被改动；它不是证照原件。",
            "Genuine. It is a copy of a licence for one use; its signature holds and nothing was changed. It is not the original.",
            "仅可用于所注明的用途。请核对用途、接收单位和期限。",
            "It may be used for what it says and nothing else: look at the use, the recipient and the last day."),
    DIGEST_NOT_ON_RECORD(
            Value.CANNOT_SAY,
            "无法核验。本系统没有登记过摘要相同的文件。",
            "Cannot be verified. No file with this digest is on record here.",
            "请上传文件本身核验。",
            "Upload the file itself."),
    DOCUMENT_ERASED(
            Value.CANNOT_SAY,
            "无法核验。摘要相同的文件曾有登记，已随持证人的登记数据依法删除。",
            "Cannot be verified. A file with this digest was on record; it was erased with its holder's data, as the law asks.",
            "请上传文件本身核验。",
            "Upload the file itself."),
    NO_DOCUMENT(
            Value.CANNOT_SAY,
            "未核验文件。只按标识查询了登记。",
            "No file was verified. The registry was asked by identifier only.",
            "需要判断手中文件的真伪时，请上传文件本身。",
            "To know whether the file in your hand is genuine, upload it.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of records of texts
    private final Wording wording;

    GenuineCode(Value value, String zh, String en, String nextZh, String nextEn) {
        wording = new Wording(value, new Bilingual(zh, en), new Bilingual(nextZh, nextEn));
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
