package org.yinzheng.api.answer;

import java.util.Optional;
import org.yinzheng.registry.copy.CopyUse;
import org.yinzheng.signing.verdict.Bilingual;

/// *Does it belong to this holder and purpose?* The registry compares the holder, and the purpose with what
/// a copy (加注件) is for; with a licence itself a purpose is only recorded.
public enum HolderCode implements AnswerCode {
    HOLDER_MATCHES(
            Value.YES,
            "是。登记的持证人与所报号码一致。",
            "Yes. The registered holder is the one that was named.",
            "请核对来人的身份证件。",
            "Check the identity document of the person before you."),
    HOLDER_DIFFERS(
            Value.NO,
            "不是。登记的持证人与所报号码不一致。",
            "No. The registered holder is not the one that was named.",
            "请勿据此为来人办理。请先核对号码是否录错，再请来人出示本人的证照。",
            "Do not act on it for this person. Check the number for a slip, then ask for the person's own licence."),
    PURPOSE_DIFFERS(
            Value.NO,
            "不是。加注件的用途与本次办理的用途不同。",
            "No. The copy is for another use than this one.",
            "请勿据此办理。请持证人为本次用途另行制作加注件，或者出示证照原件。",
            "Do not act on it. Ask the holder for a copy for this use, or for the licence itself."),
    PURPOSE_NOT_ASKED(
            Value.CANNOT_SAY,
            "未比对。加注件只能用于一项用途，没有填写本次办理的用途。",
            "Not compared. A copy is for one use, and no purpose was given.",
            "请核对本次办理的用途与加注件所注明的一致，并核对来人身份。",
            "Check that this is the use which it names, and who the person before you is."),
    HOLDER_NOT_ASKED(
            Value.CANNOT_SAY,
            "未查询。没有填写持证人号码。",
            "Not asked. No holder's number was given.",
            "请核对持证人与来人一致。",
            "Check that the holder is the person before you."),
    HOLDER_NOT_ON_RECORD(
            Value.CANNOT_SAY,
            "未知。本系统没有这份证照的登记，无法比对持证人。",
            "Not known. The licence is not on record here, so its holder cannot be compared.",
            "请按文件内容人工核对持证人。",
            "Compare the holder by what the file says."),
    HOLDER_ERASED(
            Value.CANNOT_SAY,
            "未知。持证人的登记数据已依法删除，无法比对。",
            "Not known. The register's data of its holder was erased as the law asks, so there is nothing to compare with.",
            "请按文件内容人工核对所涉的人。",
            "Compare the person by what the file says."),
    HOLDER_NOT_COMPARED(
            Value.CANNOT_SAY,
            "未作比对。文件未被确认为在案证照，不比对持证人。",
            "Not compared. The file is not established as a licence on record.",
            "文件确认无误后再比对持证人。",
            "Compare the holder when the file is established."),
    HOLDER_NOT_A_LICENCE(
            Value.CANNOT_SAY,
            "不适用。文件不是带标识的证照，没有登记的持证人可比对。",
            "Does not apply. The file is no licence with an identifier: no holder is on record for it.",
            "请按文件内容人工核对所涉的人。",
            "Compare the person by what the file says."),
    HOLDER_REGISTRY_UNAVAILABLE(
            Value.CANNOT_SAY,
            "未知。登记系统暂时无法访问，未能比对持证人。",
            "Not known. The registry cannot be reached just now, so the holder was not compared.",
            "请稍后重试，或按文件内容人工核对持证人。",
            "Try again later, or compare the holder by what the file says.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of records of texts
    private final Wording wording;

    HolderCode(Value value, String zh, String en, String nextZh, String nextEn) {
        wording = new Wording(value, new Bilingual(zh, en), new Bilingual(nextZh, nextEn));
    }

    /// @param use of a copy
    /// @param purpose what it is presented for
    /// @return empty when that is no reason against it
    public static Optional<HolderCode> of(Optional<CopyUse> use, Optional<String> purpose) {
        return use.flatMap(copy -> purpose.isEmpty()
                ? Optional.of(PURPOSE_NOT_ASKED)
                : purpose.filter(asked -> !copy.purpose().is(asked)).map(_ -> PURPOSE_DIFFERS));
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
