package org.yinzheng.signing.verdict;

/// What proves a signature, or the document around it, to be wrong.
public enum Flaw implements Reason {
    FORMAT_FAILURE(
            SubIndication.FORMAT_FAILURE, Effect.MODIFIED, "签名结构不符合标准", "the signature does not follow its format"),
    SIGNATURE_VALUE_MISSING(
            SubIndication.FORMAT_FAILURE,
            Effect.MODIFIED,
            "签名值缺失、为空或被替换",
            "the signature value is missing, empty or not a value at all"),
    BYTE_RANGE_INVALID(
            SubIndication.FORMAT_FAILURE,
            Effect.MODIFIED,
            "签名所述范围不符合标准，有内容未被签名",
            "the signed range is not what the standard demands: something is left out"),
    SIGNATURES_OVERLAP(
            SubIndication.FORMAT_FAILURE, Effect.MODIFIED, "两个签名占用同一段内容", "two signatures claim the same bytes"),
    CMS_MALFORMED(
            SubIndication.FORMAT_FAILURE,
            Effect.UNDECIDED,
            "签名数据无法按标准解析",
            "the signature data cannot be read as the standard has it"),
    SIGNED_ATTRIBUTES_INCOMPLETE(
            SubIndication.FORMAT_FAILURE, Effect.MODIFIED, "签名属性缺失或不符", "signed attributes are missing or wrong"),
    ALGORITHMS_DISAGREE(
            SubIndication.FORMAT_FAILURE,
            Effect.MODIFIED,
            "签名内部声明的算法互相矛盾",
            "the algorithms that the signature names contradict each other"),
    SIGNING_CERTIFICATE_MISMATCH(
            SubIndication.SIG_CRYPTO_FAILURE,
            Effect.UNDECIDED,
            "签名所指证书与所附证书不是同一张",
            "the signature names another certificate than the one it brings"),
    ENCODING_INVALID(
            SubIndication.FORMAT_FAILURE,
            Effect.UNDECIDED,
            "签名值编码不合规",
            "the signature value is not encoded as it must be"),
    HASH_FAILURE(
            SubIndication.HASH_FAILURE, Effect.MODIFIED, "签名后内容被修改", "the signed content was changed after signing"),
    SIG_CRYPTO_FAILURE(
            SubIndication.SIG_CRYPTO_FAILURE,
            Effect.MODIFIED,
            "签名值与签名人证书不符",
            "the signature value does not verify with the signer's certificate"),
    CONTENT_ADDED_AFTER_SIGNING(
            SubIndication.HASH_FAILURE, Effect.MODIFIED, "签名后追加了未被签名的内容", "unsigned content was added after signing"),
    CONTENT_REPLACED_AFTER_SIGNING(
            SubIndication.HASH_FAILURE,
            Effect.MODIFIED,
            "签名后页面内容被替换、隐藏或改变",
            "what the pages show was replaced, hidden or changed after signing"),
    CHANGE_NOT_PERMITTED(
            SubIndication.HASH_FAILURE,
            Effect.MODIFIED,
            "签名后作了签名人不允许的改动",
            "a change was made that the signer did not permit"),
    PERMISSIONS_CHANGED(
            SubIndication.HASH_FAILURE,
            Effect.MODIFIED,
            "签名后改动权限被放宽或移除",
            "the permissions for later changes were relaxed or removed"),
    SIGNATURE_DICTIONARY_CHANGED(
            SubIndication.HASH_FAILURE,
            Effect.MODIFIED,
            "签名信息在签名后被改写",
            "what the document says of the signature was rewritten after signing"),
    UPDATE_UNREADABLE(
            SubIndication.HASH_FAILURE,
            Effect.MODIFIED,
            "签名后追加的部分结构混乱，不同阅读器会显示不同内容",
            "what was appended cannot be read strictly: readers would show different things"),
    PACKAGE_MALFORMED(
            SubIndication.FORMAT_FAILURE,
            Effect.MODIFIED,
            "OFD 文件包被做过手脚：重名、越界或损坏",
            "the OFD package is damaged or tampered with: duplicate names, paths outside it, wrong lengths"),
    SIGNATURE_LIST_INVALID(
            SubIndication.FORMAT_FAILURE,
            Effect.UNDECIDED,
            "签名列表不符合标准或被改动",
            "the list of signatures is not what the standard demands, or was changed"),
    SIGNED_FILE_CHANGED(
            SubIndication.HASH_FAILURE,
            Effect.MODIFIED,
            "受保护的文件在签章后被改动或删除",
            "a protected file was changed or removed after stamping"),
    STAMP_MALFORMED(
            SubIndication.FORMAT_FAILURE,
            Effect.UNDECIDED,
            "电子签章数据无法按标准解析",
            "the stamp cannot be read as the standard has it"),
    STAMP_TRANSPLANTED(
            SubIndication.HASH_FAILURE, Effect.MODIFIED, "签章属于另一份文件", "the stamp belongs to another document"),
    SEAL_SIGNATURE_INVALID(
            SubIndication.SIG_CRYPTO_FAILURE,
            Effect.UNDECIDED,
            "印章不是由所述制章者制作，或制作后被改动",
            "the seal was not made by its seal maker or was changed since"),
    SEAL_SIGNER_NOT_LISTED(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            "签章者证书不在印章的签章者列表中",
            "the signer's certificate is not in the seal's certificate list"),
    SEAL_MISMATCH(
            SubIndication.HASH_FAILURE,
            Effect.MODIFIED,
            "附带的印章与签章中的印章不一致",
            "the seal file differs from the seal inside the stamp"),
    SEAL_OUT_OF_PERIOD(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            "签章时间不在印章有效期内",
            "the stamp was made outside the seal's validity period"),
    DUPLICATE_IDENTIFIER(
            SubIndication.FORMAT_FAILURE,
            Effect.MODIFIED,
            "同一标识出现两次，签名可能指向别处",
            "one identifier stands twice: the signature may point elsewhere"),
    REFERENCE_MISSING(
            SubIndication.FORMAT_FAILURE, Effect.MODIFIED, "签名没有引用任何内容", "the signature refers to no content"),
    COUNTER_SIGNATURE_MISPLACED(
            SubIndication.FORMAT_FAILURE,
            Effect.NONE,
            "副署签名不是针对所在的签名",
            "a counter-signature is not over the signature that holds it"),
    JWS_MALFORMED(
            SubIndication.FORMAT_FAILURE, Effect.UNDECIDED, "JWS 编码不合规", "the JWS is not encoded as RFC 7515 demands"),
    JWS_HEADER_FORBIDDEN(
            SubIndication.FORMAT_FAILURE,
            Effect.UNDECIDED,
            "JWS 头部含有不被允许的参数",
            "the JWS header holds parameters that are not allowed"),
    JWS_CRITICAL_UNKNOWN(
            SubIndication.FORMAT_FAILURE,
            Effect.UNDECIDED,
            "JWS 要求理解本系统不支持的扩展参数，依标准不能采信",
            "the JWS demands an extension that is not supported: the standard has it refused"),
    JWS_ALGORITHM_CONFUSED(
            SubIndication.SIG_CRYPTO_FAILURE,
            Effect.MODIFIED,
            "JWS 声明的算法与密钥不符",
            "the JWS names another algorithm than its key is used with"),
    TIMESTAMP_INVALID(
            SubIndication.SIG_CRYPTO_FAILURE,
            Effect.NONE,
            "时间戳无法解析，或其签名有误",
            "a timestamp cannot be read, or its own signature is wrong"),
    RECEIPT_INVALID(
            SubIndication.SIG_CRYPTO_FAILURE,
            Effect.NONE,
            "证据包中的回执不成立：签名有误、签名证书已吊销，或不是核验回执",
            "the receipt in the bundle does not stand: its signature is wrong, its certificate was revoked, or it is no"
                    + " receipt"),
    RECEIPT_OF_ANOTHER_DOCUMENT(
            SubIndication.HASH_FAILURE,
            Effect.NONE,
            "证据包中的回执是另一份文件的",
            "the receipt in the bundle is about another document"),
    RECEIPT_TIME_IMPOSSIBLE(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            "证据包中回执的时间晚于证据包",
            "the receipt in the bundle says that it is younger than the bundle"),
    LOG_PROOF_INVALID(
            SubIndication.SIG_CRYPTO_FAILURE,
            Effect.NONE,
            "所附日志证明不成立：其内容、路径、检查点签名或见证签名有误",
            "the proof of the log does not hold: its entry, its path, the checkpoint's or a witness's signature is wrong"),
    LOG_PROOF_OF_ANOTHER_DOCUMENT(
            SubIndication.HASH_FAILURE, Effect.NONE, "所附日志证明是另一份文件的", "the proof of the log is about another document"),
    TIMESTAMP_TRANSPLANTED(
            SubIndication.HASH_FAILURE, Effect.NONE, "时间戳盖的是另一份内容", "a timestamp is over something else"),
    REVOKED(SubIndication.REVOKED, Effect.NONE, "签名前证书已被吊销", "the certificate was revoked before signing"),
    EXPIRED(
            SubIndication.EXPIRED,
            Effect.NONE,
            "签名时证书已过期",
            "by its own time, the signature was made after the certificate expired"),
    NOT_YET_VALID(
            SubIndication.NOT_YET_VALID,
            Effect.NONE,
            "签名时证书尚未生效",
            "by its own time, the signature was made before the certificate was valid"),
    TWINS_DIFFER(
            SubIndication.HASH_FAILURE,
            Effect.NONE,
            "同一证照的几份文件内容不一致",
            "the renditions of one licence do not say the same");

    private final SubIndication subIndication;
    private final Effect effect;
    private final String zh;
    private final String en;

    Flaw(SubIndication subIndication, Effect effect, String zh, String en) {
        this.subIndication = subIndication;
        this.effect = effect;
        this.zh = zh;
        this.en = en;
    }

    @Override
    public Bilingual text() {
        return new Bilingual(zh, en);
    }

    @Override
    public Next next() {
        return Next.REFUSE;
    }

    @Override
    public SubIndication subIndication() {
        return subIndication;
    }

    @Override
    public Effect effect() {
        return effect;
    }
}
